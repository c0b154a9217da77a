/** What one loss has added up: everything its results are made of, and all that has to be merged with other parts of the data. */
import type { SlotValues } from './partial.ts';
import type { Result } from './result.ts';
import type { Tally } from './tally.ts';

export interface Totals {
  readonly tally: Tally;
  /** The parts that a loss of rows reports beside its value. */
  readonly components: ReadonlyMap<string, Tally>;
  /** The slots of a fold, by slice; `null` for all rows. */
  readonly slots: Map<number | null, SlotValues> | null;
  /** Sizes of the groups, for losses over groups. */
  readonly groups: NonNullable<Result['groups']> | null;
}
