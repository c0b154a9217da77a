/** How a comparison is made and judged. */
import type { Tolerance } from '../baseline.ts';
import type { IntervalMethod } from '../statistics/interval.ts';

/** What p-values of slices are held against together. */
export const ADJUSTMENTS = ['holm', 'bh', 'none'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

export const INTERVALS: readonly IntervalMethod[] = ['percentile', 'bca'];

export interface Settings {
  /** Of the interval: 0.95. */
  readonly level: number;
  readonly method: IntervalMethod;
  readonly resamples: number;
  readonly seed: number;
  readonly adjust: Adjustment;
  readonly tolerance: Tolerance;
  /** Slices of fewer pairs are marked, and not judged. */
  readonly minN: number;
  readonly unmatched: 'error' | 'drop';
}

/** Random choices of signs in the permutation test: p-values down to 1e-4. */
export const FLIPS = 9999;
