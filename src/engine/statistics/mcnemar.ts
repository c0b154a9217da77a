/**
 * McNemar's test (Q. McNemar 1947) for losses of 0 and 1: where base and candidate are alike, a row on which one of the two is wrong
 * is as likely to be the one's as the other's. Rows on which they agree say nothing.
 */
import type { Alternative } from './alternative.ts';
import { fairCoinCdf } from './binomial-tail.ts';
import { normalCdf } from './normal.ts';

export interface McNemarTest {
  /** Rows on which only the base is wrong, and those on which only the candidate is. */
  readonly onlyBase: number;
  readonly onlyCandidate: number;
  /** From the binomial distribution. */
  readonly exact: number;
  /** From the chi-squared distribution with one degree of freedom, of (|onlyBase - onlyCandidate| - 1)^2 / (onlyBase + onlyCandidate). */
  readonly corrected: number;
}

/** p-values of both forms; 1 where no row differs. The continuity correction does not go past the middle, as in R. */
export function mcnemarTest(onlyBase: number, onlyCandidate: number, alternative: Alternative): McNemarTest {
  const n = onlyBase + onlyCandidate;
  const less = fairCoinCdf(onlyCandidate, n);
  const greater = fairCoinCdf(onlyBase, n);
  const exact = alternative === 'two-sided' ? Math.min(1, 2 * Math.min(less, greater)) : { less, greater }[alternative];
  return { onlyBase, onlyCandidate, exact, corrected: correctedPValue(onlyCandidate - onlyBase, n, alternative) };
}

function correctedPValue(difference: number, n: number, alternative: Alternative): number {
  if (n === 0) return 1;
  const z = (Math.sign(difference) * Math.max(0, Math.abs(difference) - 1)) / Math.sqrt(n);
  if (alternative === 'two-sided') return 2 * normalCdf(-Math.abs(z));
  return normalCdf(alternative === 'less' ? z : -z);
}
