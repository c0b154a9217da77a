/**
 * What is estimated: functions of the sums of columns. Each unit (a row, or a cluster of rows) brings a numerator, the sum of
 * weight * loss, and a denominator, the sum of weight * norm; the loss of all is the ratio of their sums.
 */

/** The value that these sums of columns give. */
export type Statistic = (sums: Float64Array) => number;

/** Of one prediction: [numerators, denominators]. */
export const ratio: Statistic = (sums) => sums[0] / sums[1];

/**
 * Of two, paired by unit: [numerators and denominators of the base, numerators and denominators of the candidate]. A positive
 * difference is a candidate with larger losses.
 */
export const difference: Statistic = (sums) => sums[2] / sums[3] - sums[0] / sums[1];

/** The difference as a share of the base, of its magnitude where losses can be negative. Means little where the base is near 0. */
export const relativeChange: Statistic = (sums) => difference(sums) / Math.abs(ratio(sums));

/** The difference beyond a share of the base: within `absolute` when the candidate is worse by no more than `absolute + relative * |base|`. */
export function differenceBeyond(relative: number): Statistic {
  return (sums) => difference(sums) - relative * Math.abs(ratio(sums));
}
