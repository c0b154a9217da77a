/** Quantiles of a sorted sample. */

/**
 * The q-quantile, q from 0 to 1, by linear interpolation between the two values around position q (n - 1), from 0: the default of
 * numpy.quantile, type 7 of R. NaN for no values.
 */
export function quantile(sorted: Float64Array, q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  return interpolate(sorted[below], sorted[Math.min(below + 1, sorted.length - 1)], position - below);
}

/** As numpy does, from the nearer end, so that no value lies outside; but what lies between a number and infinity is infinite. */
function interpolate(a: number, b: number, share: number): number {
  if (share === 0 || !Number.isFinite(a)) return a;
  if (!Number.isFinite(b)) return b;
  return share < 0.5 ? a + (b - a) * share : b - (b - a) * (1 - share);
}

/**
 * The q-quantile of values with weights, sorted by value: the first value up to which the weights reach the share q of their sum
 * (numpy.quantile with `weights`, method "inverted_cdf", which does not interpolate). A weight of 2 is the value twice, a weight of 0
 * no value, and a factor on all weights changes nothing.
 */
export function weightedQuantile(sorted: Float64Array, weights: Float64Array, q: number): number {
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i];
  let reached = 0;
  let value = Number.NaN;
  for (let i = 0; i < sorted.length; i++) {
    if (weights[i] === 0) continue;
    reached += weights[i];
    value = sorted[i];
    if (reached >= q * total) break;
  }
  return value;
}
