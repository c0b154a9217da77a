/**
 * Half the unit deviance of Tweedie distributions: what the mean m costs under an observation y. All are at least 0, and near
 * y = m, where the terms of the plain formulas cancel, they are written in the small difference.
 */
import { logRatio, minusLog1p } from './logarithm.ts';

/** Power 1: y ln(y / m) - y + m. */
export function poissonDivergence(y: number, m: number): number {
  if (y === 0) return m;
  const x = (m - y) / y;
  return Math.abs(x) < 0.2 ? y * minusLog1p(x) : y * logRatio(y, m) + (m - y);
}

/** Power 2: y / m - 1 - ln(y / m). */
export function gammaDivergence(y: number, m: number): number {
  const x = (y - m) / m;
  return Math.abs(x) < 0.2 ? minusLog1p(x) : x - logRatio(y, m);
}

/** (e^(a x) - 1) / a, and its limit x at a = 0. */
function expm1Ratio(a: number, x: number): number {
  return a === 0 ? x : Math.expm1(a * x) / a;
}

/** Terms of the series below: enough for its range. */
const TERMS = 18;

/** Any other power p: y^(2-p) / ((1-p)(2-p)) - y m^(1-p) / (1-p) + m^(2-p) / (2-p), the first term only for y above 0. */
export function tweedieDivergence(y: number, m: number, power: number): number {
  const q = 1 - power;
  const s = 2 - power;
  if (y <= 0) return m ** q * (m / s - y / q);
  const x = logRatio(y, m);
  if (Math.abs(x) * Math.max(1, Math.abs(s)) < 0.5) {
    // m^s times the sum over k >= 2 of (1 + s + ... + s^(k-2)) x^k / k!
    let geometric = 1;
    let term = 0.5 * x * x;
    let sum = term;
    for (let k = 3; k <= TERMS; k++) {
      geometric = geometric * s + 1;
      term *= x / k;
      sum += geometric * term;
    }
    return m ** s * sum;
  }
  // Two forms of one formula: the first is exact near power 1, the second near power 2.
  if (Math.abs(q) <= Math.abs(s)) return (m ** q * (y * expm1Ratio(q, x) - (y - m))) / s;
  return (m ** s * expm1Ratio(s, x) - m ** q * (y - m)) / q;
}
