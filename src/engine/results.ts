/** Finished tallies -> results, for all rows first and then for each slice by name. */
import { Fault } from '../io/fault.ts';
import { type Finished, kebab, type ParamValue } from '../losses/define.ts';
import type { KeptRows } from './kept-rows.ts';
import type { KeptTerms } from './kept-terms.ts';
import type { SlotValues, Partial as Sums } from './partial.ts';
import type { NanPolicy } from './prepare.ts';
import { reduce, statusOf } from './reduce.ts';
import { type ConstantRuns, skillOf } from './relative.ts';
import type { Chosen } from './resolve.ts';
import type { Result, SliceKey } from './result.ts';
import { sortedSlices } from './split.ts';
import type { Totals } from './totals.ts';

/** A loss with what it has added up. */
export interface Run<T extends Totals = Totals> {
  readonly chosen: Chosen;
  /** The roles that were given for it. */
  readonly roles: readonly string[];
  readonly totals: T;
  /** The same with the best constants as prediction: its results are then skill. */
  readonly constants: ConstantRuns<T> | null;
  /** The values of its rows, where they are asked for; `null` for a fold, which has none. */
  readonly kept: KeptRows | null;
  /** What its rows add to the sums of a fold, where it is asked for. */
  readonly terms: KeptTerms | null;
}

/** How the rows of a run were treated: the same for all of its losses. */
export interface Treatment {
  readonly weighted: boolean;
  /** What made groups: a column, a number of rows, or all rows (`null`). */
  readonly group: 'column' | number | null;
  readonly nan: NanPolicy;
}

/** Results of all rows first, then those of the slices in the order of their names. */
export function resultsOf(runs: readonly Run[], slices: readonly SliceKey[], treatment: Treatment, minN = 0): Result[] {
  const order = sortedSlices(slices);
  return runs.flatMap((run) => {
    const of = (totals: Totals, slice: number | null) =>
      resultOf(run, totals, slice, slice === null ? null : slices[slice], treatment);
    const result = (slice: number | null) => {
      const model = of(run.totals, slice);
      if (!run.constants) return model;
      return skillOf(model, of(slice === null ? run.constants.overall : run.constants.sliced, slice));
    };
    const overall = result(null);
    refuseEmpty(overall);
    return [overall, ...order.map(result).map((one) => ({ ...one, few: one.n < minN }))];
  });
}

function resultOf(
  { chosen, roles }: Run,
  totals: Totals,
  id: number | null,
  slice: SliceKey | null,
  { weighted, group, nan }: Treatment,
): Result {
  const { loss, reduction, params } = chosen;
  const partial = id === null ? totals.tally.overall : totals.tally.slice(id);
  const finished = totals.slots ? finish(chosen, totals.slots.get(id)) : reduced(partial, chosen);
  const { n, skipped, ignored } = partial;
  const weightSum = weighted ? partial.weight.value() : n;
  const value = n > 0 && weightSum === 0 ? Number.NaN : finished.value; // of rows that do not count there is no value
  const components =
    finished.components ??
    new Map(
      [...totals.components].map(([name, tally]) => [name, reduced(id === null ? tally.overall : tally.slice(id), chosen).value]),
    );
  const named = new Map(Object.entries(params).map(([key, given]) => [kebab(key), given]));
  const signature = [
    loss.name,
    ...[...named].map(([name, given]) => `${name}:${paramText(given)}`),
    reduction,
    `inputs:${roles.join('+')}`,
    ...(weighted ? ['weighted'] : []),
    ...(totals.groups ? [`group:${group ?? 'all'}`] : []),
    ...(slice ? [...slice].map(([name, text]) => `${name}=${text}`) : []),
    `nan:${nan}`,
    `n:${n}`,
  ].join('|');
  const status = statusOf(value, n);
  const common = {
    id: chosen.id,
    loss: loss.name,
    params: named,
    reduction,
    slice,
    value,
    status,
    n,
    few: false,
    skipped,
    ignored,
  };
  return {
    ...common,
    weightSum,
    denominator: finished.denominator,
    unit: loss.unit,
    direction: 'lower',
    signature,
    components: components.size ? components : null,
    groups: id === null ? totals.groups : null,
  };
}

function finish({ loss, params }: Chosen, slots: SlotValues | undefined): Finished {
  if (loss.kind !== 'fold') throw new Error(`${loss.name} has no slots`);
  if (!slots) return { value: Number.NaN, denominator: 0 };
  const { values, rest } = slots.finished();
  return loss.finish(values, params, rest);
}

function reduced(partial: Sums, { reduction }: Chosen): Finished {
  if (reduction === 'none') throw new Error('rows are not reduced');
  return reduce(partial, reduction);
}

function paramText(value: ParamValue): string {
  return Array.isArray(value) ? value.join(',') : value === null ? 'none' : String(value);
}

/** No rows, or no weight: a value would be made up. */
function refuseEmpty({ id, loss, n, skipped, ignored, weightSum, denominator, reduction }: Result): void {
  if (n === 0) {
    throw new Fault(
      `${id}: no row is left to evaluate: ${skipped} skipped, ${ignored} ignored`,
      'run without --nan skip or --ignore-index to see why',
      'D09',
    );
  }
  if (weightSum === 0) throw new Fault(`${id}: none of the ${n} rows counts: their weights sum to 0`, 'check --weight', 'D09');
  if (reduction === 'mean' && denominator === 0) {
    throw new Fault(
      `${id}: none of the ${n} rows counts in the mean: its denominator is 0`,
      `what it divides by is 0: class weights, pairs, events or targets; "lossctl explain ${loss}" says what`,
      'D09',
    );
  }
}
