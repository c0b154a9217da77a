/** Random numbers of successes. */
import { logFactorial } from '../../losses/math/log-factorial.ts';
import type { Random } from './random.ts';

/** Below this mean, counting is quicker than rejection, whose hat needs a bell to sit on. */
const FEW = 10;

/** How many of `n` independent trials succeed, each with probability `p` from 0 to 1. */
export function drawBinomial(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - drawBinomial(random, n, 1 - p);
  return n * p < FEW ? drawByWaiting(random, n, p) : drawByRejection(random, n, p);
}

/** Goes from success to success: the failures between two of them are geometric (L. Devroye 1986, X.4.3, "first waiting time"). */
function drawByWaiting(random: Random, n: number, p: number): number {
  const logFailure = Math.log1p(-p);
  let successes = -1;
  for (let trials = 0; trials <= n; successes++) trials += Math.floor(Math.log(random.uniform()) / logFailure) + 1;
  return successes;
}

/** Transformed rejection with squeeze: W. Hörmann, "The generation of binomial random variates", 1993, algorithm BTRS. */
function drawByRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= squeeze) return k;
    if (!(k >= 0 && k <= n)) continue;
    const mode = Math.floor((n + 1) * p);
    const height = Math.log((v * (2.83 + 5.1 / b) * spread) / (a / (us * us) + b));
    const odds = Math.log(p / (1 - p));
    if (height <= logWays(n, mode) - logWays(n, k) + (k - mode) * odds) return k;
  }
}

/** ln(k! (n - k)!): what the number of ways to choose k of n has as its denominator. */
function logWays(n: number, k: number): number {
  return logFactorial(k) + logFactorial(n - k);
}
