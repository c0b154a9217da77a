import { viewOf } from '../../bytes/view.ts';
import type { Size } from '../field.ts';
import { damage } from '../refusal.ts';
import { widenLongs } from './longs.ts';

/** Where each row of a text or list begins, and the last one ends. A column without rows may leave even that one out. */
export function offsetSize(large: boolean): Size {
  const bytes = large ? 8 : 4;
  return (rows) => (rows === 0 ? 0 : (rows + 1) * bytes);
}

/** Offsets that go upwards from 0 or more to no more than `end`. */
export function checkedOffsets(bytes: Uint8Array, rows: number, large: boolean, end: number): Int32Array | Float64Array {
  if (rows === 0) return new Int32Array(1);
  const offsets = large ? widenLongs(bytes, rows + 1, true) : viewOf(Int32Array, bytes, rows + 1);
  let before = 0;
  for (let row = 0; row <= rows; row++) {
    const offset = offsets[row] as number;
    if (offset < before) throw damage('offsets that go backwards');
    before = offset;
  }
  if (before > end) throw damage('an offset behind the end of its values');
  return offsets;
}
