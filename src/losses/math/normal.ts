/** The normal distribution far out, where a probability is a small difference: everything by its logarithm. */
import { erf } from './erf.ts';
import { log1mexp } from './preference.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;
const ROOT_HALF = Math.SQRT1_2;
const ROOT_PI = 1.772453850905516;

export function logDensity(z: number): number {
  return -0.5 * z * z - HALF_LOG_TWO_PI;
}

/** ln of the probability below x. */
export function logBelow(x: number): number {
  if (x > 0) return Math.log1p(-Math.exp(logBelow(-x)));
  const t = -x * ROOT_HALF;
  if (t < 1.4) return Math.log(0.5 * (1 - erf(t)));
  let fraction = t; // erfc(t) = e^(-t^2) / sqrt(pi) / (t + 1/2 / (t + 2/2 / (t + 3/2 / ...)))
  for (let k = Math.ceil(10 + 200 / (t * t)); k > 0; k--) fraction = t + (0.5 * k) / fraction;
  return -0.5 * x * x - Math.log(2 * ROOT_PI * fraction);
}

/** Nodes and weights of Gauss and Legendre on [-1, 1], the positive half. */
const NODES = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.31370664587788727, 0.22238103445337448, 0.10122853629037626];

/** ln of the probability between `from` and `to`, which may be infinite, `gap` apart. -infinity if there is nothing between them. */
export function logBetween(from: number, to: number, gap: number): number {
  if (gap <= 0) return Number.NEGATIVE_INFINITY;
  if (from === Number.NEGATIVE_INFINITY) return logBelow(to);
  if (to === Number.POSITIVE_INFINITY) return logBelow(-from);
  const [a, b] = from + to > 0 ? [-to, -from] : [from, to]; // as much on the left as on the right, or more
  const half = 0.5 * gap;
  const middle = 0.5 * (a + b);
  if (half < 0.5 && half * -middle < 0.5) {
    let sum = 0;
    for (let i = 0; i < NODES.length; i++) {
      const d = half * NODES[i];
      sum += WEIGHTS[i] * Math.exp(-0.5 * d * d) * Math.cosh(middle * d);
    }
    return logDensity(middle) + Math.log(half * 2 * sum);
  }
  if (b <= 0) return logBelow(b) + log1mexp(logBelow(a) - logBelow(b));
  const outside = Math.exp(logBelow(a)) + Math.exp(logBelow(-b));
  return outside < 0.5 ? Math.log1p(-outside) : Math.log(0.5 * (erf(b * ROOT_HALF) + erf(-a * ROOT_HALF)));
}
