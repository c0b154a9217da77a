/** Opens a piece of a table in another thread than the one that divided it. */
import type { Piece, PieceTable } from './batch.ts';
import type { Layout } from './csv/rows.ts';
import { chunksOf, type TextOrigin } from './text-pieces.ts';

/** What `Pieces.origin` may be. */
export type Origin = TextOrigin<'csv', Layout>;

export async function openPiece(origin: Origin, piece: Piece): Promise<PieceTable> {
  const { openText } = await import('./csv/pieces.ts');
  return openText(origin.layout, chunksOf([piece]), piece.line ?? 1, 0);
}
