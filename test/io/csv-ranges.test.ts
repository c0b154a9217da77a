/** Ranges of a file that are read apart: together they are its rows, each on its line, wherever they were cut. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Piece, PieceTable } from '../../src/io/batch.ts';
import { type FileBytes, fileBytes } from '../../src/io/bytes/file.ts';
import { CsvRanges, openRange } from '../../src/io/csv/ranges.ts';
import { Fault } from '../../src/io/fault.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { open } from '../../src/io/open.ts';
import { linesOf } from '../support/lines.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-ranges-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

async function rowsOf(table: PieceTable, before = 0): Promise<Row[]> {
  const wanted = [0, 1].map((column) => ({ column, as: 'text' as const }));
  const found: Row[] = [];
  for await (const batch of table.read(wanted, { batchRows: 5 })) {
    for (const [row, line] of linesOf(batch).entries()) {
      found.push({ line: before + line, cells: batch.columns.map(({ values }) => String(values[row])) });
    }
  }
  return found;
}

/** Text that begins within quotes may well be at fault. */
function unlessFault(error: unknown): null {
  if (error instanceof Fault) return null;
  throw error;
}

/** Reads the pieces as other threads do, without what is known of the text before them, and counts their rows in order. */
async function inPieces(ranges: CsvRanges): Promise<Row[]> {
  const { layout, file } = ranges.origin;
  const rows: Row[] = [];
  let lines = 0;
  const add = async (piece: Piece): Promise<boolean> => {
    const table = openRange(layout, file, piece.range ?? expect.fail('a piece without a range'));
    const found = await rowsOf(table, piece.range?.line === undefined ? lines : 0).catch(unlessFault);
    const extent = table.extent?.();
    if (!found || !ranges.follows(piece, extent)) return false;
    ranges.done(piece, extent);
    lines += extent?.lines ?? 0;
    rows.push(...found);
    return true;
  };
  for (let piece = await ranges.next(); piece; piece = await ranges.next()) {
    if (await add(piece)) continue;
    const again = ranges.again(piece);
    if (again) expect(await add(again)).toBe(true);
  }
  return [...rows, ...(await rowsOf(ranges.rest([], rows.length)))];
}

async function withFile<T>(text: string, use: (bytes: FileBytes) => Promise<T>): Promise<T> {
  const name = join(folder, 'given.csv');
  writeFileSync(name, text);
  const bytes = fileBytes(name);
  try {
    return await use(bytes);
  } finally {
    await bytes.close();
  }
}

/** The pieces of a text without a header; `Ranges` as they are, or mutants. */
function rangesOf({ plain }: FileBytes, size: number, Ranges = CsvRanges): CsvRanges {
  const name = 'given.csv';
  const columns = ['a', 'b'];
  const layout = {
    name,
    format: 'csv',
    delimiter: ',',
    columns,
    fixed: false,
    header: false,
    firstLine: 1,
    limits: DEFAULT_LIMITS,
  };
  return new Ranges(layout, plain ?? expect.fail('no plain file'), 0, 1, undefined, size);
}

const cell = fc.oneof(
  fc.constantFrom('1.5', '-2', 'Zürich', 'a b', '日本'),
  fc.constantFrom('"a\nb"', '"say ""x"""', '"\r\n"', '"\n\n,"', '"1,2\n3,4\n5,6\n"', '""'),
);
const text = fc
  .tuple(fc.array(fc.tuple(cell, cell), { maxLength: 40 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean())
  .map(([rows, newline, ended]) => rows.map((row) => row.join(',')).join(newline) + (ended ? newline : ''));

class Trusting extends CsvRanges {
  override follows(): boolean {
    return true;
  }
}

test('a file whose chunks come in the same memory reads as its bytes do, also where csv-parse has the rest', async () => {
  const rows = Array.from({ length: 250_000 }, (_, i) => (i === 10 ? `${'x'.repeat(1_100_000)},1` : `n${i},${i / 8}`));
  const text = `a,b\n${rows.join('\n')}\n`;
  const name = join(folder, 'long.csv');
  writeFileSync(name, text);
  const [file, stream] = [
    await open({ name }, { header: true }),
    await open({ name, stream: Readable.from([text]) }, { header: true }),
  ];
  const [fromFile, fromStream] = [await rowsOf(file), await rowsOf(stream)];
  await file.close();
  expect(fromFile.length).toBe(rows.length);
  expect(fromFile.findIndex(({ cells }, i) => cells.join() !== fromStream[i]?.cells.join())).toBe(-1);
});

describe('ranges', () => {
  const property = (Ranges: typeof CsvRanges) =>
    fc.asyncProperty(text, fc.integer({ min: 1, max: 60 }), (given, size) =>
      withFile(given, async (bytes) => {
        const whole = await rowsOf(rangesOf(bytes, size).rest([], 0));
        return JSON.stringify(await inPieces(rangesOf(bytes, size, Ranges))) === JSON.stringify(whole);
      }),
    );

  test('are all rows on their lines, whatever the quotes hold', () => fc.assert(property(CsvRanges)));

  test('would not be, if a newline always ended a record', async () => {
    expect((await fc.check(property(Trusting))).failed).toBe(true);
  });

  test('end with the record that goes on behind them', () =>
    withFile('1,"a\nb\nc"\n2,b\n3,c\n', async (bytes) => {
      const ranges = rangesOf(bytes, 5);
      const table = ranges.open((await ranges.next()) ?? expect.fail('no piece'), 0);
      expect(await rowsOf(table)).toEqual([{ line: 1, cells: ['1', 'a\nb\nc'] }]);
      expect(table.extent?.()).toEqual({ begin: 0, end: 10, lines: 3 });
    }));

  test('have no extent where csv-parse has to read on, which does not tell where its records end', () =>
    withFile('1,2\n1,5" pipe\n3,4\n5,6\n', async (bytes) => {
      const { layout, file } = rangesOf(bytes, 8).origin;
      const table = openRange(layout, file, { from: 4, to: 8, line: 2 });
      await rowsOf(table).catch(() => {});
      expect(table.extent?.()).toBeUndefined();
    }));
});
