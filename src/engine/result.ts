/** What an evaluation gives: plain data, from which renderers make text and gates a verdict. */
import type { ParamValue, Reduction } from '../losses/define.ts';

/** Why a value can or cannot be trusted as a number. `empty`: no row was left to evaluate. */
export type Status = 'ok' | 'nan' | 'inf' | '-inf' | 'empty';

/** Slice column -> value, in the order of `--by`. A `Map`: names come from data. */
export type SliceKey = ReadonlyMap<string, string>;

export interface Result {
  /** The loss as it was asked for: `huber`, `huber:delta=2`. */
  readonly id: string;
  readonly loss: string;
  /** Parameters as the user knows them (`label-smoothing`), defaults filled in. */
  readonly params: ReadonlyMap<string, ParamValue>;
  readonly reduction: Reduction;
  /** `null` for all rows. */
  readonly slice: SliceKey | null;
  /** Full precision; NaN or infinite when `status` says so. */
  readonly value: number;
  readonly status: Status;
  /** Rows that were evaluated. */
  readonly n: number;
  /** Rows left out because a value was missing or not finite. */
  readonly skipped: number;
  /** Rows the loss itself leaves out (`--ignore-index`). */
  readonly ignored: number;
  /** Sum of the row weights; `n` without `--weight`. */
  readonly weightSum: number;
  /** What the sum was divided by. */
  readonly denominator: number;
  readonly unit: string;
  readonly direction: 'lower';
  /** Everything that decides the value, in one line to compare runs by. */
  readonly signature: string;
  /** Parts of the value, reduced as it is; `null` for a loss without. */
  readonly components: ReadonlyMap<string, number> | null;
  /** For losses over groups: how many groups, and the rows in the smallest and largest. */
  readonly groups: { readonly count: number; readonly smallest: number; readonly largest: number } | null;
}

export interface Warning {
  /** Stable: `--allow` names it. */
  readonly code: string;
  /** Under `--strict` a `warn` is an error. */
  readonly severity: 'warn' | 'info';
  readonly message: string;
  /** Where it shows first: for a reader of the run, not in the result, which is the same for any order of the rows. */
  readonly first?: string;
}

export type Comparison = '<' | '<=' | '>' | '>=';

export interface Gate {
  /** As typed. */
  readonly assert: string;
  /** Id of the result it is about. */
  readonly result: string;
  readonly slice: SliceKey | null;
  readonly value: number;
  readonly status: Status;
  readonly comparison: Comparison;
  readonly limit: number;
  readonly pass: boolean;
}

export type Verdict = 'none' | 'pass' | 'fail' | 'inconclusive';

/** The whole outcome of one run. */
export interface Report {
  readonly files: readonly string[];
  readonly rows: number;
  /** Role -> the columns it was bound to, as a user would type them. */
  readonly columns: ReadonlyMap<string, string>;
  readonly results: readonly Result[];
  readonly gates: readonly Gate[];
  readonly warnings: readonly Warning[];
  readonly verdict: Verdict;
}

/** One row under `--reduction none`. */
export interface RowValues {
  /** Number of the row in the input, from 1. */
  readonly row: number;
  readonly weight: number | null;
  /** One for each loss asked for; `null` where the row was skipped or ignored. */
  readonly values: readonly (number | null)[];
}
