/** What is shown of single rows beside the results: the worst of them. */
import { type Assertion, isEnd } from '../../engine/assert.ts';
import type { Binding } from '../../engine/bind.ts';
import type { Result } from '../../engine/result.ts';
import type { Run } from '../../engine/results.ts';
import type { RowStatistics } from '../../engine/row-statistics.ts';
import { cellsOf, columnsToShow, worstRows } from '../../engine/top.ts';
import type { Table } from '../../io/batch.ts';
import type { EvalOptions } from './eval-options.ts';

/** As many as are read at a glance. */
const HISTOGRAM_BINS = 10;

/** A pass over the data after the one that evaluated; `null` where the input can be read only once. */
export type Again = <T>(read: (table: Table) => Promise<T>) => Promise<T | null>;

/** The results of all rows with their worst rows. */
export async function withTop(
  results: readonly Result[],
  runs: readonly Run[],
  binding: Binding,
  count: number,
  again: Again,
  batchRows: number,
): Promise<Result[]> {
  const worst = new Map(runs.map(({ chosen, kept }) => [chosen.id, kept ? worstRows(kept.columns(), count) : []]));
  const rows = new Set([...worst.values()].flatMap((list) => list.map(({ row }) => row)));
  const read = binding.wanted.map(({ column }) => column);
  const cells = await again((table) => cellsOf(table, rows, columnsToShow(table.columns, read), batchRows));
  return results.map((result) => {
    if (result.slice) return result;
    const top = (worst.get(result.id) ?? []).map((one) => ({ ...one, cells: cells?.get(one.row) ?? new Map<string, string>() }));
    return { ...result, top };
  });
}

/** What is asked of the rows beside the worst of them; `null` for nothing. */
export function askedStatistics(
  options: EvalOptions,
  assertions: readonly Assertion[],
  clusters: Int32Array | null,
): RowStatistics | null {
  const stats = options.stats === true || assertions.some(({ statistic }) => statistic !== null && !isEnd(statistic));
  const { hist, ci, resamples, seed } = options;
  if (!stats && !hist && ci === undefined) return null;
  const interval = ci === undefined ? null : { level: ci, resamples, seed };
  return { stats, bins: hist ? HISTOGRAM_BINS : null, interval, clusters };
}
