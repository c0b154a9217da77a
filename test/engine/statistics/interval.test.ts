import { describe, expect, it } from 'vitest';
import { bcaInterval, correctionOf, percentileInterval, uncorrectedLevel } from '../../../src/engine/statistics/interval.ts';
import { normalQuantile } from '../../../src/engine/statistics/normal.ts';

/** 0, 1, 2 ... 100: a percentile is its own share. */
const HUNDRED = Float64Array.from({ length: 101 }, (_, i) => i);
const ends = ({ low, high }: { low: number; high: number }) => [low, high];

describe('intervals', () => {
  it('without a correction are the same', () => {
    const [a, b] = [percentileInterval(HUNDRED, 0.9), bcaInterval(HUNDRED, 0.9, { bias: 0, acceleration: 0 })];
    expect(a.method).toBe('percentile');
    expect(b.method).toBe('bca');
    expect(ends(a).map((end) => end.toFixed(10))).toEqual(['5.0000000000', '95.0000000000']);
    expect(ends(b).map((end) => end.toFixed(10))).toEqual(ends(a).map((end) => end.toFixed(10)));
  });

  it('widen with the level', () => {
    const lows = [0.5, 0.8, 0.95, 0.99].map((level) => bcaInterval(HUNDRED, level, { bias: 0.2, acceleration: 0.05 }).low);
    expect(lows).toEqual(lows.toSorted((a, b) => b - a));
  });

  it('beyond the pole of the formula go to the end of the distribution, not round to the other', () => {
    expect(bcaInterval(HUNDRED, 0.95, { bias: 0, acceleration: 0.6 }).high).toBe(100);
    expect(bcaInterval(HUNDRED, 0.95, { bias: 0, acceleration: -0.6 }).low).toBe(0);
  });

  it('are NaN where the distribution or the correction is', () => {
    const nan = [Number.NaN, Number.NaN];
    expect(ends(percentileInterval(Float64Array.of(1, 2, Number.NaN), 0.95))).toEqual(nan);
    expect(ends(percentileInterval(new Float64Array(0), 0.95))).toEqual(nan);
    expect(ends(bcaInterval(HUNDRED, 0.95, { bias: Number.NaN, acceleration: 0 }))).toEqual(nan);
  });
});

describe('the correction', () => {
  it('counts resamples equal to the estimate half', () => {
    expect(correctionOf(2, Float64Array.of(1, 2, 2, 3), new Float64Array(3))).toEqual({ bias: 0, acceleration: 0 });
  });

  it('is finite where all resamples lie on one side', () => {
    expect(correctionOf(9, Float64Array.of(1, 2, 3, 4), new Float64Array(3)).bias).toBe(normalQuantile(7 / 8));
    expect(correctionOf(0, Float64Array.of(1, 2, 3, 4), new Float64Array(3)).bias).toBe(normalQuantile(1 / 8));
    expect(correctionOf(Number.NaN, HUNDRED, new Float64Array(3)).bias).toBeNaN();
  });

  it('has an acceleration with the sign of the skewness', () => {
    const jackknife = Float64Array.of(1, 1, 1, 1, 0); // without the largest unit the mean is smallest
    expect(correctionOf(1, HUNDRED, jackknife).acceleration).toBeGreaterThan(0);
    expect(
      correctionOf(
        1,
        HUNDRED,
        jackknife.map((x) => -x),
      ).acceleration,
    ).toBeLessThan(0);
  });
});

describe('the level of a share of the distribution', () => {
  it.each([
    [0, 0],
    [0.3, 0],
    [0, 0.08],
    [-0.2, 0.05],
    [0.4, -0.1],
  ])('with bias %f and acceleration %f is where BCa reads it off', (bias, acceleration) => {
    for (const level of [0.5, 0.8, 0.95]) {
      const { low, high } = bcaInterval(HUNDRED, level, { bias, acceleration });
      expect(uncorrectedLevel(low / 100, { bias, acceleration })).toBeCloseTo((1 - level) / 2, 12);
      expect(uncorrectedLevel(high / 100, { bias, acceleration })).toBeCloseTo((1 + level) / 2, 12);
    }
  });

  it('beyond the pole is that of the end', () => {
    expect(uncorrectedLevel(1e-9, { bias: 0, acceleration: 0.6 })).toBe(0);
    expect(uncorrectedLevel(1 - 1e-9, { bias: 0, acceleration: -0.6 })).toBe(1);
  });
});
