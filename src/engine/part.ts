/** What a pass over some of the rows has found, as plain data: what one thread tells another. */
import type { Facts } from './checks/check.ts';
import type { ConventionFacts } from './convert.ts';
import type { RawClusters, RawRows } from './kept-rows.ts';
import type { LossState } from './state/state.ts';

export interface Part {
  readonly rows: number;
  /** Index of the first row, as the batches had it: in the table, or in the piece. */
  readonly first: number;
  /** Values of the columns that slice, in the order in which they were met. */
  readonly slices: readonly (readonly string[])[];
  /** One for each chosen loss. */
  readonly losses: readonly LossPart[];
  readonly negativeLabel: string | undefined;
  readonly fingerprint: readonly number[];
  readonly clusters: RawClusters | null;
}

export interface LossPart {
  readonly totals: LossState;
  /** With `--relative`: of all rows, and by slice. */
  readonly constants: readonly [overall: LossState, sliced: LossState] | null;
  readonly conventions: ReadonlyMap<string, ConventionFacts>;
  /** Of each watch. */
  readonly facts: readonly Facts[];
  readonly kept: RawRows | null;
}
