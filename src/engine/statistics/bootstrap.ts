/**
 * The bootstrap of ratios of sums (B. Efron 1979): units drawn with replacement, the statistic again for each resample, and an interval
 * from how it varies. Units are independent of each other; where rows are not (turns of a talk, frames of a film), a unit is a
 * cluster of them (clusters.ts). Weights are drawn along with their rows.
 *
 * The same bits for any order of the rows, for any split of the resamples over threads, and on every machine: units are put in
 * canonical order, and resample k is drawn from a stream of its own.
 */
import { bcaInterval, type Correction, correctionOf, type Interval, type IntervalMethod, percentileInterval } from './interval.ts';
import { exactTotal, moments } from './moments.ts';
import { canonical } from './order.ts';
import type { Statistic } from './ratios.ts';
import { resampledSums } from './resample.ts';

/** Units, and the sums of their columns in each resample. Several statistics can be asked of one. */
export interface Bootstrap {
  /** In canonical order. */
  readonly columns: readonly Float64Array[];
  /** An entry for each resample, by column. */
  readonly sums: readonly Float64Array[];
}

export interface Estimate extends Interval {
  readonly value: number;
  /** The standard deviation of the bootstrap distribution. */
  readonly standardError: number;
  /** For `bca`: what the percentiles were corrected by. */
  readonly correction: Correction | null;
}

/**
 * Draws the resamples: columns of one number a unit, as `ratios.ts` wants them. Takes some 1.2 ns for each resample, unit
 * and column that varies: 5 s for 1,000,000 pairs and 2,000 resamples. Holds a copy of the columns, and 20 bytes a unit while it sorts them.
 */
export function bootstrap(columns: readonly Float64Array[], { resamples, seed }: { resamples: number; seed: number }): Bootstrap {
  const sorted = canonical(columns);
  return { columns: sorted, sums: resampledSums(sorted, { seed, from: 0, to: resamples }) };
}

/** The statistic of the data and its interval. Without two units there is none: one unit resampled is always itself. */
export function estimate(
  { columns, sums }: Bootstrap,
  statistic: Statistic,
  { level, method }: { level: number; method: IntervalMethod },
): Estimate {
  const totals = Float64Array.from(columns, (column) => exactTotal(column));
  const value = statistic(totals);
  const distribution = valuesOf(statistic, sums).sort();
  const units = columns[0].length;
  if (units < 2) return { value, standardError: Number.NaN, method, level, low: Number.NaN, high: Number.NaN, correction: null };
  const correction = method === 'bca' ? correctionOf(value, distribution, jackknife(columns, totals, statistic)) : null;
  const interval = correction ? bcaInterval(distribution, level, correction) : percentileInterval(distribution, level);
  return { value, standardError: moments(distribution).std, ...interval, correction };
}

/** The statistic of each row of columns. */
function valuesOf(statistic: Statistic, columns: readonly Float64Array[]): Float64Array {
  const row = new Float64Array(columns.length);
  return columns[0].map((_, i) => {
    for (let k = 0; k < row.length; k++) row[k] = columns[k][i];
    return statistic(row);
  });
}

/** The statistic without each unit in turn. */
function jackknife(columns: readonly Float64Array[], totals: Float64Array, statistic: Statistic): Float64Array {
  const others = new Float64Array(columns.length);
  return columns[0].map((_, i) => {
    for (let k = 0; k < others.length; k++) others[k] = totals[k] - columns[k][i];
    return statistic(others);
  });
}
