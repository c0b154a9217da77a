import type { NumberColumn } from '../batch.ts';
import type { NumberBuilder } from '../number-builder.ts';
import type { RowSink } from '../row-sink.ts';
import type { CellPiece, NumberPiece } from './protocol.ts';

/** Adds rows `start` to `end` of a piece to the builder of column `k`. */
export function fillColumn(piece: NumberPiece | CellPiece, sink: RowSink, k: number, start: number, end: number): void {
  const builder = sink.builders[k];
  sink.seek(0);
  if ('values' in piece) {
    (builder as NumberBuilder).pushBlock(blockOf(piece, start, end), piece.shape);
    return;
  }
  const { cells, at } = piece;
  for (let row = start; row < end; row++) {
    sink.seek(row - start);
    builder?.push(at ? (cells[at[row] as number] ?? null) : cells[row]);
  }
}

function blockOf({ values, width, missing, nulls }: NumberPiece, start: number, end: number): NumberColumn {
  const [from, to] = [start * width, end * width];
  const found = new Map<number, string>();
  for (let m = firstFrom(missing, from); m < missing.length && (missing[m] as number) < to; m++) {
    found.set((missing[m] as number) - from, nulls[m] === 1 ? 'null' : 'NaN');
  }
  return { kind: 'number', values: values.subarray(from, to), width, missing: found };
}

/** Position of the first index that is not below `from`. */
function firstFrom(ascending: Uint32Array, from: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
