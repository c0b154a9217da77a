import { describe, expect, it } from 'vitest';
import { fairCoinCdf } from '../../../src/engine/statistics/binomial-tail.ts';
import { normalCdf, normalQuantile } from '../../../src/engine/statistics/normal.ts';
import { casesOf, expectClose } from './golden.ts';

describe('the normal distribution', () => {
  const [{ cdf, quantile }] = casesOf<{ cdf: [number, number][]; quantile: [number, number][] }>('normal');

  it.each(cdf)('below %f has %f', (z, p) => expectClose(normalCdf(z), p));
  it.each(quantile)('has the quantile of %f at %f', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(Math.max(1e-13 * Math.abs(z), 1e-16));
  });

  it('has its ends at infinity, and nothing beside 0 to 1', () => {
    expect([0, 1, -0.1, 1.1, Number.NaN].map(normalQuantile)).toEqual([-Infinity, Infinity, Number.NaN, Number.NaN, Number.NaN]);
    expect([-Infinity, Infinity, Number.NaN].map(normalCdf)).toEqual([0, 1, Number.NaN]);
  });
});

describe('a fair coin', () => {
  it('adds up, to 2^-n for each sequence', () => {
    for (const n of [0, 1, 2, 9, 30, 50]) {
      const ways = [1];
      for (let toss = 0; toss < n; toss++) for (let k = ways.length; k > 0; k--) ways[k] = (ways[k] ?? 0) + ways[k - 1];
      let sum = 0;
      for (let k = 0; k <= n; k++) {
        sum += ways[k];
        expectClose(fairCoinCdf(k, n), sum / 2 ** n);
      }
    }
  });
});
