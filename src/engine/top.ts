/** The rows with the largest loss, and what stands in them. */
import type { Table, Wanted } from '../io/batch.ts';
import type { RowColumns } from './kept-rows.ts';
import type { Result, WorstRow } from './result.ts';
import type { Run } from './results.ts';

/** The `count` rows with the largest values, NaN above all; equal values in the order of the input. */
export function worstRows({ number, value }: RowColumns, count: number): Omit<WorstRow, 'cells'>[] {
  const size = (i: number) => (Number.isNaN(value[i]) ? Number.POSITIVE_INFINITY : value[i]);
  const order = Uint32Array.from(value.keys()).sort((a, b) => size(b) - size(a) || a - b);
  return Array.from(order.subarray(0, count), (i) => ({ row: number[i] + 1, value: value[i] }));
}

/** The worst rows of each loss, by its id. */
export function worstByLoss(runs: readonly Run[], count: number): Map<string, Omit<WorstRow, 'cells'>[]> {
  return new Map(runs.map(({ chosen, kept }) => [chosen.id, kept ? worstRows(kept.columns(), count) : []]));
}

/** Row, from 1 -> column -> its text there. */
export type Cells = ReadonlyMap<number, ReadonlyMap<string, string>>;

/** The results of all rows with their worst rows. */
export function withTop(results: readonly Result[], worst: ReadonlyMap<string, Omit<WorstRow, 'cells'>[]>, cells: Cells): Result[] {
  return results.map((result) => {
    if (result.slice) return result;
    const top = (worst.get(result.id) ?? []).map((one) => ({ ...one, cells: cells.get(one.row) ?? new Map<string, string>() }));
    return { ...result, top };
  });
}

/** Names of rows, which are shown beside what was evaluated. */
const NAMES = /^(?:id|idx|index|key|name|uid|uuid|file|path)$|_(?:id|key|name|uuid)$/i;

/** Columns worth showing of a row: those that name it, then those that were read. */
export function columnsToShow(columns: readonly string[], read: readonly number[]): number[] {
  const naming = columns.flatMap((name, column) => (NAMES.test(name) ? [column] : []));
  return [...new Set([...naming, ...read])];
}

/** The cells of some rows, by their number from 1, in a pass of its own. */
export async function cellsOf(
  table: Table,
  rows: ReadonlySet<number>,
  columns: readonly number[],
  batchRows: number,
): Promise<Cells> {
  const wanted = columns.map((column): Wanted => ({ column, as: 'text' }));
  const found = new Map<number, ReadonlyMap<string, string>>();
  for await (const batch of table.read(wanted, { batchRows })) {
    for (let row = 0; row < batch.rows; row++) {
      const number = (batch.index ? batch.index[row] : batch.first + row) + 1;
      if (!rows.has(number)) continue;
      const texts = batch.columns.map((column) => (column.kind === 'text' ? column.values[row] : ''));
      found.set(number, new Map(columns.map((column, k) => [table.columns[column], texts[k]])));
    }
    if (found.size === rows.size) break;
  }
  return found;
}
