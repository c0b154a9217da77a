/** `--stats`, `--hist` and `--ci`: what the values of single rows tell beside their mean. */
import { Fault } from '../io/fault.ts';
import { type KeptRows, type RowColumns, rowsOfSlice } from './kept-rows.ts';
import type { Chosen } from './resolve.ts';
import type { Result } from './result.ts';
import type { Finished } from './state/state.ts';
import { bootstrap, estimate } from './statistics/bootstrap.ts';
import { sumsByCluster } from './statistics/clusters.ts';
import { histogram } from './statistics/histogram.ts';
import { ratio, type Statistic } from './statistics/ratios.ts';
import { summarize } from './statistics/summary.ts';

export interface RowStatistics {
  readonly stats: boolean;
  /** Bins of a histogram, or none. */
  readonly bins: number | null;
  readonly interval: { readonly level: number; readonly resamples: number; readonly seed: number } | null;
}

/** The results with what was asked for; `clusters` resample together, where there are any. */
export function withStatistics(
  results: readonly Result[],
  { runs, slices, clusters }: Pick<Finished, 'runs' | 'slices' | 'clusters'>,
  asked: RowStatistics,
): Result[] {
  const ids = clusters?.ids ?? null;
  const rows = new Map(runs.map(({ chosen, kept }) => [chosen.id, kept as KeptRows]));
  const columns = new Map([...rows].map(([id, kept]) => [id, kept.columns()]));
  return results.map((result) => {
    const all = columns.get(result.id) as RowColumns;
    const chosen = runs.find((run) => run.chosen.id === result.id)?.chosen as Chosen;
    return { ...result, ...statisticsOf(result.slice ? rowsOfSlice(all, slices.indexOf(result.slice)) : all, chosen, asked, ids) };
  });
}

function statisticsOf(
  rows: RowColumns,
  chosen: Chosen,
  { stats, bins, interval }: RowStatistics,
  clusters: Int32Array | null,
): Partial<Result> {
  const finite = bins === null ? null : rows.value.filter(Number.isFinite);
  return {
    ...(stats && { stats: summarize(rows.value) }),
    ...(finite && bins !== null && { histogram: histogram(finite, bins) }),
    ...(interval && { interval: { ...interval, ...intervalOf(rows, chosen, interval, clusters) } }),
  };
}

function intervalOf(
  rows: RowColumns,
  { reduction }: Chosen,
  { level, resamples, seed }: NonNullable<RowStatistics['interval']>,
  clusters: Int32Array | null,
): Pick<NonNullable<Result['interval']>, 'low' | 'high' | 'method' | 'units'> {
  const statistic: Statistic = reduction === 'sum' ? (sums) => sums[0] : ratio;
  const denominator = reduction === 'batchmean' ? rows.value.map(() => 1) : rows.denominator;
  const columns = [rows.numerator, denominator];
  const units = clusters ? byCluster(columns, rows, clusters) : columns;
  const { low, high, method } = estimate(bootstrap(units, { resamples, seed }), statistic, { level, method: 'bca' });
  return { low, high, method, units: units[0].length };
}

/** Sums over the clusters that have rows here. */
function byCluster(columns: readonly Float64Array[], { order }: RowColumns, clusters: Int32Array): Float64Array[] {
  const numbers = new Map<number, number>();
  const ids = Int32Array.from(order, (row) => {
    const id = numbers.get(clusters[row]) ?? numbers.size;
    numbers.set(clusters[row], id);
    return id;
  });
  return sumsByCluster(columns, ids, numbers.size);
}

/** Refuses what has no values of rows, or no mean of them. */
export function refuseStatistics(flag: string, chosen: readonly Chosen[], needsMean: boolean): void {
  const fold = chosen.find(({ loss }) => loss.kind === 'fold');
  if (fold)
    throw new Fault(
      `${flag}: ${fold.id} is one number for all rows: no row has a value of its own`,
      'ask for it in a run of its own',
    );
  const other = needsMean && chosen.find(({ reduction }) => reduction === 'sum-over-batch-size');
  if (other) throw new Fault(`${flag}: ${other.id} is divided by its elements`, 'leave --reduction out');
}
