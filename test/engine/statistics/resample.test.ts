import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/statistics/random.ts';
import { resampledSums } from '../../../src/engine/statistics/resample.ts';
import { chiSquared } from './golden.ts';

const RESAMPLES = 2000;
const all = (seed: number) => ({ seed, from: 0, to: RESAMPLES });
type Sampler = (columns: readonly Float64Array[]) => readonly Float64Array[];
const ours: Sampler = (columns) => resampledSums(columns, all(1));

/** One draw after the other, the k-th of a resample from `position(k)`. */
const drawing =
  (seed: number, position: (k: number, n: number, random: Random) => number): Sampler =>
  (columns) =>
    columns.map((column) => {
      const random = new Random(seed);
      const positions = () => column.map((_, k) => column[position(k, column.length, random)]);
      return new Float64Array(RESAMPLES).map(() => positions().reduce((sum, value) => sum + value, 0));
    });

/** With replacement, as the definition says. */
const plain = drawing(77, (_, n, random) => random.below(n));

/** A mutant: each block gets as many draws as it has units, as if the resample were stratified. */
const stratified = drawing(78, (k, n, random) => Math.min(n - 1, (k & ~1023) + random.below(1024)));

/** Variance of the times that rows of a range are drawn, over what n draws with probability p each have. */
function varianceRatio(sampler: Sampler, n: number, from: number, to: number): number {
  const inside = new Float64Array(n).fill(1, from, to);
  const [sums] = sampler([inside]);
  const p = (to - from) / n;
  return sums.reduce((total, sum) => total + (sum - n * p) ** 2, 0) / RESAMPLES / (n * p * (1 - p));
}

/** Standard deviation of that ratio. */
const SPREAD = Math.sqrt(2 / RESAMPLES);

describe('a resample', () => {
  it.each([
    [3000, 0, 1024],
    [3000, 100, 200],
    [3000, 1000, 1100],
    [3000, 2040, 3000],
    [5000, 1024, 4096],
    [1500, 0, 700],
    [40, 3, 20],
  ])('of %i rows draws those from %i to %i as often, and as variably, as plain drawing', (n, from, to) => {
    expect(Math.abs(varianceRatio(ours, n, from, to) - 1)).toBeLessThan(4.5 * SPREAD);
  });

  it('is held against what must fail', () => {
    expect(Math.abs(varianceRatio(plain, 3000, 0, 1024) - 1)).toBeLessThan(4.5 * SPREAD);
    expect(varianceRatio(stratified, 3000, 0, 1024)).toBeLessThan(0.1);
  });

  it('of n rows has n draws', () => {
    for (const n of [1, 2, 1023, 1024, 1025, 2047, 2048, 4000]) {
      const nearlyOnes = new Float64Array(n).fill(1);
      nearlyOnes[0] = 2 ** 20; // not a constant column
      const [sums] = ours([nearlyOnes]);
      expect(sums.filter((sum) => (sum - n) % (2 ** 20 - 1) !== 0)).toEqual(new Float64Array(0));
    }
  });

  it('draws each row equally often', () => {
    const n = 2500;
    for (const row of [0, 1, 1023, 1024, 2047, 2048, 2499]) {
      const [times] = ours([new Float64Array(n).fill(1, row, row + 1)]);
      const counts = new Float64Array(5);
      for (const k of times) counts[Math.min(4, k)]++;
      const poisson = [0.36788, 0.36788, 0.18394, 0.06131, 0.01899];
      expect(Math.abs(chiSquared(counts, (k) => RESAMPLES * poisson[k]))).toBeLessThan(5);
    }
  });
});

describe('the sums', () => {
  const columns = [0, 1, 2].map((k) => new Float64Array(2500).map((_, i) => Math.sin(i * (k + 1)) * 10 ** (i % 7)));

  it('are the same bits whatever part of the resamples is asked for', () => {
    const whole = resampledSums(columns, all(5));
    for (const cuts of [
      [0, 1000, 2000],
      [0, 1, 7, 1999, 2000],
    ]) {
      const parts = cuts.slice(1).map((to, i) => resampledSums(columns, { seed: 5, from: cuts[i], to }));
      expect(whole.map((_, k) => parts.flatMap((part) => [...part[k]]))).toEqual(whole.map((sums) => [...sums]));
    }
  });

  it('of columns are drawn together, and alone what they are together', () => {
    const [a, twice, b] = resampledSums([columns[0], columns[0].map((x) => 2 * x), columns[1]], all(5));
    expect(twice).toEqual(a.map((sum) => 2 * sum));
    expect(resampledSums([columns[1]], all(5))[0]).toEqual(b);
  });

  it('of a constant column are n times it; of equal columns equal', () => {
    const [tenths, a, again] = resampledSums([new Float64Array(2500).fill(0.1), columns[0], columns[0].slice()], all(5));
    expect(tenths).toEqual(new Float64Array(RESAMPLES).fill(250));
    expect(again).toEqual(a);
    expect(resampledSums([columns[0]], all(5))[0]).toEqual(a);
  });

  it('differ with the seed', () => {
    const first = (seed: number) => resampledSums([columns[0]], { seed, from: 0, to: 50 })[0];
    expect(first(6)).not.toEqual(first(5));
  });

  it('let NaN through', () => {
    const holed = columns[0].slice();
    holed[17] = Number.NaN;
    const share = resampledSums([holed], all(5))[0].filter(Number.isNaN).length / RESAMPLES;
    expect(Math.abs(share - (1 - Math.exp(-1)))).toBeLessThan(0.05);
    expect(resampledSums([new Float64Array(3).fill(Number.NaN)], all(5))[0].every(Number.isNaN)).toBe(true);
  });
});
