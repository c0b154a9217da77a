/** The quick way through text without quotes must give what csv-parse gives: same records, same lines, same faults. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Records } from '../../src/io/csv/plain.ts';
import { type OnRecord, type RecordOptions, RecordParser } from '../../src/io/csv/records.ts';

interface Reader {
  feed(chunk: Buffer): Promise<void>;
  end(): Promise<void>;
}

/** Records with their lines, or the message that reading ended with. */
async function readWith(make: (take: OnRecord) => Reader, chunks: readonly Buffer[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  const reader = make((cells, line) => seen.push([line, ...cells]));
  try {
    for (const chunk of chunks) await reader.feed(chunk);
    await reader.end();
  } catch (error) {
    return [...seen, (error as Error).message];
  }
  return seen;
}

const OPTIONS: RecordOptions = { name: 'f.csv', delimiter: ',' };
const quick = (chunks: readonly Buffer[]) => readWith((take) => new Records(OPTIONS, take), chunks);
const reference = (chunks: readonly Buffer[]) => readWith((take) => new RecordParser(OPTIONS, take), chunks);

/** Few characters, so that they meet often. */
const pieces = (characters: readonly string[]) =>
  fc.array(fc.array(fc.constantFrom(...characters), { maxLength: 12 }), { maxLength: 5 });
const bytes = (parts: readonly (readonly string[])[]) => parts.map((part) => Buffer.from(part.join('')));

describe('the quick way', () => {
  test.each([
    ['newlines', ['a', '1', ',', '\n', 'é']],
    ['both newlines', ['a', ',', '\n', '\r\n']],
    ['lone carriage returns', ['a', ',', '\n', '\r']],
    ['quotes', ['a', ',', '\n', '"', '\r']],
  ])('reads as csv-parse does: %s', async (_, characters) => {
    await fc.assert(
      fc.asyncProperty(pieces(characters), async (parts) => {
        expect(await quick(bytes(parts))).toEqual(await reference(bytes(parts)));
      }),
      { numRuns: 600 },
    );
  });

  test('hands over in the middle of a line, with the right line', async () => {
    const chunks = ['a,b\n1,2\n3', ',4\n5,"6\n7"\n8', ',9\n'].map((text) => Buffer.from(text));
    const rows = [
      [1, 'a', 'b'],
      [2, '1', '2'],
      [3, '3', '4'],
      [4, '5', '6\n7'],
      [6, '8', '9'],
    ];
    expect(await quick(chunks)).toEqual(rows);
  });

  test('leaves a line without end to csv-parse, which limits it', async () => {
    const chunk = Buffer.from('1,'.repeat(30_000));
    const chunks = Array.from({ length: 40 }, () => chunk);
    expect(await quick(chunks)).toEqual(['f.csv:1: more than 100000 columns, the limit']);
  });
});
