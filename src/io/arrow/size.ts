import type { Vector } from './field.ts';
import { Refusal } from './refusal.ts';

/** Of the cells that are in memory at once. */
const MOST = 1024 * 1024 * 1024;
/** Of one row, which is a list within lists while it is looked at. */
const MOST_IN_ROW = 128 * 1024 * 1024;

/** Refuses rows that would become many times what the file holds: a text that many rows show, lists of single bits. */
export function checkSize(vector: Vector, start: number, end: number): void {
  const size = vector.size?.(start, end) ?? 0;
  if (size > MOST) {
    throw new Refusal(
      `${end - start} rows that take ${size} bytes are more than are read at once`,
      'read fewer rows at a time: --chunk-rows 100',
    );
  }
  if (size <= MOST_IN_ROW) return;
  for (let row = start; row < end; row++) {
    const one = vector.size?.(row, row + 1) ?? 0;
    if (one > MOST_IN_ROW) throw new Refusal(`a row that takes ${one} bytes is more than is read`);
  }
}
