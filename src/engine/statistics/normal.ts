/** The standard normal distribution. */
import { logBelow, logDensity } from '../../losses/math/normal.ts';

/** The probability below z, to its last digits in the lower tail too. For the upper tail ask below -z. */
export function normalCdf(z: number): number {
  return Math.exp(logBelow(z));
}

/** The z below which the probability is p, infinite at 0 and 1: the inverse of `normalCdf`. */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  // ln of the probability is concave, so that Newton's steps from the left of the root never pass it; P(z) <= exp(-z^2 / 2) / 2.
  const logP = Math.log(p);
  for (let z = -Math.sqrt(-2 * Math.log(2 * p)); ; ) {
    const logCdf = logBelow(z);
    const next = z + (logP - logCdf) * Math.exp(logCdf - logDensity(z));
    if (!(next > z)) return z;
    z = next;
  }
}
