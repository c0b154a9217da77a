import { describe, expect, it } from 'vitest';
import { histogram } from '../../../src/engine/statistics/histogram.ts';
import { quantile, weightedQuantile } from '../../../src/engine/statistics/quantile.ts';
import { Random } from '../../../src/engine/statistics/random.ts';
import { type Summary, summarize } from '../../../src/engine/statistics/summary.ts';
import { casesOf, expectClose } from './golden.ts';

/** `count` numbers over twenty orders of magnitude, and small whole weights. */
function draw(count: number): { values: Float64Array; weights: Float64Array } {
  const random = new Random(3);
  const values = new Float64Array(count).map(() => (random.uniform() - 0.5) * 10 ** (random.below(20) - 10));
  return { values, weights: values.map(() => random.below(4)) };
}

const { values: VALUES, weights: WEIGHTS } = draw(3001);
const shuffled = (column: Float64Array) =>
  Float64Array.from(
    [...column.keys()].sort((i, j) => Math.sin(i) - Math.sin(j)),
    (i) => column[i],
  );

describe('a summary', () => {
  it.each(casesOf<{ name: string; values: number[]; weights?: number[]; expected: Summary }>('summary'))(
    'of $name is that of numpy',
    ({ values, weights, expected }) => {
      const ours = summarize(Float64Array.from(values), weights && Float64Array.from(weights));
      expect(Object.keys(ours)).toEqual(['n', 'mean', 'std', 'min', 'p5', 'p25', 'p50', 'p75', 'p95', 'max']);
      const scale = Math.abs(expected.mean) * 1e-16; // a deviation that is all rounding
      for (const key of Object.keys(expected) as (keyof Summary)[])
        if (key === 'std' && ours.std < scale) expect(expected.std).toBeLessThan(scale);
        else expectClose(ours[key], expected[key], key === 'mean' || key === 'std' ? 1e-13 : 0);
    },
  );

  it('is the same bits for any order of the values', () => {
    expect(summarize(shuffled(VALUES))).toEqual(summarize(VALUES));
    expect(summarize(shuffled(VALUES), shuffled(WEIGHTS))).toEqual(summarize(VALUES, WEIGHTS));
    const naive = (column: Float64Array) => column.reduce((sum, x) => sum + x, 0);
    expect(naive(shuffled(VALUES))).not.toBe(naive(VALUES)); // these values can tell
  });

  it('with weights does not depend on their scale, nor on values of weight 0', () => {
    const weighted = summarize(VALUES, WEIGHTS);
    expect(
      summarize(
        VALUES,
        WEIGHTS.map((w) => w / 8),
      ),
    ).toEqual(weighted);
    const extreme = summarize(Float64Array.of(...VALUES, 1e300), Float64Array.of(...WEIGHTS, 0));
    expect(extreme).toEqual(weighted);
    expect(
      summarize(
        VALUES,
        WEIGHTS.map(() => 1),
      ).std,
    ).toBe(summarize(VALUES).std);
  });

  it('of none is empty, and NaN makes it NaN', () => {
    const { n, ...rest } = summarize(new Float64Array(0));
    expect([n, ...new Set(Object.values(rest))]).toEqual([0, Number.NaN]);
    const holed = summarize(Float64Array.of(1, Number.NaN, 3));
    expect([holed.n, holed.mean, holed.std, holed.min, holed.p50, holed.max]).toEqual([3, ...new Array(5).fill(Number.NaN)]);
    expect(summarize(Float64Array.of(1, 2, 3), Float64Array.of(1, 0, 0))).toMatchObject({ n: 1, mean: 1, std: Number.NaN, p95: 1 });
  });
});

describe('quantiles', () => {
  it('lie between neighbours, and between a number and infinity are infinite', () => {
    const sorted = Float64Array.of(Number.NEGATIVE_INFINITY, 1, 2, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY);
    expect([0, 0.1, 0.25, 0.3125, 0.5, 0.51, 0.9, 1].map((q) => quantile(sorted, q))).toEqual([
      -Infinity,
      -Infinity,
      1,
      1.25,
      2,
      Infinity,
      Infinity,
      Infinity,
    ]);
  });

  it('with weights are the first value that enough weight has been reached at', () => {
    const at = (q: number) => weightedQuantile(Float64Array.of(1, 2, 3), Float64Array.of(1, 2, 1), q);
    expect([0, 0.25, 0.26, 0.75, 0.76, 1].map(at)).toEqual([1, 1, 2, 2, 3, 3]);
    const weightless = (q: number) => weightedQuantile(Float64Array.of(1, 2, 3), Float64Array.of(0, 2, 0), q);
    expect([weightless(0), weightless(1)]).toEqual([2, 2]);
  });
});

describe('a histogram', () => {
  interface Case {
    readonly name: string;
    readonly values: number[];
    readonly bins: number;
    readonly edges: number[];
    readonly counts: number[];
    readonly weights: number[];
    readonly weighted: number[];
  }
  it.each(casesOf<Case>('histogram'))('of $name bins is that of numpy', ({ values, bins, edges, counts, weights, weighted }) => {
    const ours = histogram(Float64Array.from(values), bins);
    expect([...ours.counts]).toEqual(counts);
    for (const [k, edge] of edges.entries()) expectClose(ours.edges[k], edge, 1e-15);
    expect([...histogram(Float64Array.from(values), bins, Float64Array.from(weights)).counts]).toEqual(weighted);
  });

  it('holds each value once, also where the width is beyond float64 or below it', () => {
    const max = Number.MAX_VALUE;
    for (const values of [[-max, 0, max], [2 ** 60], [1, 1 + 2 ** -52], [0, Number.MIN_VALUE]]) {
      const { counts } = histogram(Float64Array.from(values), 7);
      expect(counts.reduce((sum, count) => sum + count)).toBe(values.length);
    }
    expect(histogram(new Float64Array(0), 3).counts).toEqual(new Float64Array(3));
  });

  it('is the same bits for any order of values and weights', () => {
    const tenths = WEIGHTS.map((w, i) => w / 10 + (i % 7) * 1e-9);
    expect(histogram(shuffled(VALUES), 5, shuffled(tenths))).toEqual(histogram(VALUES, 5, tenths));
  });
});
