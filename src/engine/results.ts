/** Finished tallies -> results, for all rows first and then for each slice by name. */
import { Fault } from '../io/fault.ts';
import { kebab, type ParamValue } from '../losses/define.ts';
import type { Binding, BoundInput } from './bind.ts';
import type { FoldRunner } from './folds.ts';
import type { RunOptions } from './options.ts';
import type { Partial as Sums } from './partial.ts';
import { type Reduced, reduce, statusOf } from './reduce.ts';
import type { Chosen } from './resolve.ts';
import type { Result, SliceKey } from './result.ts';
import type { Runner } from './rows.ts';
import type { Slicer } from './split.ts';

/** A runner, and what it needs to give its results. */
export interface Run {
  readonly chosen: Chosen;
  readonly runner: Runner & Pick<Partial<FoldRunner>, 'finish'> & { groups?(): NonNullable<Result['groups']> };
}

export function resultsOf(runs: readonly Run[], slicer: Slicer, binding: Binding, options: RunOptions): Result[] {
  return runs.flatMap((run, index) => {
    const result = (slice: number | null) =>
      resultOf(run, slice, slice === null ? null : slicer.keys[slice], binding, index, options);
    const overall = result(null);
    refuseEmpty(overall);
    return [overall, ...slicer.sorted().map(result)];
  });
}

function resultOf(
  { chosen, runner }: Run,
  id: number | null,
  slice: SliceKey | null,
  binding: Binding,
  index: number,
  options: RunOptions,
): Result {
  const { loss, reduction, params } = chosen;
  const partial = id === null ? runner.tally.overall : runner.tally.slice(id);
  const { value, denominator } = runner.finish ? runner.finish(id) : reduced(partial, chosen);
  const { n, skipped, ignored } = partial;
  const components = new Map(
    [...runner.components].map(([name, tally]) => [name, reduced(id === null ? tally.overall : tally.slice(id), chosen).value]),
  );
  const weightSum = binding.weight ? partial.weight.value() : n;
  const named = new Map(Object.entries(params).map(([key, given]) => [kebab(key), given]));
  const groups = runner.groups && id === null ? runner.groups() : null;
  const signature = [
    loss.name,
    ...[...named].map(([name, given]) => `${name}:${paramText(given)}`),
    reduction,
    `inputs:${rolesOf(binding.losses[index])}`,
    ...(binding.weight ? ['weighted'] : []),
    ...(runner.groups ? [`group:${binding.group === null ? options.groupSize : 'column'}`] : []),
    ...(slice ? [...slice].map(([name, text]) => `${name}=${text}`) : []),
    `nan:${options.nan}`,
    `n:${n}`,
  ].join('|');
  const status = statusOf(value, n);
  const common = { id: chosen.id, loss: loss.name, params: named, reduction, slice, value, status, n, skipped, ignored };
  return {
    ...common,
    weightSum,
    denominator,
    unit: loss.unit,
    direction: 'lower',
    signature,
    components: components.size ? components : null,
    groups,
  };
}

function reduced(partial: Sums, { reduction }: Chosen): Reduced {
  if (reduction === 'none') throw new Error('rows are not reduced');
  return reduce(partial, reduction);
}

function paramText(value: ParamValue): string {
  return Array.isArray(value) ? value.join(',') : value === null ? 'none' : String(value);
}

function rolesOf(inputs: readonly BoundInput[]): string {
  return inputs.map(({ role }) => kebab(role)).join('+');
}

/** No rows, or no weight: a value would be made up. */
function refuseEmpty({ id, n, skipped, ignored, weightSum, denominator, reduction }: Result): void {
  if (n === 0) {
    throw new Fault(
      `${id}: no row is left to evaluate: ${skipped} skipped, ${ignored} ignored`,
      'run without --nan skip or --ignore-index to see why',
      'D09',
    );
  }
  if (weightSum === 0 || (reduction === 'mean' && denominator === 0)) {
    throw new Fault(`${id}: none of the ${n} rows counts: their weights sum to 0`, 'check --weight and --class-weight', 'D09');
  }
}
