import { plainName } from './escape.ts';
import type { Renderer } from './renderer.ts';
import { sliceText } from './slice.ts';
import { toJson } from './tojson.ts';

/**
 * "Bencher Metric Format (BMF)": benchmark -> measure -> value. The benchmark is the slice, `all` for all rows, of a suite behind the data set; the measure is
 * the loss, because it decides the unit and which way is better. Bencher takes names of measures up to 64 characters, and only
 * numbers: a value that is not finite is left out. No `lower_value` and `upper_value` yet: no result has an interval.
 */
export const bencher: Renderer = {
  name: 'bencher',
  extensions: [],
  help: 'Bencher Metric Format: a benchmark for each slice, a measure for each loss',
  render({ results }) {
    const benchmarks = new Map<string, Map<string, { value: number }>>();
    for (const { data, id, slice, value, status } of results) {
      if (status !== 'ok') continue;
      const rows = slice ? plainName(sliceText(slice)) : 'all';
      const benchmark = data === undefined ? rows : `${data} ${rows}`;
      const measures = benchmarks.get(benchmark) ?? new Map<string, { value: number }>();
      benchmarks.set(benchmark, measures.set(plainName(id), { value }));
    }
    return `${toJson(benchmarks, 2)}\n`;
  },
};
