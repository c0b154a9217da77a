/**
 * What a run has added up, as plain JSON: `--state-out` writes it, `lossctl merge` adds such files up. It holds sums, so it
 * stays small whatever the data, unless statistics of the rows are asked for (rows.ts); and every sum is exact, so that parts give the
 * bits of one pass.
 */
import type { ParamValue, Reduction } from '../../losses/define.ts';
import type { RawClusters } from '../kept-rows.ts';
import type { PartialState, SlotState } from '../partial.ts';
import type { Inputs, Result, SliceKey, Warning } from '../result.ts';
import type { Run, Treatment } from '../results.ts';
import type { Tally } from '../tally.ts';
import type { Totals } from '../totals.ts';
import { type RowsState, rowsState, type TopState } from './rows.ts';

export const STATE_SCHEMA = 'lossctl.state/v1';

/** Everything that has to be the same in states that belong together. */
export interface RunState {
  readonly losses: readonly {
    readonly id: string;
    readonly loss: string;
    readonly params: { readonly [key: string]: ParamValue };
    readonly reduction: Reduction;
    readonly roles: readonly string[];
  }[];
  /** Names of the columns that slice. */
  readonly by: readonly string[];
  readonly treatment: Treatment;
}

export interface TallyState {
  readonly overall: PartialState;
  readonly slices: readonly PartialState[];
}

export interface LossState {
  readonly tally: TallyState;
  readonly components: { readonly [name: string]: TallyState };
  readonly slots: {
    readonly overall: readonly SlotState[] | null;
    readonly slices: readonly (readonly SlotState[] | null)[];
  } | null;
  readonly groups: Result['groups'];
}

export interface State {
  readonly schema: typeof STATE_SCHEMA;
  readonly version: string;
  readonly run: RunState;
  readonly inputs: Pick<Inputs, 'files' | 'targets' | 'where' | 'rows'> & { readonly columns: { readonly [role: string]: string } };
  /** Values of the slices, in the order of `by`. */
  readonly slices: readonly (readonly string[])[];
  /** Names of the groups, where a column makes them: a group must not lie in two parts. */
  readonly groups: readonly string[] | null;
  /** One for each loss of `run`. */
  readonly losses: readonly LossState[];
  readonly warnings: readonly Warning[];
  /** Where the run kept its rows. */
  readonly rows?: RowsState;
}

export interface Finished {
  readonly runs: readonly Run[];
  readonly slices: readonly SliceKey[];
  readonly by: readonly string[];
  readonly treatment: Treatment;
  readonly groups: readonly string[] | null;
  /** Of the rows that were read. */
  readonly clusters: RawClusters | null;
}

export function stateOf(
  { runs, slices, by, treatment, groups, clusters }: Finished,
  inputs: Inputs,
  warnings: readonly Warning[],
  version: string,
  top: TopState | null = null,
): State {
  const rows = rowsState(runs, clusters, top);
  return {
    schema: STATE_SCHEMA,
    version,
    run: {
      losses: runs.map(({ chosen: { id, loss, params, reduction }, roles }) => ({ id, loss: loss.name, params, reduction, roles })),
      by,
      treatment,
    },
    inputs: { ...inputs, columns: Object.fromEntries(inputs.columns) },
    slices: slices.map((key) => [...key.values()]),
    groups,
    losses: runs.map(({ totals }) => lossState(totals, slices.length)),
    warnings,
    ...(rows && { rows }),
  };
}

export function lossState({ tally, components, slots, groups }: Totals, slices: number): LossState {
  const each = <T>(make: (slice: number) => T) => Array.from({ length: slices }, (_, slice) => make(slice));
  return {
    tally: tallyState(tally, slices),
    components: Object.fromEntries([...components].map(([name, part]) => [name, tallyState(part, slices)])),
    slots: slots && {
      overall: slots.get(null)?.state() ?? null,
      slices: each((slice) => slots.get(slice)?.state() ?? null),
    },
    groups,
  };
}

function tallyState(tally: Tally, slices: number): TallyState {
  return { overall: tally.overall.state(), slices: Array.from({ length: slices }, (_, slice) => tally.slice(slice).state()) };
}
