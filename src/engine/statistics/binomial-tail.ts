/** The binomial distribution of a fair coin. */
import { poissonDivergence } from '../../losses/math/deviance.ts';
import { stirlingRest } from '../../losses/math/log-factorial.ts';

/** The probability of at most k heads in n tosses. */
export function fairCoinCdf(k: number, n: number): number {
  if (2 * k >= n) return k >= n ? 1 : 1 - fairCoinCdf(n - k - 1, n);
  let term = fairCoin(k, n);
  let sum = term;
  for (let heads = k; heads > 0 && term > sum * 1e-17; heads--) {
    term *= heads / (n - heads + 1);
    sum += term;
  }
  return sum;
}

/** The probability of k heads, by its distance from n / 2, not by factorials, whose digits would cancel (C. Loader 2000). */
function fairCoin(k: number, n: number): number {
  if (k === 0 || k === n) return 2 ** -n;
  const stirling = stirlingRest(n) - stirlingRest(k) - stirlingRest(n - k);
  const divergence = poissonDivergence(k, n / 2) + poissonDivergence(n - k, n / 2);
  return Math.exp(stirling - divergence) * Math.sqrt(n / (2 * Math.PI * k * (n - k)));
}
