/** The worst rows in a state: the `count` worst of all parts are among the `count` worst of each. */
import { Fault, quote } from '../../io/fault.ts';
import type { Result } from '../result.ts';
import type { Cells } from '../top.ts';
import type { NamedState } from './decode.ts';
import type { TopState } from './rows.ts';

/** `null` where no worst rows were asked for. */
export function topState(count: number | undefined, results: readonly Result[]): TopState | null {
  if (count === undefined) return null;
  const worst = results.flatMap(({ top }) => top ?? []);
  const cells = new Map(worst.flatMap(({ row, cells }) => (cells.size > 0 ? [[row, cells]] : [])));
  const columns = [...new Set([...cells.values()].flatMap((one) => [...one.keys()]))];
  const rows = [...cells].map(([row, texts]) => ({ row, cells: columns.map((column) => texts.get(column) ?? '') }));
  return { count, columns, rows };
}

/** What stands in the worst rows of all states, numbered one state behind the other. */
export function mergedCells(states: readonly NamedState[]): Cells {
  let before = 0;
  return new Map(
    states.flatMap(({ state, rows }) => {
      const first = before;
      before += state.inputs.rows;
      const { columns = [], rows: worst = [] } = rows?.top ?? {};
      return worst.map(({ row, cells }) => [first + row, new Map(columns.map((column, k) => [column, cells[k]]))] as const);
    }),
  );
}

/** Refuses states that do not hold as many, or do not know where in all of the input they are. */
export function refuseTop(count: number, states: readonly NamedState[]): void {
  for (const { name, state, rows } of states) {
    if ((rows?.top?.count ?? 0) < count)
      throw new Fault(
        `--top: ${quote(name)} does not hold what stands in its ${count} worst rows`,
        `write it again with --top ${count}: lossctl eval --top ${count} --state-out FILE`,
      );
    const { where, targets } = state.inputs;
    if (where.length > 0 || (targets && targets.on !== null))
      throw new Fault(
        `--top: ${quote(name)} is of rows that ${where.length > 0 ? '--where' : '--on'} chose: it cannot tell their numbers in all of the input`,
        'ask for the worst rows of each part, in its own eval',
      );
  }
}
