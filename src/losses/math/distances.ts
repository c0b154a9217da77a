/** Distances of two vectors of `width` values, from `atA` in `a` and from `atB` in `b`. */
import type { Numbers } from '../define.ts';
import { lengthOf } from './unit-vectors.ts';

/** Squares within these add up and have roots without over- or underflow. */
const SMALL = 1e-280;
const LARGE = 1e300;

/** Sum of the squares of a - b + eps. */
export function squaredDistance(a: Numbers, atA: number, b: Numbers, atB: number, width: number, eps: number): number {
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const part = a[atA + i] - b[atB + i] + eps;
    sum += part * part;
  }
  return sum;
}

/** The p-norm of a - b + eps. Where a power could over- or underflow, the differences are scaled by the largest of them. */
export function minkowski(a: Numbers, atA: number, b: Numbers, atB: number, width: number, p: number, eps: number): number {
  if (p === 2) {
    const square = squaredDistance(a, atA, b, atB, width, eps);
    if (square > SMALL && square < LARGE) return Math.sqrt(square);
  }
  let largest = 0;
  for (let i = 0; i < width; i++) largest = Math.max(largest, Math.abs(a[atA + i] - b[atB + i] + eps));
  if (largest === 0 || largest === Number.POSITIVE_INFINITY) return largest;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (Math.abs(a[atA + i] - b[atB + i] + eps) / largest) ** p;
  return largest * sum ** (1 / p);
}

/** The cosine of the angle between a and b; a length below `eps` counts as `eps`, so that a zero vector has cosine 0. */
export function cosine(a: Numbers, atA: number, b: Numbers, atB: number, width: number, eps: number): number {
  const lengthA = Math.max(lengthOf(a, atA, width), eps) || 1;
  const lengthB = Math.max(lengthOf(b, atB, width), eps) || 1;
  let sum = 0;
  for (let i = 0; i < width; i++) sum += (a[atA + i] / lengthA) * (b[atB + i] / lengthB);
  return sum;
}

/** 1 - cosine: for unit vectors half of their squared distance, which keeps its digits where they point the same way. */
export function cosineDistance(a: Numbers, atA: number, b: Numbers, atB: number, width: number, eps: number): number {
  const lengthA = lengthOf(a, atA, width);
  const lengthB = lengthOf(b, atB, width);
  const shorter = Math.min(lengthA, lengthB);
  if (shorter < eps || shorter === 0) return 1 - cosine(a, atA, b, atB, width, eps);
  let sum = 0;
  for (let i = 0; i < width; i++) {
    const part = a[atA + i] / lengthA - b[atB + i] / lengthB;
    sum += part * part;
  }
  return 0.5 * sum;
}
