import { describe, expect, test } from 'vitest';
import { failure, type Kind, openBytes, plain } from './read.ts';

const RUN: readonly Kind[] = ['text', 'text', 'text', 'number', 'number', 'text'];
const read = async (name: string, text: string, kinds: readonly Kind[]) => plain(await openBytes(name, text), kinds);

describe('TREC', () => {
  test.each([
    ['spaces', '301 Q0 FBIS-1 1 12.5 bm25\n301 Q0 FBIS-2 2 -3e-2 bm25\n'],
    ['tabs', '301\tQ0\tFBIS-1\t1\t12.5\tbm25\n301\tQ0\tFBIS-2\t2\t-3e-2\tbm25'],
    [
      'runs of both, CRLF, spaces at the ends, a blank line',
      '301  Q0\t FBIS-1 1 12.5 bm25 \r\n\r\n 301 Q0 FBIS-2 2 -3e-2\tbm25\r\n',
    ],
  ])('a run with %s', async (_, text) => {
    const table = await openBytes('bm25.run', text);
    expect(table.format).toBe('trec-run');
    expect(table.columns).toEqual(['query', 'iteration', 'doc', 'rank', 'score', 'tag']);
    expect(await plain(table, RUN)).toEqual([
      ['301', '301'],
      ['Q0', 'Q0'],
      ['FBIS-1', 'FBIS-2'],
      [1, 2],
      [12.5, -0.03],
      ['bm25', 'bm25'],
    ]);
  });

  test('qrels, negative judgements among them', async () => {
    const table = await openBytes('test.qrels', '301 0 FBIS-1 2\n301 0 FBIS-2 -1\n');
    expect(table.columns).toEqual(['query', 'iteration', 'doc', 'relevance']);
    expect((await plain(table, ['text', 'text', 'text', 'number']))[3]).toEqual([2, -1]);
  });

  test.each([
    ['a.run', '301 0 FBIS-1 2\n', 'a.run:1: 4 fields, but trec-run has 6: query iteration doc rank score tag'],
    ['a.qrels', '301 0 FBIS-1 2\n301 0 FBIS 2 1\n', 'a.qrels:2: 5 fields, but trec-qrels has 4: query iteration doc relevance'],
    ['a.qrels', '301 0 FBIS-1 two\n', 'a.qrels:1:4: column "relevance": "two" is not a number'],
    ['a.qrels', '301,0,FBIS-1,2\n', 'a.qrels:1: 1 field, but trec-qrels has 4: query iteration doc relevance'],
  ])('refuses %s with %j', async (name, text, message) => {
    const kinds: readonly Kind[] = ['text', 'text', 'text', 'number'];
    expect((await failure(() => read(name, text, kinds))).message).toBe(message);
  });
});
