/** Delimited text in pieces, which threads read apart. */
import type { Pieces, PieceTable } from '../batch.ts';
import { chunksOf, type TextOrigin, TextPieces } from '../text-pieces.ts';
import type { TextRecord } from './fast/record.ts';
import { Records } from './fast/records.ts';
import { type Layout, readRows } from './rows.ts';

/** `records` have been read as far as the header, or as `firstRow`, where there is none. */
export function csvPieces(layout: Layout, records: Records, firstRow: TextRecord | undefined, size: number): Pieces {
  const source = new TextPieces(records.leftover(), { line: records.window.line, quoted: true, size });
  const table = (chunks: AsyncIterable<Buffer>, line: number, first: number) =>
    openText(layout, chunks, line, first, first === 0 ? firstRow : undefined);
  return {
    origin: { format: 'csv', layout } satisfies TextOrigin<'csv', Layout>,
    next: () => source.next(),
    release: (piece) => source.release(piece),
    open: (piece, first) => table(chunksOf([piece]), piece.line ?? 1, first),
    rest: (pieces, first) => table(source.rest(pieces), pieces[0]?.line ?? source.line, first),
  };
}

/** Text that begins with a record, on the line `firstLine` of its file. */
export function openText(
  layout: Layout,
  chunks: AsyncIterable<Buffer>,
  firstLine: number,
  first: number,
  firstRow?: TextRecord,
): PieceTable {
  const { name, delimiter, limits } = layout;
  const records = new Records({ name, delimiter, limits, firstLine }, chunks);
  return { read: (wanted, options) => readRows(layout, records, wanted, options, { first, firstRow }) };
}
