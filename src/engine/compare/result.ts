/** What a comparison gives: plain data, from which renderers make text and gates a verdict. */
import type { ParamValue, Reduction } from '../../losses/define.ts';
import type { Gate, Judged, SliceKey, Status, Verdict } from '../result.ts';

/** One loss of base and candidate, of all rows or of one slice. Differences are candidate less base. */
export interface Comparison {
  /** The loss as it was asked for: `huber`, `huber:delta=2`. */
  readonly id: string;
  readonly loss: string;
  readonly params: ReadonlyMap<string, ParamValue>;
  readonly reduction: Reduction;
  readonly unit: string;
  /** Which way is better: `higher` for a skill. */
  readonly direction: 'lower' | 'higher';
  /** `null` for all rows. */
  readonly slice: SliceKey | null;
  /** Pairs that were compared. */
  readonly n: number;
  /** A slice of fewer pairs than `--min-n`: shown, and not judged. */
  readonly few: boolean;
  readonly base: number;
  readonly candidate: number;
  readonly difference: number;
  /** As a share of the magnitude of the base; not finite where the base is 0. */
  readonly relative: number;
  /** Of the difference. */
  readonly status: Status;
  /** Of all rows: those that one side has a value for and the other, which has the row too, has not. */
  readonly onlyBase: number;
  readonly onlyCandidate: number;
  /** `null` for a loss that is no function of sums over rows, and where the difference is not finite. */
  readonly paired: Paired | null;
  /** The pairs whose loss grew most, where they are asked for. */
  readonly top?: readonly WorsePair[];
}

/** What drawing the pairs again tells. */
export interface Paired {
  /** Rows, or clusters of rows, that were drawn. */
  readonly units: number;
  /** Of the difference; NaN without two units. */
  readonly low: number;
  readonly high: number;
  /** Half its width: a smaller difference is lost in the noise of these rows; and the same as a share of the base. */
  readonly noise: number;
  readonly relativeNoise: number;
  /** `null` for a loss that is one number for all rows. */
  readonly rows: PairedRows | null;
}

/** What the values of single rows tell. */
export interface PairedRows {
  /** Rows on which the candidate's loss is smaller, equal and larger. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** Mean difference over its standard deviation (d_z). */
  readonly effect: number;
  readonly pValues: PValues;
  /** The same held against those of the other slices; as they are for all rows. */
  readonly adjusted: PValues;
}

/** Of no difference, two-sided. */
export interface PValues {
  readonly signFlip: number;
  readonly wilcoxon: number;
  /** Of losses of 0 and 1, where each row stands for itself. */
  readonly mcnemar: number | null;
}

export interface WorsePair {
  readonly key: string | null;
  /** Number of the row in the input of each side, from 1; `null` where a file of rows tells no number. */
  readonly baseRow: number | null;
  readonly candidateRow: number;
  readonly base: number;
  readonly candidate: number;
  readonly difference: number;
  /** Column -> its text in this row; empty where the input could be read only once. */
  readonly candidateCells: ReadonlyMap<string, string>;
  readonly baseCells: ReadonlyMap<string, string>;
}

/** Where one side came from. */
export interface SideInputs {
  readonly files: readonly string[];
  readonly rows: number;
  readonly columns: ReadonlyMap<string, string>;
}

/** One candidate against the base. */
export interface CandidateReport {
  readonly inputs: SideInputs;
  readonly matched: number;
  readonly unmatchedBase: number;
  readonly unmatchedCandidate: number;
  readonly comparisons: readonly Comparison[];
  readonly gates: readonly Gate[];
  readonly verdict: Verdict;
}

/** The whole outcome of `compare`. */
export interface ComparisonReport extends Judged {
  readonly base: SideInputs;
  /** The file of the targets of all sides, where they do not stand beside the predictions. */
  readonly targets: string | null;
  /** What pairs rows; `null` for their order. */
  readonly on: string | null;
  readonly where: readonly string[];
  readonly method: {
    readonly interval: string;
    readonly level: number;
    readonly resamples: number;
    readonly seed: number;
    readonly flips: number;
    readonly adjust: string;
    readonly tolerance: { readonly rel: number; readonly abs: number };
  };
  readonly candidates: readonly CandidateReport[];
}
