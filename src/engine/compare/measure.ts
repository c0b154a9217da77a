/** What the pairs of one loss, of all rows or of a slice, tell of the difference between base and candidate. */
import type { RowColumns } from '../kept-rows.ts';
import type { Chosen } from '../resolve.ts';
import { bootstrapWithPauses, type Estimate, estimate, pValueAbove } from '../statistics/bootstrap.ts';
import { sumsByCluster } from '../statistics/clusters.ts';
import { mcnemarTest } from '../statistics/mcnemar.ts';
import { exactTotal } from '../statistics/moments.ts';
import { countPairs, effectSize } from '../statistics/paired.ts';
import { ratio, type Statistic, worseBeyond } from '../statistics/ratios.ts';
import { signFlipTest } from '../statistics/sign-flip.ts';
import { wilcoxonTest } from '../statistics/wilcoxon.ts';
import type { Pairs } from './align.ts';
import type { PairedRows } from './result.ts';
import { FLIPS, type Settings } from './settings.ts';
import { haveValues, type SideRows } from './side.ts';

/** How the sums of a side become its value. */
export interface Reading {
  readonly chosen: Chosen;
  readonly direction: 'lower' | 'higher';
}

export interface Measured {
  /** Rows, or clusters of them, that were drawn. */
  readonly units: number;
  /** Of candidate less base. */
  readonly interval: Ends;
  /** Of how much worse the candidate is, less what the relative tolerance allows; and the p-value of that being within the absolute one. */
  readonly beyond: Ends & { readonly pValue: number };
  /** `null` where rows have no values. */
  readonly rows: Omit<PairedRows, 'adjusted'> | null;
}

interface Ends {
  readonly low: number;
  readonly high: number;
}

/** The values of both sides, by the sums of their rows. */
export function valuesOf({ base, candidate }: Pairs, reading: Reading): { base: number; candidate: number } {
  const value = valueOfSums(reading);
  const of = (rows: SideRows) => value(Float64Array.from(columnsOf(rows, reading), (column) => exactTotal(column)));
  return { base: of(base), candidate: of(candidate) };
}

/** Numerators and denominators, or the terms of a fold: columns with an entry for each row. */
function columnsOf(rows: SideRows, { chosen, direction }: Reading): readonly Float64Array[] {
  if (!haveValues(rows)) return rows.terms;
  const countsRows = chosen.reduction === 'batchmean' && direction === 'lower';
  return [rows.numerator, countsRows ? rows.value.map(() => 1) : rows.denominator];
}

/** Of the sums of these columns. A skill is what is left of 1. */
function valueOfSums({ chosen: { loss, params, reduction }, direction }: Reading): Statistic {
  if (loss.kind === 'fold') return (sums) => loss.finish(sums, params, new Float64Array(sums.length)).value;
  if (direction === 'higher') return (sums) => 1 - ratio(sums);
  return reduction === 'sum' ? (sums) => sums[0] : ratio;
}

/** `clusters`: of each pair; `null` where each stands for itself. `pause` is awaited now and then with the share that is done. */
export async function measure(
  { base, candidate }: Pairs,
  clusters: Int32Array | null,
  reading: Reading,
  settings: Settings,
  pause: (share: number) => Promise<void>,
): Promise<Measured> {
  const { tolerance, resamples, seed, level, method } = settings;
  const { direction } = reading;
  const rows = [...columnsOf(base, reading), ...columnsOf(candidate, reading)];
  const columns = clusters ? sumsByCluster(rows, ...numbered(clusters)) : rows;
  const drawn = await bootstrapWithPauses(columns, { resamples, seed }, pause);
  const value = valueOfSums(reading);
  const worse = worseBeyond(value, direction, tolerance.rel);
  const judged = estimate(drawn, worse, { level, method });
  const plain = tolerance.rel === 0 ? judged : estimate(drawn, worseBeyond(value, direction, 0), { level, method });
  return {
    units: columns[0].length,
    interval: direction === 'lower' ? endsOf(plain) : { low: -plain.high, high: -plain.low },
    beyond: { ...endsOf(judged), pValue: pValueAbove(drawn, worse, tolerance.abs, judged.correction) },
    rows:
      haveValues(base) && haveValues(candidate)
        ? testsOf(base, candidate, unitDifferences(columns), clusters !== null, reading, settings)
        : null,
  };
}

function endsOf({ low, high }: Estimate): Ends {
  return { low, high };
}

function testsOf(
  base: RowColumns,
  candidate: RowColumns,
  differences: Float64Array,
  clustered: boolean,
  { direction }: Reading,
  { seed }: Settings,
): Omit<PairedRows, 'adjusted'> {
  const { wins, ties, losses } = countPairs(valueDifferences(base, candidate));
  return {
    wins,
    ties,
    losses,
    effect: direction === 'lower' ? effectSize(differences) : -effectSize(differences),
    pValues: {
      signFlip: signFlipTest(differences, { flips: FLIPS, seed, alternative: 'two-sided' }).pValue,
      wilcoxon: wilcoxonTest(differences, { alternative: 'two-sided', zeros: 'wilcox', continuity: false }).pValue,
      mcnemar: clustered || !isBinary(base) || !isBinary(candidate) ? null : mcnemarOf(base, candidate),
    },
  };
}

/** Candidate less base, row by row. The values of rows are losses, also where they make a skill. */
export function valueDifferences(base: RowColumns, candidate: RowColumns): Float64Array {
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
function isBinary({ value, denominator }: RowColumns): boolean {
  return value.every((loss) => loss === 0 || loss === 1) && denominator.every((share) => share === denominator[0]);
}

function mcnemarOf(base: RowColumns, candidate: RowColumns): number {
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
