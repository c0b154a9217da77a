/** Opens a piece of a table in another thread than the one that divided it. */
import type { Piece, PieceTable, Range } from './batch.ts';
import type { RangeOrigin } from './csv/ranges.ts';
import type { Layout as CsvLayout } from './csv/rows.ts';
import type { Layout as JsonLayout } from './json/records.ts';
import { chunksOf, type TextOrigin } from './text-pieces.ts';

/** What `Pieces.origin` may be. */
export type Origin = TextOrigin<'csv', CsvLayout> | TextOrigin<'ndjson', JsonLayout> | RangeOrigin;

export async function openPiece(origin: Origin, piece: Piece): Promise<PieceTable> {
  if (origin.format === 'csv-range')
    return (await import('./csv/ranges.ts')).openRange(origin.layout, origin.file, piece.range as Range);
  const { line = 1 } = piece;
  const text = chunksOf([piece]);
  if (origin.format === 'csv') return (await import('./csv/pieces.ts')).openText(origin.layout, text, line, { isLong: true });
  const { readRecords } = await import('./json/records.ts');
  return { read: (...asked) => readRecords(origin.layout, text, ...asked, { line }) };
}
