/** What the pairs of one loss, of all rows or of a slice, tell of the difference between base and candidate. */
import type { Reduction } from '../../losses/define.ts';
import type { RowColumns } from '../kept-rows.ts';
import { bootstrapWithPauses, type Estimate, estimate, pValueAbove } from '../statistics/bootstrap.ts';
import { sumsByCluster } from '../statistics/clusters.ts';
import { mcnemarTest } from '../statistics/mcnemar.ts';
import { exactTotal } from '../statistics/moments.ts';
import { countPairs, effectSize, type PairCounts } from '../statistics/paired.ts';
import { difference, differenceBeyond, ratio, type Statistic } from '../statistics/ratios.ts';
import { signFlipTest } from '../statistics/sign-flip.ts';
import { wilcoxonTest } from '../statistics/wilcoxon.ts';
import type { Pairs } from './align.ts';
import type { PValues } from './result.ts';
import { FLIPS, type Settings } from './settings.ts';

export interface Reading {
  readonly reduction: Reduction;
  readonly direction: 'lower' | 'higher';
}

export interface Measured {
  /** Rows, or clusters of them, that were drawn. */
  readonly units: number;
  readonly counts: PairCounts;
  readonly effect: number;
  /** Of candidate less base. */
  readonly interval: Ends;
  /** Of how much worse the candidate is, less what the relative tolerance allows; and the p-value of that being within the absolute one. */
  readonly beyond: Ends & { readonly pValue: number };
  readonly pValues: PValues;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The values of both sides. */
export function valuesOf(pairs: Pairs, reading: Reading): { base: number; candidate: number } {
  const [base, baseShare, candidate, candidateShare] = columnsOf(pairs, reading).map((column) => exactTotal(column));
  const value = reducedBy(reading);
  return { base: value(Float64Array.of(base, baseShare)), candidate: value(Float64Array.of(candidate, candidateShare)) };
}

/** Of the sums of numerators and denominators. A skill is what is left of 1. */
function reducedBy({ reduction, direction }: Reading): Statistic {
  if (direction === 'higher') return (sums) => 1 - ratio(sums);
  return reduction === 'sum' ? (sums) => sums[0] : ratio;
}

/** `clusters`: of each pair; `null` where each stands for itself. `pause` is awaited now and then with the share that is done. */
export async function measure(
  pairs: Pairs,
  clusters: Int32Array | null,
  reading: Reading,
  settings: Settings,
  pause: (share: number) => Promise<void>,
): Promise<Measured> {
  const { tolerance, resamples, seed, level, method } = settings;
  const rows = columnsOf(pairs, reading);
  const columns = clusters ? sumsByCluster(rows, ...numbered(clusters)) : rows;
  const drawn = await bootstrapWithPauses(columns, { resamples, seed }, pause);
  const worse = worseBeyond(reading, tolerance.rel);
  const judged = estimate(drawn, worse, { level, method });
  const plain = tolerance.rel === 0 ? judged : estimate(drawn, worseBeyond(reading, 0), { level, method });
  const differences = unitDifferences(columns);
  return {
    units: columns[0].length,
    counts: countPairs(valueDifferences(pairs)),
    effect: reading.direction === 'lower' ? effectSize(differences) : -effectSize(differences),
    interval: reading.direction === 'lower' ? endsOf(plain) : { low: -plain.high, high: -plain.low },
    beyond: { ...endsOf(judged), pValue: pValueAbove(drawn, worse, tolerance.abs, judged.correction) },
    pValues: {
      signFlip: signFlipTest(differences, { flips: FLIPS, seed, alternative: 'two-sided' }).pValue,
      wilcoxon: wilcoxonTest(differences, { alternative: 'two-sided', zeros: 'wilcox', continuity: false }).pValue,
      mcnemar: clusters || !isBinary(pairs) ? null : mcnemarOf(pairs),
    },
  };
}

function endsOf({ low, high }: Estimate): Ends {
  return { low, high };
}

/** Numerators and denominators of the base, then of the candidate: an entry for each pair. */
function columnsOf({ base, candidate }: Pairs, { reduction }: Reading): Float64Array[] {
  const denominator = (rows: RowColumns) => (reduction === 'batchmean' ? rows.value.map(() => 1) : rows.denominator);
  return [base.numerator, denominator(base), candidate.numerator, denominator(candidate)];
}

/** How much worse the candidate is than the base and a share of it. Of sums no denominator counts. */
function worseBeyond({ reduction, direction }: Reading, relative: number): Statistic {
  // of a skill, that of the base less that of the candidate
  const ofSkill: Statistic = (sums) => difference(sums) - relative * Math.abs(1 - ratio(sums));
  const beyond = direction === 'lower' ? differenceBeyond(relative) : ofSkill;
  if (reduction !== 'sum') return beyond;
  return (sums) => beyond(Float64Array.of(sums[0], 1, sums[2], 1));
}

/** Candidate less base, row by row. The values of rows are losses, also where they make a skill. */
export function valueDifferences({ base, candidate }: Pairs): Float64Array {
  return candidate.value.map((value, i) => value - base.value[i]);
}

/**
 * What each unit adds to the difference. Where the denominators have one sum, they are left out, so that equal losses differ by 0
 * to the last bit.
 */
function unitDifferences([base, baseShare, candidate, candidateShare]: readonly Float64Array[]): Float64Array {
  const [total, theirs] = [exactTotal(baseShare), exactTotal(candidateShare)];
  if (total === theirs) return candidate.map((value, i) => value - base[i]);
  return candidate.map((value, i) => value / theirs - base[i] / total);
}

/** Losses of 0 and 1, of which each row counts alike. */
function isBinary({ base, candidate }: Pairs): boolean {
  const areBinary = ({ value }: RowColumns) => value.every((loss) => loss === 0 || loss === 1);
  const countAlike = ({ denominator }: RowColumns) => denominator.every((share) => share === denominator[0]);
  return areBinary(base) && areBinary(candidate) && countAlike(base) && countAlike(candidate);
}

function mcnemarOf({ base, candidate }: Pairs): number {
  const count = (mine: RowColumns, other: RowColumns) =>
    mine.value.reduce((sum, loss, i) => sum + (loss === 1 && other.value[i] === 0 ? 1 : 0), 0);
  return mcnemarTest(count(base, candidate), count(candidate, base), 'two-sided').exact;
}

/** Clusters that have rows here, numbered from 0, and how many there are. */
function numbered(clusters: Int32Array): [Int32Array, number] {
  const numbers = new Map<number, number>();
  const ids = clusters.map((cluster) => {
    const id = numbers.get(cluster) ?? numbers.size;
    numbers.set(cluster, id);
    return id;
  });
  return [ids, numbers.size];
}
