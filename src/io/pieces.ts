/** Opens a piece of a table in another thread than the one that divided it. */
import type { Piece, PieceTable } from './batch.ts';
import type { Layout as CsvLayout } from './csv/rows.ts';
import type { Layout as JsonLayout } from './json/records.ts';
import { chunksOf, type TextOrigin } from './text-pieces.ts';

/** What `Pieces.origin` may be. */
export type Origin = TextOrigin<'csv', CsvLayout> | TextOrigin<'ndjson', JsonLayout>;

export async function openPiece(origin: Origin, piece: Piece): Promise<PieceTable> {
  const { line = 1 } = piece;
  const text = chunksOf([piece]);
  if (origin.format === 'csv') return (await import('./csv/pieces.ts')).openText(origin.layout, text, line, { isLong: true });
  const { readRecords } = await import('./json/records.ts');
  return { read: (...asked) => readRecords(origin.layout, text, ...asked, { line }) };
}
