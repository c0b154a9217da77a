/** `--hist`: how many values lie in each of some bins of equal width. */
import { canonical } from './order.ts';

export interface Histogram {
  /** Borders of the bins, one more than there are bins. A value on a border belongs to the bin above it; the last border to the last bin. */
  readonly edges: Float64Array;
  /** Values in each bin, or the sum of their weights. */
  readonly counts: Float64Array;
}

/**
 * Bins from the smallest value to the largest, as numpy.histogram makes them: a half to each side of a single value. The values are
 * finite: no width holds an infinite one, which the caller counts beside the bins. No values: all counts 0, borders NaN.
 */
export function histogram(values: Float64Array, bins: number, weights?: Float64Array): Histogram {
  const [ordered, heights] = weights ? canonical([values, weights]) : [values]; // sums of weights depend on the order
  const edges = edgesOf(values, bins);
  const width = edges[1] - edges[0];
  const counts = new Float64Array(bins);
  for (let i = 0; i < ordered.length; i++) {
    const value = ordered[i];
    let bin = Math.min(bins - 1, Math.floor((value - edges[0]) / width) || 0); // to a bin beside, by rounding
    while (bin > 0 && value < edges[bin]) bin--;
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    counts[bin] += heights ? heights[i] : 1;
  }
  return { edges, counts };
}

function edgesOf(values: Float64Array, bins: number): Float64Array {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  if (low === high) {
    low -= 0.5;
    high += 0.5;
  }
  const range = high - low;
  const width = Number.isFinite(range) ? range / bins : high / bins - low / bins; // from -1e308 to 1e308 is no float64
  const edges = new Float64Array(bins + 1).map((_, k) => low + k * width);
  edges[bins] = high;
  return edges;
}
