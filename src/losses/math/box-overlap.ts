/** How two boxes lie to each other. One object is filled again and again, so that a row allocates nothing. */
import type { Numbers } from '../define.ts';

export interface Overlap {
  intersection: number;
  /** Area of what only one of the two covers: the union without the intersection. 0, to the last digit, for equal boxes. */
  difference: number;
  union: number;
  /** Area of the smallest box around both. */
  enclosure: number;
  /** Sides of that box. */
  enclosureWidth: number;
  enclosureHeight: number;
}

export function noOverlap(): Overlap {
  return { intersection: 0, difference: 0, union: 0, enclosure: 0, enclosureWidth: 0, enclosureHeight: 0 };
}

/** Compares the boxes x1, y1, x2, y2 that start at `at` in `a` and in `b`. */
export function boxOverlap(a: Numbers, b: Numbers, at: number, into: Overlap): void {
  const areaA = (a[at + 2] - a[at]) * (a[at + 3] - a[at + 1]);
  const areaB = (b[at + 2] - b[at]) * (b[at + 3] - b[at + 1]);
  const width = Math.max(0, Math.min(a[at + 2], b[at + 2]) - Math.max(a[at], b[at]));
  const height = Math.max(0, Math.min(a[at + 3], b[at + 3]) - Math.max(a[at + 1], b[at + 1]));
  into.intersection = width * height;
  into.difference = areaA - into.intersection + (areaB - into.intersection);
  into.union = into.intersection + into.difference;
  into.enclosureWidth = Math.max(a[at + 2], b[at + 2]) - Math.min(a[at], b[at]);
  into.enclosureHeight = Math.max(a[at + 3], b[at + 3]) - Math.min(a[at + 1], b[at + 1]);
  into.enclosure = into.enclosureWidth * into.enclosureHeight;
}
