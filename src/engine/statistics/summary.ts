/** `--stats`: the distribution of per-row losses in a few numbers. */
import { moments } from './moments.ts';
import { canonical } from './order.ts';
import { quantile, weightedQuantile } from './quantile.ts';

/** The quantiles shown, by name. */
const QUANTILES = { p5: 0.05, p25: 0.25, p50: 0.5, p75: 0.75, p95: 0.95 } as const;

export type Summary = { readonly [name in 'n' | 'mean' | 'std' | 'min' | 'max' | keyof typeof QUANTILES]: number };

/**
 * n, mean, standard deviation, extremes and quantiles (`quantile.ts` states their rule) of values in any order, with the same bits for
 * any. Values of weight 0 do not count, also not in n. NaN among the values makes all but n NaN; no values make them NaN too.
 * Holds 24 bytes a value beside the values, 48 with weights.
 */
export function summarize(values: Float64Array, weights?: Float64Array): Summary {
  if (weights?.some((weight) => weight === 0)) {
    const counts = (_: number, i: number) => weights[i] !== 0;
    return summarize(values.filter(counts), weights.filter(counts));
  }
  const [sorted, heights] = weights ? canonical([values, weights]) : [values.toSorted()];
  const n = sorted.length;
  const isNumber = n > 0 && !Number.isNaN(sorted[0]) && !Number.isNaN(sorted[n - 1]);
  const at = (q: number) => (!isNumber ? Number.NaN : heights ? weightedQuantile(sorted, heights, q) : quantile(sorted, q));
  const quantiles = Object.fromEntries(Object.entries(QUANTILES).map(([name, q]) => [name, at(q)]));
  return { n, ...moments(sorted, heights), min: at(0), ...(quantiles as { [name in keyof typeof QUANTILES]: number }), max: at(1) };
}
