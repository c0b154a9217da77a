import type { Numbers } from '../define.ts';

/** Length of the vector of `width` values from `start` on; scaled by its largest value, so that no square over- or underflows. */
export function lengthOf(data: Numbers, start: number, width: number): number {
  let largest = 0;
  for (let i = start; i < start + width; i++) largest = Math.max(largest, Math.abs(data[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = start; i < start + width; i++) {
    const part = data[i] / largest;
    sum += part * part;
  }
  return largest * Math.sqrt(sum);
}

/** The first `n` vectors scaled to length 1. A zero vector has no direction and stays zero: its cosine with anything is 0. */
export function unitVectors(data: Numbers, width: number, n: number): Float64Array {
  const units = new Float64Array(n * width);
  for (let start = 0; start < n * width; start += width) {
    const length = lengthOf(data, start, width);
    for (let i = start; i < start + width; i++) units[i] = length === 0 ? data[i] : data[i] / length;
  }
  return units;
}

/** a . b over `width` values, from `atA` in `a` and from `atB` in `b`. */
export function dot(a: Numbers, atA: number, b: Numbers, atB: number, width: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) sum += a[atA + i] * b[atB + i];
  return sum;
}
