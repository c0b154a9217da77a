/** Mean and standard deviation, the same bits for any order of the values. */
import { ExactSum } from '../../losses/math/exact-sum.ts';

export interface Moments {
  readonly mean: number;
  /** With n - 1 in the denominator; NaN for one value. */
  readonly std: number;
}

/** The exact sum, rounded once. */
export function exactTotal(terms: Float64Array): number {
  const sum = new ExactSum();
  sum.add(terms);
  return sum.value();
}

/**
 * `sum(w x) / W` and the root of `sum(w (x - mean)^2) / (W - sum(w^2) / W)`, where W is the sum of the weights: n - 1 where all are 1
 * (the `aweights` of numpy.cov; a factor on all weights changes nothing). Takes 16 bytes a value beside them.
 */
export function moments(values: Float64Array, weights?: Float64Array): Moments {
  const weighted = (terms: Float64Array) => (weights ? terms.map((term, i) => term * weights[i]) : terms);
  const total = weights ? exactTotal(weights) : values.length;
  const mean = exactTotal(weighted(values)) / total;
  if (values.length < 2) return { mean, std: Number.NaN };
  const deviations = values.map((value) => value - mean);
  const rest = exactTotal(weighted(deviations)); // not 0, as the mean is rounded: what that costs is taken off again
  const squares = exactTotal(weighted(deviations.map((deviation) => deviation * deviation)));
  const freedom = weights ? total - exactTotal(weighted(weights)) / total : total - 1;
  return { mean, std: Math.sqrt(Math.max(0, squares - (rest * rest) / total) / freedom) };
}
