/** Terms of divergences between two numbers that may lie close together: each is at least 0, and cancels no digits. */
import { minusExpm1 } from './logarithm.ts';

/** Above this distance from 0 the plain form loses nothing that counts. */
const NEAR = 0.5;

/** p ln(p / q) - p + q, which `poissonDivergence` gives too, from `logRatio` = ln(p / q), where that is known better than p and q. */
export function generalizedKlOfLog(p: number, q: number, logRatio: number): number {
  if (Math.abs(logRatio) < NEAR) return p * minusExpm1(-logRatio);
  if (p === 0) return q;
  return p * logRatio - p + q;
}

/** What p and q in [0, 1] add to the Jensen-Shannon divergence: half of p ln(p / m) + q ln(q / m) with m their middle. */
export function jensenShannon(p: number, q: number): number {
  const sum = p + q;
  if (sum === 0) return 0;
  const d = (p - q) / sum;
  const gap = Math.abs(d);
  if (gap === 1) return 0.5 * sum * Math.LN2;
  const entropy = gap < NEAR ? 2 * d * Math.atanh(d) + Math.log1p(-d * d) : (1 + d) * Math.log1p(d) + (1 - d) * Math.log1p(-d);
  return 0.25 * sum * entropy;
}
