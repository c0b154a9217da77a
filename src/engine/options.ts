import type { KeyNumbers } from './compare/keys.ts';
import type { NanPolicy } from './prepare.ts';
import type { RowValues } from './result.ts';

/** One number for each element of a prediction, on the scale of the target: for all rows (`null`), and for each slice by its id. */
export type Constants = ReadonlyMap<number | null, Float64Array>;

/** How a run treats its rows. */
export interface RunOptions {
  readonly nan: NanPolicy;
  /** Infinite logits and log-probabilities are values: masked classes. */
  readonly allowInf: boolean;
  /** Rows held in memory at a time. Never changes a result. */
  readonly batchRows: number;
  /** Rows of a group, for losses over groups; infinite for one group of all rows. */
  readonly groupSize: number;
  /** Of each loss, the best constant predictions: results are then skill against them. */
  readonly constants?: readonly Constants[];
  /** Slices of fewer rows are marked, and not gated. */
  readonly minN?: number;
  /** Holds the values of the rows, for statistics of them. */
  readonly keepRows?: boolean;
  /** Tells afterwards which rows were read. */
  readonly fingerprint?: boolean;
  /** Notes the keys, targets and weights of the rows, to pair them with those of another run, which has the same numbers of keys. */
  readonly identify?: KeyNumbers;
  /** Codes of checks that are not to speak. */
  readonly allow: ReadonlySet<string>;
  /** Takes the rows under `--reduction none`. */
  readonly onRow?: (row: RowValues) => void;
  /** After each batch, with the rows so far; awaited, so that a slow reader of the output slows the reading of the input. */
  readonly onBatch?: (rows: number) => Promise<void>;
}
