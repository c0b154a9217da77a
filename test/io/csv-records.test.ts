/** Records from bytes must be what csv-parse gives: same cells, same lines, same faults. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Records } from '../../src/io/csv/fast/records.ts';
import { type RecordOptions, RecordParser } from '../../src/io/csv/records.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';

const OPTIONS: RecordOptions = { name: 'f.csv', delimiter: ',', limits: DEFAULT_LIMITS };

/** Records with their lines, and at the end the message of what reading ended with. */
async function read(chunks: readonly Buffer[], options = OPTIONS): Promise<unknown[]> {
  async function* source(): AsyncGenerator<Buffer> {
    yield* chunks;
  }
  const records = new Records(options, source());
  const seen: unknown[] = [];
  try {
    for (let record = await records.read(); record; record = await records.read()) seen.push([record.line, ...record.cells]);
  } catch (error) {
    seen.push((error as Error).message);
  }
  return seen;
}

async function reference(chunks: readonly Buffer[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  const parser = new RecordParser(OPTIONS, (cells, line) => seen.push([line, ...cells]));
  try {
    for (const chunk of chunks) await parser.feed(chunk);
    await parser.end();
  } catch (error) {
    seen.push((error as Error).message);
  }
  return seen;
}

/** Few characters, so that they meet often. */
const pieces = (characters: readonly string[]) =>
  fc.array(fc.array(fc.constantFrom(...characters), { maxLength: 12 }), { maxLength: 5 });
const bytes = (parts: readonly (readonly string[])[]) => parts.map((part) => Buffer.from(part.join('')));

describe('records', () => {
  test.each([
    ['newlines', ['a', '1', ',', '\n', 'é']],
    ['both newlines', ['a', ',', '\n', '\r\n']],
    ['lone carriage returns', ['a', ',', '\n', '\r']],
    ['quotes', ['a', ',', '\n', '"', '\r']],
    ['quotes that mostly stand where they should', ['"a"', '"', '"",""', ',', '\n', '"\r\n"', 'a']],
  ])('are those of csv-parse: %s', async (_, characters) => {
    await fc.assert(
      fc.asyncProperty(pieces(characters), async (parts) => {
        expect(await read(bytes(parts))).toEqual(await reference(bytes(parts)));
      }),
      { numRuns: 600 },
    );
  });

  test('may be broken off by chunks anywhere', async () => {
    const chunks = ['a,b\n1,2\n3', ',4\n5,"6\n7"\n8', ',"9', '""9"\n'].map((text) => Buffer.from(text));
    const rows = [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6\n7'],
      [6, '8', '9"9'],
    ];
    expect(await read(chunks)).toEqual(rows);
  });

  test('without end are left to csv-parse, which limits them', async () => {
    const chunk = Buffer.from('1,'.repeat(30_000));
    const chunks = Array.from({ length: 40 }, () => chunk);
    expect(await read(chunks)).toEqual(['f.csv:1: more than 100000 columns, the limit']);
  });

  test('that are long are left to csv-parse with all that follows, in whatever chunks', async () => {
    const text = Buffer.from(`a,b\n1,${'x'.repeat(1.5 * 1024 * 1024)}\n"3",4\n5,"6\n7"\n8,9`);
    const expected = await read([text]);
    expect(expected.map((record) => (record as unknown[]).slice(0, 2))).toEqual([
      [1, 'a'],
      [2, '1'],
      [3, '3'],
      [4, '5'],
      [6, '8'],
    ]);
    expect(await read([text.subarray(0, 9), text.subarray(9, 2 ** 20), text.subarray(2 ** 20)])).toEqual(expected);
    // A limit below that length holds as well.
    const limits = { ...DEFAULT_LIMITS, row: 100 };
    const message = `f.csv:2: a row longer than 100, the limit`;
    const short = Buffer.from(`a,b\n1,${'x'.repeat(200)}\n3,4\n`);
    for (const chunks of [[short], [short.subarray(0, 50), short.subarray(50)]]) {
      expect((await read(chunks, { ...OPTIONS, limits })).slice(1)).toEqual([message]);
    }
  });
});
