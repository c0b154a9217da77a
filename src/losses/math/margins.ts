import type { Numbers } from '../define.ts';

/** The largest of `width` values from `start` on, but for that at `except`. NaN if one is. */
export function largestOther(data: Numbers, start: number, width: number, except: number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let i = start; i < start + width; i++) if (i !== except) largest = Math.max(largest, data[i]);
  return largest;
}
