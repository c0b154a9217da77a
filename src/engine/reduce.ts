/** Sums -> the number that is asked for. */
import type { Reduction } from '../losses/define.ts';
import type { Partial } from './partial.ts';
import type { Status } from './result.ts';

export interface Reduced {
  readonly value: number;
  readonly denominator: number;
}

/** The one line behind every reduction of per-row losses. Each is the exact sum over its own count. */
export function reduce(partial: Partial, reduction: Exclude<Reduction, 'none'>): Reduced {
  const sum = partial.loss.value();
  const denominator = { mean: partial.norm.value(), sum: 1, batchmean: partial.units, 'sum-over-batch-size': partial.elements }[
    reduction
  ];
  return { value: sum / denominator, denominator };
}

export function statusOf(value: number, n: number): Status {
  if (n === 0) return 'empty';
  if (Number.isNaN(value)) return 'nan';
  if (value === Number.POSITIVE_INFINITY) return 'inf';
  return value === Number.NEGATIVE_INFINITY ? '-inf' : 'ok';
}
