/** What is shown of single rows beside the results: the worst of them. */
import type { Binding } from '../../engine/bind.ts';
import type { Result } from '../../engine/result.ts';
import type { Run } from '../../engine/results.ts';
import { cellsOf, columnsToShow, withTop, worstByLoss } from '../../engine/top.ts';
import type { Table } from '../../io/batch.ts';

/** A pass over the data after the one that evaluated; `null` where the input can be read only once. */
export type Again = <T>(read: (table: Table) => Promise<T>) => Promise<T | null>;

/** The results of all rows with their worst rows. */
export async function readTop(
  results: readonly Result[],
  runs: readonly Run[],
  binding: Binding,
  count: number,
  again: Again,
  batchRows: number,
): Promise<Result[]> {
  const worst = worstByLoss(runs, count);
  const rows = new Set([...worst.values()].flatMap((list) => list.map(({ row }) => row)));
  const read = binding.wanted.map(({ column }) => column);
  const cells = await again((table) => cellsOf(table, rows, columnsToShow(table.columns, read), batchRows));
  return withTop(results, worst, cells ?? new Map());
}
