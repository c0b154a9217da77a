/** Record batches in parts: writers make them of any size, and what is read at once should fit into the cache. */
import { type ReadOptions, rowsInBatch, type Wanted } from '../batch.ts';
import type { Piece } from './layout.ts';
import { bits } from './types/plain.ts';

/** Some rows of the wanted columns. */
export interface Part {
  readonly rows: number;
  /** Most of them in one batch. */
  readonly batchRows: number;
  /** For each column, its piece behind those of the structs that it is in. */
  readonly ways: readonly (readonly Piece[])[];
}

/** Rows whose bits in a bitmap fill whole bytes. */
const BYTE = 8;

/** Whether all columns are numbers without nulls that need not be looked at one by one. */
export function canBeCut(ways: Part['ways'], wanted: readonly Wanted[]): boolean {
  const isPlain = ([piece, ...inside]: readonly Piece[]) =>
    piece?.field.type.rowBytes !== undefined && piece.nulls === 0 && !piece.field.dictionary && inside.length === 0;
  return ways.length > 0 && ways.every(isPlain) && wanted.every(({ as, labels }) => as === 'number' && !labels);
}

/** As many rows at a time as a batch has. */
export function* cut({ rows, ways }: Pick<Part, 'rows' | 'ways'>, options: ReadOptions): Generator<Part> {
  const pieces = ways.map(([piece]) => piece as Piece);
  const batchRows = rowsInBatch(options.batchRows, pieces.length);
  const most = batchRows % BYTE === 0 ? batchRows : BYTE * batchRows;
  for (let from = 0; from < rows; from += most) {
    const to = Math.min(from + most, rows);
    yield { rows: to - from, batchRows, ways: pieces.map((piece) => [pieceOf(piece, from, to)]) };
  }
}

function pieceOf(piece: Piece, from: number, to: number): Piece {
  const rowBytes = piece.field.type.rowBytes as number;
  const [validity, values] = piece.regions as [Piece['regions'][0], Piece['regions'][0]];
  const bitmap = { offset: validity.offset + from / BYTE, length: bits(to - from) };
  const region = { offset: values.offset + from * rowBytes, length: (to - from) * rowBytes };
  return { ...piece, rows: to - from, regions: [validity.length === 0 ? validity : bitmap, region] };
}
