import { describe, expect, it } from 'vitest';
import { bootstrap, bootstrapWithPauses, estimate, pValueAbove } from '../../../src/engine/statistics/bootstrap.ts';
import { sumsByCluster } from '../../../src/engine/statistics/clusters.ts';
import type { IntervalMethod } from '../../../src/engine/statistics/interval.ts';
import { Random } from '../../../src/engine/statistics/random.ts';
import { difference, ratio, relativeChange, type Statistic, worseBeyond } from '../../../src/engine/statistics/ratios.ts';
import { resampledSums } from '../../../src/engine/statistics/resample.ts';
import { casesOf, expectClose } from './golden.ts';

const STATISTICS: Readonly<Record<string, Statistic>> = { ratio, difference, 'relative-change': relativeChange };
const bca = { level: 0.95, method: 'bca' } as const;
const percentile = { level: 0.95, method: 'percentile' } as const;

interface GoldenCase {
  readonly name: string;
  readonly statistic: string;
  readonly columns: number[][];
  readonly sums: number[][];
  readonly value: number;
  readonly standardError: number;
  readonly bias: number;
  readonly acceleration: number;
  readonly intervals: { level: number; method: IntervalMethod; low: number; high: number }[];
}

describe.each(casesOf<GoldenCase>('bootstrap'))('$name, as scipy.stats.bootstrap makes of the same resamples', (golden) => {
  const given = {
    columns: golden.columns.map((column) => Float64Array.from(column)),
    sums: golden.sums.map((sums) => Float64Array.from(sums)),
  };
  const statistic = STATISTICS[golden.statistic];

  it.each(golden.intervals)('$method at $level', ({ level, method, low, high }) => {
    const ours = estimate(given, statistic, { level, method });
    expect([ours.method, ours.level]).toEqual([method, level]);
    expectClose(ours.value, golden.value);
    expectClose(ours.standardError, golden.standardError);
    expectClose(ours.low, low, 1e-11);
    expectClose(ours.high, high, 1e-11);
  });

  it('the correction', () => {
    const { correction } = estimate(given, statistic, bca);
    expectClose(correction?.bias as number, golden.bias);
    expectClose(correction?.acceleration as number, golden.acceleration, 1e-10);
    expect(estimate(given, statistic, percentile).correction).toBeNull();
  });
});

/** Losses of two models that share the difficulty of the row, with weights. */
function pairs(n: number): Float64Array[] {
  const random = new Random(11);
  const exponential = () => -Math.log(1 - random.uniform());
  const rows = Array.from({ length: n }, () => {
    const hard = exponential();
    return [hard * (0.9 + 0.2 * random.uniform()), hard * (0.91 + 0.2 * random.uniform()), 0.5 + random.uniform()];
  });
  const weight = Float64Array.from(rows, (row) => row[2]);
  return [Float64Array.from(rows, (row) => row[0] * row[2]), weight, Float64Array.from(rows, (row) => row[1] * row[2]), weight];
}

const options = { resamples: 500, seed: 12345 };
const PAIRS = pairs(2300);

describe('an estimate', () => {
  it('is the same bits for any order of the rows', () => {
    const permutation = [...PAIRS[0].keys()].sort((i, j) => Math.sin(i) - Math.sin(j));
    const shuffled = PAIRS.map((column) => Float64Array.from(permutation, (i) => column[i]));
    for (const statistic of [difference, relativeChange, worseBeyond(ratio, 'lower', 0.01)])
      expect(estimate(bootstrap(shuffled, options), statistic, bca)).toEqual(estimate(bootstrap(PAIRS, options), statistic, bca));
    const range = { seed: 1, from: 0, to: 10 };
    expect(resampledSums(shuffled, range)).not.toEqual(resampledSums(PAIRS, range)); // what canonical order is there for
  });

  it('has the standard error of theory, and an interval of twice that to each side', () => {
    const n = 4000;
    const random = new Random(5);
    const values = new Float64Array(n).map(() => random.uniform());
    const { value, standardError, low, high } = estimate(
      bootstrap([values, new Float64Array(n).fill(1)], { resamples: 4000, seed: 1 }),
      ratio,
      bca,
    );
    const theory = Math.sqrt(1 / 12 / n);
    expect(Math.abs(standardError / theory - 1)).toBeLessThan(0.06);
    expect(Math.abs((high - value) / (1.96 * theory) - 1)).toBeLessThan(0.12);
    expect(Math.abs((value - low) / (1.96 * theory) - 1)).toBeLessThan(0.12);
  });

  it('of skewed losses: BCa reaches further up than the percentiles', () => {
    const random = new Random(6);
    const values = new Float64Array(100).map(() => -Math.log(1 - random.uniform()));
    const drawn = bootstrap([values, new Float64Array(100).fill(1)], { resamples: 5000, seed: 1 });
    const [corrected, plain] = [estimate(drawn, ratio, bca), estimate(drawn, ratio, percentile)];
    expect(corrected.high).toBeGreaterThan(plain.high);
    expect(corrected.low).toBeGreaterThan(plain.low);
    expect(corrected.correction?.acceleration).toBeGreaterThan(0.02);
  });

  it('does not change with the scale of losses or weights by a power of two', () => {
    const scaled = PAIRS.map((column, k) => column.map((x) => x * (k % 2 === 0 ? 8 : 2)));
    const [plain, wide] = [PAIRS, scaled].map((columns) => estimate(bootstrap(columns, options), difference, bca));
    expect([wide.value, wide.low, wide.high]).toEqual([4 * plain.value, 4 * plain.low, 4 * plain.high]);
  });

  it.each([percentile, bca])('of a candidate that is the base is 0, with an interval from 0 to 0 ($method)', (how) => {
    const [a, weight] = PAIRS;
    const drawn = bootstrap([a, weight, a.slice(), weight], options);
    expect(estimate(drawn, difference, how)).toMatchObject({ value: 0, standardError: 0, low: 0, high: 0 });
    expect(estimate(drawn, relativeChange, how)).toMatchObject({ low: 0, high: 0 });
  });

  it('beyond a share of the base is the difference less that share', () => {
    const sums = Float64Array.of(10, 5, 11, 5);
    expect([difference(sums), relativeChange(sums), worseBeyond(ratio, 'lower', 0.25)(sums)]).toEqual([
      11 / 5 - 2,
      (11 / 5 - 2) / 2,
      11 / 5 - 2 - 0.5,
    ]);
    expect(worseBeyond(ratio, 'higher', 0.25)(sums)).toBe(2 - 11 / 5 - 0.5);
    expect(relativeChange(Float64Array.of(-10, 5, -9, 5))).toBeGreaterThan(0); // -1.8 is worse than -2
  });

  it.each([percentile, bca])('without two units, or with a NaN, has no interval ($method)', (how) => {
    const one = (x: number) => Float64Array.of(x);
    expect(estimate(bootstrap([one(3), one(2)], options), ratio, how)).toMatchObject({
      value: 1.5,
      low: Number.NaN,
      high: Number.NaN,
    });
    const holed = PAIRS[0].slice();
    holed[100] = Number.NaN;
    expect(estimate(bootstrap([holed, PAIRS[1]], options), ratio, how)).toMatchObject({
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
    });
    const weightless = [Float64Array.of(0, 0, 5), Float64Array.of(0, 0, 1)]; // some resamples have nothing to divide by
    expect(estimate(bootstrap(weightless, options), ratio, how)).toMatchObject({ value: 5, low: Number.NaN, high: Number.NaN });
  });

  it('of losses that are infinite has no finite upper end', () => {
    const values = PAIRS[0].slice();
    values[3] = Number.POSITIVE_INFINITY;
    for (const how of [percentile, bca])
      expect(Number.isFinite(estimate(bootstrap([values, PAIRS[1]], options), ratio, how).high)).toBe(false);
  });
});

describe('a bootstrap with pauses', () => {
  it('draws the same, and says how far it is', async () => {
    const losses = Float64Array.from({ length: 200_000 }, (_, i) => Math.sin(i) ** 2);
    const columns = [losses, losses.map(() => 1)];
    const shares: number[] = [];
    const drawn = await bootstrapWithPauses(columns, { resamples: 1200, seed: 3 }, async (share) => {
      shares.push(share);
    });
    expect(drawn).toEqual(bootstrap(columns, { resamples: 1200, seed: 3 }));
    expect(shares).toEqual([500 / 1200, 1000 / 1200, 1]);
  });
});

describe('the p-value of a limit', () => {
  const losses = Float64Array.from({ length: 90 }, (_, i) => Math.exp(Math.sin(7 * i)));
  const drawn = bootstrap([losses, losses.map(() => 1)], { resamples: 1999, seed: 9 });

  it.each(['percentile', 'bca'] as const)('at the lower end of the %s interval is half of what is left of the level', (method) => {
    for (const level of [0.8, 0.95]) {
      const { low, correction } = estimate(drawn, ratio, { level, method });
      expect(Math.abs(pValueAbove(drawn, ratio, low, correction) - (1 - level) / 2)).toBeLessThan(1.5 / 1999);
    }
  });

  it('is never 0, and 1 where all lies below', () => {
    expect(pValueAbove(drawn, ratio, -1, null)).toBe(1 / 2000);
    expect(pValueAbove(drawn, ratio, 9, null)).toBe(1);
  });
});

describe('clusters', () => {
  const cluster = Int32Array.of(2, 0, 2, 1, 2, 0);
  const columns = [Float64Array.of(1e16, 1, 1, 5, -1e16, 2), new Float64Array(6).fill(1)];

  it('are summed exactly, an empty one to 0', () => {
    expect(sumsByCluster(columns, cluster, 4)).toEqual([Float64Array.of(3, 5, 1, 0), Float64Array.of(2, 1, 3, 0)]);
  });

  it('do not depend on the order of the rows', () => {
    const reversed = columns.map((column) => column.toReversed());
    expect(sumsByCluster(reversed, cluster.toReversed(), 4)).toEqual(sumsByCluster(columns, cluster, 4));
  });

  it('of rows that are all alike widen the interval as their number says', () => {
    const random = new Random(8);
    const levels = new Float64Array(200).map(() => random.uniform());
    const rows = new Float64Array(2000).map((_, i) => levels[Math.floor(i / 10)]);
    const units = sumsByCluster(
      [rows, new Float64Array(2000).fill(1)],
      Int32Array.from(rows, (_, i) => Math.floor(i / 10)),
      200,
    );
    const [byRow, byCluster] = [[rows, new Float64Array(2000).fill(1)], units].map((one) =>
      estimate(bootstrap(one, options), ratio, percentile),
    );
    expectClose(byCluster.value, byRow.value);
    expect(Math.abs(byCluster.standardError / byRow.standardError - Math.sqrt(10))).toBeLessThan(0.5);
  });
});
