/** One side of a comparison: its rows, and the losses of each; from a run, or from a file that `baseline write --rows` wrote. */
import { methodOf } from '../baseline.ts';
import type { KeptRows, RowColumns } from '../kept-rows.ts';
import type { TermColumns } from '../kept-terms.ts';
import type { Outcome } from '../pass.ts';
import type { Result, SliceKey } from '../result.ts';
import type { RowIdentity } from './identity.ts';

export interface Side {
  /** How messages name it; escaped already. */
  readonly name: string;
  /** Rows that were read. */
  readonly rows: number;
  readonly identity: RowIdentity;
  /** One for each loss, in the same order on both sides. */
  readonly losses: readonly SideLoss[];
  /** What the slice numbers of the rows mean; `null` where the side does not know of slices. */
  readonly slices: readonly SliceKey[] | null;
  /** The cluster of each row that was read; `null` where each stands for itself, or the side does not know. */
  readonly clusters: Int32Array | null;
}

/** The values of rows, or what each adds to the sums of a fold. */
export type SideRows = RowColumns | TermColumns;

export function haveValues(rows: SideRows): rows is RowColumns {
  return 'value' in rows;
}

export interface SideLoss {
  /** What decides the values, without the rows they are of. */
  readonly method: string;
  /** The rows that were evaluated, in the order they were read; `null` for a loss that is no function of sums over rows. */
  readonly rows: SideRows | null;
  /** The same for slices: of a skill, which has other constants in each of them. */
  readonly rowsOfSlices: SideRows | null;
  /** Of all rows and of slices; none where only rows are known. */
  readonly results: readonly Result[];
}

/** `name` is escaped already. */
export function sideOf(name: string, { rows, results, identity, finished }: Outcome): Side {
  if (!identity) throw new Error('rows without identity cannot be paired');
  const losses = finished.runs.map(({ chosen, kept, terms, constants }): SideLoss => {
    const mine = results.filter(({ id }) => id === chosen.id);
    if (!kept) {
      const sums = constants ? null : (terms?.columns() ?? null);
      return { method: methodOf(mine[0].signature), rows: sums, rowsOfSlices: sums, results: mine };
    }
    const rows = kept.columns();
    const against = constants ? constants.kept : null;
    const [overall, slices] = [against?.overall, against?.sliced].map((constant) => (constant ? skillRows(rows, constant) : rows));

    return { method: methodOf(mine[0].signature), rows: overall, rowsOfSlices: slices, results: mine };
  });
  return { name, rows, identity, losses, slices: finished.slices, clusters: finished.clusters?.ids ?? null };
}

/** A skill is what is left of 1 by the sum of the losses over that of the losses of the constant. */
function skillRows(rows: RowColumns, constant: KeptRows): RowColumns {
  return { ...rows, denominator: constant.columns().numerator };
}

/** The same for the slices of both sides; all have the same columns. */
export function sliceName(slice: SliceKey | null): string {
  return slice ? JSON.stringify([...slice.values()]) : '';
}
