/** What an evaluation gives: plain data, from which renderers make text and gates a verdict. */
import type { ParamValue, Reduction } from '../losses/define.ts';
import type { Histogram } from './statistics/histogram.ts';
import type { Summary } from './statistics/summary.ts';

/** Why a value can or cannot be trusted as a number. `empty`: no row was left to evaluate. */
export const STATUSES = ['ok', 'nan', 'inf', '-inf', 'empty'] as const;
export type Status = (typeof STATUSES)[number];

/** Slice column -> value, in the order of `--by`. A `Map`: names come from data. */
export type SliceKey = ReadonlyMap<string, string>;

export interface Result {
  /** The data set of a suite that it belongs to. */
  readonly data?: string;
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
  /** A slice of fewer rows than `--min-n`: shown, and not gated. */
  readonly few: boolean;
  /** Rows left out because a value was missing or not finite. */
  readonly skipped: number;
  /** Rows the loss itself leaves out (`--ignore-index`). */
  readonly ignored: number;
  /** Sum of the row weights; `n` without `--weight`. */
  readonly weightSum: number;
  /** What the sum was divided by. */
  readonly denominator: number;
  readonly unit: string;
  /** Which way is better: `higher` for a skill. */
  readonly direction: 'lower' | 'higher';
  /** Everything that decides the value, in one line to compare runs by. */
  readonly signature: string;
  /** Parts of the value, reduced as it is; `null` for a loss without. */
  readonly components: ReadonlyMap<string, number> | null;
  /** For losses over groups: how many groups, and the rows in the smallest and largest. */
  readonly groups: { readonly count: number; readonly smallest: number; readonly largest: number } | null;
  /** The distribution of the values of the rows, where it is asked for. */
  readonly stats?: Summary;
  readonly histogram?: Histogram;
  /** A bootstrap interval of the value; `units` rows or clusters were resampled. */
  readonly interval?: {
    readonly level: number;
    readonly low: number;
    readonly high: number;
    readonly method: string;
    readonly resamples: number;
    readonly seed: number;
    readonly units: number;
  };
  /** The rows with the largest loss, where they are asked for. */
  readonly top?: readonly WorstRow[];
}

export interface WorstRow {
  /** Number of the row in the input, from 1. */
  readonly row: number;
  readonly value: number;
  /** Column -> its text in this row; empty where the input could be read only once. */
  readonly cells: ReadonlyMap<string, string>;
}

export interface Warning {
  /** The data set of a suite that it is about. */
  readonly data?: string;
  /** Stable: `--allow` names it. */
  readonly code: string;
  /** Under `--strict` a `warn` is an error. */
  readonly severity: 'warn' | 'info';
  readonly message: string;
  /** Where it shows first: for a reader of the run, not in the result, which is the same for any order of the rows. */
  readonly first?: string;
}

export type Comparison = '<' | '<=' | '>' | '>=';

/**
 * Why a gate has nothing to judge: a slice of fewer rows than `--min-n`; a baseline that is not there, of other rows, or of results
 * that were evaluated in another way; of a comparison also rows that one side skipped, no values of rows to draw from, and an interval
 * that holds the tolerance.
 */
export const UNJUDGED = ['few', 'no-baseline', 'other-rows', 'other-method', 'skipped-apart', 'no-interval', 'unclear'] as const;
export type Unjudged = (typeof UNJUDGED)[number];

/** What a gate is for: `error` decides the verdict, `warn` is shown as a warning, `info` is only shown. */
export const LEVELS = ['error', 'warn', 'info'] as const;
export type Level = (typeof LEVELS)[number];

/** What a suite says of a gate beside its condition. */
export interface GateMark {
  readonly id?: string;
  /** Absent: `error`. */
  readonly level?: Level;
}

export interface Gate extends GateMark {
  /** The data set of a suite that it is about. */
  readonly data?: string;
  /** As typed. */
  readonly assert: string;
  /** Id of the result it is about. */
  readonly result: string;
  /** What of it, where it is not the value: `p95`, `hi`. */
  readonly statistic?: string;
  /** Of which candidate, where there are several. */
  readonly candidate?: string;
  readonly slice: SliceKey | null;
  readonly value: number;
  readonly status: Status | Unjudged;
  readonly comparison: Comparison;
  readonly limit: number;
  readonly pass: boolean;
}

const WITHOUT_EVIDENCE: ReadonlySet<Gate['status']> = new Set(['empty', ...UNJUDGED]);

/** There is nothing to judge: no rows or too few, or nothing comparable. */
export function lacksEvidence({ status }: Pick<Gate, 'status'>): boolean {
  return WITHOUT_EVIDENCE.has(status);
}

/** There is a value to show: it passed, missed, or does not tell. */
export function hasValue({ status }: Pick<Gate, 'status'>): boolean {
  return status === 'ok' || status === 'unclear';
}

/** Whether a gate can change the verdict. */
export function decides({ level = 'error' }: GateMark): boolean {
  return level === 'error';
}

/** `error`: a data set of a suite could not be evaluated, whatever the others say. */
export const VERDICTS = ['none', 'pass', 'fail', 'inconclusive', 'error'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a run was made of. */
export interface Inputs {
  readonly files: readonly string[];
  /** The file of the targets where they do not stand beside the predictions; without `on` the rows pair by order. */
  readonly targets: { readonly file: string; readonly on: string | null; readonly join: Readonly<Joined> | null } | null;
  /** Conditions that rows had to meet. */
  readonly where: readonly string[];
  readonly rows: number;
  /** Role -> the columns it was bound to, as a user would type them. */
  readonly columns: ReadonlyMap<string, string>;
}

/** What became of the rows of a join. */
export interface Joined {
  readonly matched: number;
  readonly unmatchedPredictions: number;
  readonly unmatchedTargets: number;
}

/** One data set of a suite: what became of it. */
export interface DataSet {
  readonly name: string;
  readonly verdict: Verdict;
  /** `null` where it could not be evaluated. */
  readonly inputs: Inputs | null;
  /** Why it could not be evaluated. */
  readonly error?: { readonly message: string; readonly hint?: string; readonly code?: string };
}

/** What was judged, and what is to be said beside it. */
export interface Judged {
  /** Of a suite: gates and warnings say which data set they belong to. */
  readonly data?: readonly DataSet[];
  readonly gates: readonly Gate[];
  readonly warnings: readonly Warning[];
  readonly verdict: Verdict;
}

/** The whole outcome of one run. */
export interface Report extends Judged {
  readonly inputs: Inputs;
  readonly results: readonly Result[];
}

/** One row under `--reduction none`. */
export interface RowValues {
  /** Number of the row in the input, from 1. */
  readonly row: number;
  readonly weight: number | null;
  /** One for each loss asked for; `null` where the row was skipped or ignored. */
  readonly values: readonly (number | null)[];
}
