import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { Identities } from '../../src/engine/labels.ts';
import { failure, openBytes, plain } from './read.ts';

const ids = async (name: string, bytes: string | Uint8Array, batchRows = 2) =>
  (await plain(await openBytes(name, bytes), [{ as: 'identity', labels: new Identities() }], batchRows))[0];

const ofArrow = (values: readonly unknown[], type: arrow.DataType) =>
  Buffer.from(arrow.tableToIPC(new arrow.Table({ x: arrow.vectorFromArray(values, type) }), 'stream'));

describe('identities', () => {
  test.each<[what: string, name: string, bytes: string | Uint8Array, expected: readonly number[]]>([
    ['texts', 't.csv', 'x\ncat\ndog\ncat\n"big, dog"\ndog\n', [0, 1, 0, 2, 1]],
    ['numbers, as text', 't.csv', 'x\n10\n010\n10\n 10 \n1e1\n', [0, 1, 0, 0, 2]],
    [
      'int64 that differ in the last digit',
      't.csv',
      'x\n9223372036854775807\n9223372036854775806\n9223372036854775807\n',
      [0, 1, 0],
    ],
    ['int64 of Arrow', 't.arrow', ofArrow([2n ** 62n, 2n ** 62n + 1n, 2n ** 62n], new arrow.Int64()), [0, 1, 0]],
    ['floats of Arrow', 't.arrow', ofArrow([0.5, -0, 0, 0.5], new arrow.Float64()), [0, 1, 1, 0]],
    ['texts of Arrow', 't.arrow', ofArrow(['b', 'a', 'b'], new arrow.Utf8()), [0, 1, 0]],
    [
      'a dictionary of Arrow',
      't.arrow',
      ofArrow(['b', 'a', 'b'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
      [0, 1, 0],
    ],
    ['int64 of JSON', 't.ndjson', '{"x":9007199254740993}\n{"x":9007199254740992}\n{"x":-9007199254740993}\n', [0, 1, 2]],
    ['numbers and texts of JSON are one', 't.ndjson', '{"x":7}\n{"x":"7"}\n{"x":true}\n{"x":"cat"}\n', [0, 0, 1, 2]],
    ['lists of one', 't.ndjson', '{"x":[7]}\n{"x":7}\n{"x":[[8]]}\n', [0, 0, 1]],
    ['missing ones', 't.csv', 'x\nb\nNA\n""\nb\n', [0, Number.NaN, Number.NaN, 0]],
    ['missing ones of JSON', 't.ndjson', '{"x":"b"}\n{"x":null}\n{}\n{"x":"b"}\n', [0, Number.NaN, Number.NaN, 0]],
  ])('%s', async (_, name, bytes, expected) => {
    for (const batchRows of [1, 2, 1000]) expect(await ids(name, bytes, batchRows)).toEqual(expected);
  });

  test.each([
    [
      'a large integer in short',
      '{"x":1e20}\n',
      /: 100000000000000000000 is an integer beyond 2\^53/,
      'write it as a string, in quotes',
    ],
    ['a list', '{"x":[1,2]}\n', /: a list or an object, not a label$/, 'a label is one number or text'],
  ])('not %s', async (_, text, message, hint) => {
    const told = await failure(() => ids('t.ndjson', text));
    expect(told.message).toMatch(message);
    expect(told.hint).toBe(hint);
  });

  test('are the same in every file of a run', async () => {
    const labels = new Identities();
    const read = async (text: string) => (await plain(await openBytes('t.csv', text), [{ as: 'identity', labels }]))[0];
    expect(await read('x\nann\nbob\n')).toEqual([0, 1]);
    expect(await read('x\nbob\neve\n')).toEqual([1, 2]);
  });

  test('read as numbers the last digit would be lost', async () => {
    const numbers = await plain(await openBytes('t.csv', 'x\n9223372036854775807\n9223372036854775806\n'), ['number']);
    expect(numbers[0]?.[0]).toBe(numbers[0]?.[1]);
  });
});
