/**
 * The signed-rank test (F. Wilcoxon 1945) of paired differences: are they symmetric around 0? It ranks the magnitudes, so that a few
 * huge losses do not decide. The p-values are those of scipy.stats.wilcoxon.
 */
import type { Alternative } from './alternative.ts';
import { normalCdf } from './normal.ts';

/** Up to so many differences, without a tie or a 0, the distribution is counted out. */
const EXACT_UP_TO = 50;

export interface WilcoxonOptions {
  readonly alternative: Alternative;
  /** What becomes of a difference of 0: left out (`wilcox`), or ranked and then left out (`pratt`). */
  readonly zeros: 'wilcox' | 'pratt';
  /** Moves the rank sum half a rank towards its mean before the normal approximation. SciPy's default is not to. */
  readonly continuity: boolean;
}

export interface WilcoxonTest {
  /** The rank sum of the positive differences; for `two-sided` the smaller of it and that of the negative ones. */
  readonly statistic: number;
  readonly pValue: number;
  readonly method: 'exact' | 'normal';
}

/** NaN where there is no difference, or one that is NaN; p is 1 where all are 0, which SciPy refuses. Holds 8 bytes a difference. */
export function wilcoxonTest(differences: Float64Array, { alternative, zeros, continuity }: WilcoxonOptions): WilcoxonTest {
  if (differences.length === 0 || differences.some(Number.isNaN))
    return { statistic: Number.NaN, pValue: Number.NaN, method: 'normal' };
  const up = differences.filter((d) => d > 0).sort();
  const down = differences
    .filter((d) => d < 0)
    .map(Math.abs)
    .sort();
  const zeroCount = differences.length - up.length - down.length;
  const ranks = rankSums(up, down, zeros === 'pratt' ? zeroCount : 0);
  const { positive, negative, n, ties } = ranks;
  const statistic = alternative === 'two-sided' ? Math.min(positive, negative) : positive;
  if (zeroCount === differences.length) return { statistic, pValue: 1, method: 'exact' };
  if (n <= EXACT_UP_TO && zeroCount === 0 && ties === 0)
    return { statistic, pValue: exactPValue(positive, n, alternative), method: 'exact' };
  return { statistic, pValue: normalPValue(statistic, ranks, alternative, continuity), method: 'normal' };
}

interface RankSums {
  readonly positive: number;
  readonly negative: number;
  /** Differences that were ranked, and those of 0 among them, which have the first ranks. */
  readonly n: number;
  readonly zeroRanks: number;
  /** Sum of t^3 - t over groups of t equal magnitudes, zeros left out. */
  readonly ties: number;
}

/** Merges the sorted magnitudes of both signs; equal ones share the mean of their ranks. */
function rankSums(up: Float64Array, down: Float64Array, zeroRanks: number): RankSums {
  let positive = 0;
  let negative = 0;
  let ties = 0;
  let i = 0;
  let j = 0;
  while (i < up.length || j < down.length) {
    const ranked = zeroRanks + i + j;
    const magnitude = Math.min(up[i] ?? Number.POSITIVE_INFINITY, down[j] ?? Number.POSITIVE_INFINITY);
    const tiedUp = countEqual(up, i, magnitude);
    const tiedDown = countEqual(down, j, magnitude);
    const tied = tiedUp + tiedDown;
    const rank = ranked + (tied + 1) / 2;
    positive += tiedUp * rank;
    negative += tiedDown * rank;
    ties += tied ** 3 - tied;
    i += tiedUp;
    j += tiedDown;
  }
  return { positive, negative, n: zeroRanks + i + j, zeroRanks, ties };
}

function countEqual(sorted: Float64Array, start: number, value: number): number {
  let end = start;
  while (sorted[end] === value) end++;
  return end - start;
}

/** With the mean and the variance less what zeros and ties take from them (E. Cureton 1967). */
function normalPValue(statistic: number, { n, zeroRanks, ties }: RankSums, alternative: Alternative, continuity: boolean): number {
  const mean = (n * (n + 1) - zeroRanks * (zeroRanks + 1)) / 4;
  const variance = (n * (n + 1) * (2 * n + 1) - zeroRanks * (zeroRanks + 1) * (2 * zeroRanks + 1) - ties / 2) / 24;
  const towards = { 'two-sided': Math.sign(statistic - mean), less: -1, greater: 1 }[alternative];
  const z = (statistic - mean - (continuity ? 0.5 * towards : 0)) / Math.sqrt(variance);
  if (alternative === 'two-sided') return 2 * normalCdf(-Math.abs(z));
  return normalCdf(alternative === 'less' ? z : -z);
}

/** Of all 2^n ways to give the ranks signs, the share with a rank sum as extreme. */
function exactPValue(positive: number, n: number, alternative: Alternative): number {
  const ways = rankSumCounts(n);
  const share = (from: number, to: number) => ways.subarray(from, to).reduce((sum, count) => sum + count, 0) / 2 ** n;
  const less = share(0, positive + 1);
  const greater = share(positive, ways.length);
  return alternative === 'two-sided' ? Math.min(1, 2 * Math.min(less, greater)) : { less, greater }[alternative];
}

/** How many subsets of the ranks 1 to n have each sum. Below 2^53, so exact. */
function rankSumCounts(n: number): Float64Array {
  const ways = new Float64Array((n * (n + 1)) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = ways.length - 1; sum >= rank; sum--) ways[sum] += ways[sum - rank];
  }
  return ways;
}
