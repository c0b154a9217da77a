/**
 * The negative log-likelihood of softmax, split so that no digit is lost: with z* the largest of the logits,
 *
 *     lse(z) - z_c = (z* - z_c) + ln(1 + sum over the others of e^(z - z*))
 *
 * Both parts are at least 0. Written as `lse(z) - z_c`, a confident row would cancel to 0 or to the rounding error of z*.
 */
import type { Numbers } from '../define.ts';
import { expOfNegative } from './exp.ts';

/** Position of the largest of `width` values from `start` on; the first of equal ones. */
export function indexOfMax(data: Numbers, start: number, width: number): number {
  let top = start;
  for (let i = start + 1; i < start + width; i++) if (data[i] > data[top]) top = i;
  return top;
}

/** ln(1 + sum of e^(z - z*)) over all values but the one at `top`, z*. NaN if a value is NaN, or if infinities leave no ratio. */
export function logTail(data: Numbers, start: number, width: number, top: number): number {
  const largest = data[top];
  let sum = 0;
  for (let i = start; i < top; i++) sum += expOfNegative(data[i] - largest);
  for (let i = top + 1; i < start + width; i++) sum += expOfNegative(data[i] - largest);
  return Math.log1p(sum);
}

/** z* - z, 0 for equal infinities. */
export function distanceFromTop(top: number, z: number): number {
  return z === top ? 0 : top - z;
}

/** The scales on which a distribution over classes may come. */
export type ClassScale = 'logits' | 'probs' | 'logProbs';

/** -ln p of a class whose score is `x` on the scale of `role`; `top` and `tail` are those of its row of logits. */
export function negativeLog(role: ClassScale, x: number, top: number, tail: number): number {
  if (role === 'logits') return distanceFromTop(top, x) + tail;
  return role === 'probs' ? -Math.log(x) : -x;
}

/** -ln p of the class `y` in the row of `width` values that starts at `start`. */
export function negativeLogOf(role: ClassScale, data: Numbers, start: number, width: number, y: number): number {
  const x = data[start + y];
  if (role !== 'logits') return negativeLog(role, x, 0, 0);
  const top = indexOfMax(data, start, width);
  return negativeLog(role, x, data[top], logTail(data, start, width, top));
}
