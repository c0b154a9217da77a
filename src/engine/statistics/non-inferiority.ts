/** Whether a candidate is no worse than a tolerance. */
import type { Verdict } from '../result.ts';
import type { Interval } from './interval.ts';

/**
 * `pass` when the whole interval of how much worse the candidate is lies within the tolerance, `fail` when it lies beyond, else
 * `inconclusive`: more rows would tell. Of candidates exactly at the tolerance, (1 - level) / 2 pass, and as many fail. What is NaN or
 * infinite never passes.
 */
export function nonInferiority({ low, high }: Pick<Interval, 'low' | 'high'>, tolerance: number): Exclude<Verdict, 'none'> {
  if (!(low <= high)) return 'inconclusive';
  if (low > tolerance) return 'fail';
  return high <= tolerance && Number.isFinite(low) && Number.isFinite(high) ? 'pass' : 'inconclusive';
}
