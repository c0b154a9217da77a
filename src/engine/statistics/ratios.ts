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

/**
 * How much worse the candidate is than the base and a share of its magnitude: within `absolute` when it is worse by no more than
 * `absolute + relative * |base|`. `value` is of the columns of one side; the first half are those of the base.
 */
export function worseBeyond(value: Statistic, direction: 'lower' | 'higher', relative: number): Statistic {
  const sign = direction === 'lower' ? 1 : -1;
  return (sums) => {
    const base = value(sums.subarray(0, sums.length / 2));
    return sign * (value(sums.subarray(sums.length / 2)) - base) - relative * Math.abs(base);
  };
}

/** The difference as a share of the base, of its magnitude where losses can be negative. Means little where the base is near 0. */
export const relativeChange: Statistic = (sums) => difference(sums) / Math.abs(ratio(sums));
