/** Rows of the golden cases of a loss, to run it on. */
import { LOSSES } from '../../src/losses/index.ts';
import { columnsOf, type GoldenCase, goldens, paramsOf, rolesOf } from './goldens.ts';
import type { Columns, Evaluation } from './memory-table.ts';

export function evaluationOf(loss: string, golden: GoldenCase): Evaluation {
  const weight = golden.weight && { weight: 'weight' };
  return { loss, params: paramsOf(golden), columnsOf: rolesOf(golden), allowInf: true, nan: 'propagate', ...weight };
}

/** Losses with one value for a group: every case is one. */
const OF_GROUPS = new Set(LOSSES.flatMap((loss) => (loss.kind === 'group' && loss.values === 'group' ? [loss.name] : [])));

/** Rows of all cases with the same roles and parameters, so that sums have many terms of many sizes. */
export function joinedRows(loss: string): { columns: Columns; evaluation: Evaluation } {
  const [first, ...rest] = goldens().find((golden) => golden.loss === loss)?.cases ?? [];
  const shape = (columns: Columns) =>
    JSON.stringify(Object.entries(columns).map(([name, cells]) => [name, Array.isArray(cells[0]) ? cells[0].length : 1]));
  const columns = columnsOf(first);
  const alike = rest.filter(
    (golden) => shape(columnsOf(golden)) === shape(columns) && JSON.stringify(golden.params) === JSON.stringify(first.params),
  );
  const joined = Object.entries(columns).map(
    ([name, cells]) => [name, [...cells, ...alike.flatMap((golden) => columnsOf(golden)[name])]] as const,
  );
  if (OF_GROUPS.has(loss)) {
    const group = [first, ...alike].flatMap((golden, at) => Object.values(golden.inputs)[0].map(() => `g${at}`));
    const region = group.map((name) => `r${name.length}`); // all rows of a group lie in one slice
    const columns = { ...Object.fromEntries(joined), group, region };
    return { columns, evaluation: { ...evaluationOf(loss, first), group: 'group', by: ['region'] } };
  }
  const n = joined[0][1].length;
  const region = Array.from({ length: n }, (_, row) => `r${(row * 7) % 3}`);
  return { columns: { ...Object.fromEntries(joined), region }, evaluation: { ...evaluationOf(loss, first), by: ['region'] } };
}

/** Some rows, in this order. */
export function takeRows(columns: Columns, order: readonly number[]): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row])]));
}
