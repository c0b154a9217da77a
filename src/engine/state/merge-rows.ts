/** The rows that states hold, put together: for statistics of all of them. */
import { Fault, quote } from '../../io/fault.ts';
import { Clusters, KeptRows, type RawClusters, RowNumbers } from '../kept-rows.ts';
import type { NamedState } from './decode.ts';

/** The rows of all states, one behind the other; `null` where a state holds none. */
export function mergedRows(
  states: readonly NamedState[],
  ids: readonly (readonly number[])[],
): { kept: readonly KeptRows[]; clusters: RawClusters | null } | null {
  const rows = states.flatMap((one) => one.rows ?? []);
  if (rows.length < states.length) return null;
  const [{ clusters: first, losses }] = rows;
  const kept = losses.map(() => new KeptRows(new RowNumbers()));
  const clusters = new Clusters();
  let before = 0;
  for (const [k, part] of rows.entries()) {
    for (const [index, values] of part.losses.entries()) kept[index].add(values, before, ids[k]);
    if (part.clusters) clusters.add(part.clusters);
    before += states[k].state.inputs.rows;
  }
  return { kept, clusters: first && clusters.raw() };
}

/** Statistics of rows need every row. */
export function refuseWithoutRows(flag: string, states: readonly NamedState[]): void {
  const without = states.find(({ rows }) => !rows);
  if (without)
    throw new Fault(
      `${flag}: ${quote(without.name)} holds sums, and not the values of the rows`,
      'write it again with --stats: lossctl eval --stats --state-out FILE',
    );
}
