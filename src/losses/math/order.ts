/** Orders by values alone: rows that differ in no key may change places without a trace. */
import type { Numbers } from '../define.ts';

export function anyNaN(data: Numbers, n: number): boolean {
  for (let i = 0; i < n; i++) if (Number.isNaN(data[i])) return true;
  return false;
}

/** The rows from the largest `first` to the smallest; of equal ones the smallest `second` comes first. Neither may hold NaN. */
export function descending(first: Numbers, second: Numbers, n: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  return order.sort((a, b) => first[b] - first[a] || second[a] - second[b]);
}
