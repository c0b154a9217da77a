/** Delimited text in pieces, which threads read apart. */
import type { Pieces, PieceTable } from '../batch.ts';
import { chunksOf, type TextOrigin, TextPieces } from '../text-pieces.ts';
import type { TextRecord } from './fast/record.ts';
import { Records } from './fast/records.ts';
import { type Layout, readRows, type Start } from './rows.ts';

/** `records` have been read as far as the header, or as `firstRow`, where there is none. */
export function csvPieces(layout: Layout, records: Records, firstRow: TextRecord | undefined, size: number): Pieces {
  const source = new TextPieces(records.leftover(), { line: records.window.line, quoted: true, size });
  const start = (first: number) => ({ first, firstRow: first === 0 ? firstRow : undefined });
  return {
    origin: { format: 'csv', layout } satisfies TextOrigin<'csv', Layout>,
    areRead: true,
    next: () => source.next(),
    done: (piece) => source.release(piece),
    open: (piece, first) => openText(layout, chunksOf([piece]), piece.line ?? 1, { ...start(first), isLong: true }),
    rest: (pieces, first) => openText(layout, source.rest(pieces), pieces[0]?.line ?? source.line, start(first)),
  };
}

/** Text that begins with a record, on the line `firstLine` of its file. */
export function openText(layout: Layout, chunks: AsyncIterable<Buffer>, firstLine: number, start: Start): PieceTable {
  const { name, delimiter, limits } = layout;
  const records = new Records({ name, delimiter, limits, firstLine }, chunks);
  return { read: (wanted, options) => readRows(layout, records, wanted, options, start) };
}
