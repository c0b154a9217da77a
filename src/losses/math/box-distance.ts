/** What a box loss adds to 1 - IoU, for boxes x1, y1, x2, y2 that start at `at` in `a` and in `b`. */
import type { Numbers } from '../define.ts';
import type { Overlap } from './box-overlap.ts';

/** 1 - I / (U + eps), uncancelled. */
export function overlapLoss({ difference, union }: Overlap, eps: number): number {
  return (difference + eps) / (union + eps);
}

/** Squared distance of the centres, as a share of the squared diagonal of the box around both. */
export function centreDistance(a: Numbers, b: Numbers, at: number, around: Overlap, eps: number): number {
  const x = 0.5 * (a[at] - b[at] + (a[at + 2] - b[at + 2]));
  const y = 0.5 * (a[at + 1] - b[at + 1] + (a[at + 3] - b[at + 3]));
  const { enclosureWidth, enclosureHeight } = around;
  return (x * x + y * y) / (enclosureWidth * enclosureWidth + enclosureHeight * enclosureHeight + eps);
}

/** Squared difference of the angles of the diagonals, 1 for a right angle. A point has none: it counts as upright. */
export function aspectDistance(a: Numbers, b: Numbers, at: number): number {
  const angleA = Math.atan2(a[at + 2] - a[at], a[at + 3] - a[at + 1]);
  const angleB = Math.atan2(b[at + 2] - b[at], b[at + 3] - b[at + 1]);
  const part = (angleA - angleB) / (0.5 * Math.PI);
  return part * part;
}

/** Squared differences of the sides, as shares of the squared sides of the box around both. */
export function sideDistance(a: Numbers, b: Numbers, at: number, around: Overlap, eps: number): number {
  const width = a[at + 2] - a[at] - (b[at + 2] - b[at]);
  const height = a[at + 3] - a[at + 1] - (b[at + 3] - b[at + 1]);
  const { enclosureWidth, enclosureHeight } = around;
  return (width * width) / (enclosureWidth * enclosureWidth + eps) + (height * height) / (enclosureHeight * enclosureHeight + eps);
}
