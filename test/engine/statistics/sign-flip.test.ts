import { describe, expect, it } from 'vitest';
import type { Alternative } from '../../../src/engine/statistics/alternative.ts';
import { normalCdf } from '../../../src/engine/statistics/normal.ts';
import { Random } from '../../../src/engine/statistics/random.ts';
import { randomSubsetSums, signFlipTest } from '../../../src/engine/statistics/sign-flip.ts';
import { casesOf, expectClose } from './golden.ts';

const ALTERNATIVES: readonly Alternative[] = ['two-sided', 'less', 'greater'];
const options = { flips: 4999, seed: 12345, alternative: 'two-sided' as Alternative };

/** Differences of `n` pairs, symmetric around `shift`. */
function draw(n: number, shift: number, seed = 1): Float64Array {
  const random = new Random(seed);
  return new Float64Array(n).map(() => random.uniform() + random.uniform() - 1 + shift);
}

describe('the sign-flip test', () => {
  it.each(casesOf<{ name: string; differences: number[]; pValues: Record<Alternative, number> }>('sign-flip'))(
    'of $name tries every choice of signs',
    ({ differences, pValues }) => {
      for (const alternative of ALTERNATIVES) {
        const ours = signFlipTest(Float64Array.from(differences), { ...options, alternative });
        expect(ours).toMatchObject({ method: 'exact', flips: 2 ** differences.length });
        expectClose(ours.pValue, pValues[alternative]);
      }
    },
  );

  it('by chance agrees with every choice', () => {
    const d = draw(20, 0.08);
    const exact = signFlipTest(d, options);
    const sums = randomSubsetSums(d, 7, { from: 0, to: 20_000 });
    const total = d.reduce((sum, x) => sum + x);
    const share = sums.filter((sum) => Math.abs(total - 2 * sum) >= Math.abs(total)).length / sums.length;
    expect(exact.method).toBe('exact');
    expect(Math.abs(share - exact.pValue)).toBeLessThan(4.5 * Math.sqrt((exact.pValue * (1 - exact.pValue)) / sums.length));
  });

  it('of many pairs agrees with the normal distribution, which it tends to', () => {
    const d = draw(3000, 0.012);
    const z = d.reduce((sum, x) => sum + x) / Math.sqrt(d.reduce((sum, x) => sum + x * x, 0));
    const expected = { 'two-sided': 2 * normalCdf(-Math.abs(z)), less: normalCdf(z), greater: normalCdf(-z) };
    for (const alternative of ALTERNATIVES) {
      const { pValue, method } = signFlipTest(d, { ...options, alternative });
      expect(method).toBe('monte-carlo');
      expect(Math.abs(pValue - expected[alternative])).toBeLessThan(0.02);
    }
  });

  it('is never 0: (b + 1) / (flips + 1)', () => {
    expect(signFlipTest(draw(100, 5), options)).toEqual({ pValue: 1 / 5000, method: 'monte-carlo', flips: 4999 });
  });

  it('does not depend on the order, on zeros, or on the scale', () => {
    const d = draw(2100, 0.01);
    const { pValue } = signFlipTest(d, options);
    expect(signFlipTest(d.toReversed(), options).pValue).toBe(pValue);
    expect(signFlipTest(Float64Array.of(0, ...d, -0, 0), options).pValue).toBe(pValue);
    expect(
      signFlipTest(
        d.map((x) => x * 1024),
        options,
      ).pValue,
    ).toBe(pValue);
    expect(signFlipTest(d, { ...options, seed: 1 }).pValue).not.toBe(pValue);
  });

  it('mirrors when base and candidate are exchanged', () => {
    const d = draw(500, 0.05);
    const exchanged = d.map((x) => -x);
    expect(signFlipTest(exchanged, options)).toEqual(signFlipTest(d, options));
    const [less, greater] = (['less', 'greater'] as const).map((alternative) => ({ ...options, alternative }));
    expect(signFlipTest(exchanged, less)).toEqual(signFlipTest(d, greater));
    expect(signFlipTest(d, less).pValue).toBeGreaterThan(signFlipTest(d, greater).pValue);
  });

  it('rejects as often as it says where nothing differs, and not where it would be blind', () => {
    const share = (shift: number) =>
      Array.from({ length: 400 }, (_, k) => signFlipTest(draw(60, shift, k), { ...options, flips: 199 }).pValue).filter(
        (p) => p <= 0.05,
      ).length / 400;
    expect(Math.abs(share(0) - 0.05)).toBeLessThan(4.5 * Math.sqrt((0.05 * 0.95) / 400));
    expect(share(0.2)).toBeGreaterThan(0.9);
  });

  it('of nothing, or of what is not finite, is NaN; of no difference 1', () => {
    for (const d of [[], [1, Number.NaN], [1, Infinity], [...draw(50, 0), -Infinity, Infinity]])
      expect(signFlipTest(Float64Array.from(d), options).pValue).toBeNaN();
    expect(signFlipTest(new Float64Array(30), options).pValue).toBe(1);
  });
});

describe('random flips', () => {
  const d = draw(2500, 0.1);

  it('are the same whatever part of them is asked for', () => {
    const whole = randomSubsetSums(d, 3, { from: 0, to: 100 });
    const parts = [0, 33, 34, 100].flatMap((from, i, cuts) =>
      i < 3 ? [...randomSubsetSums(d, 3, { from, to: cuts[i + 1] })] : [],
    );
    expect(parts).toEqual([...whole]);
  });

  it.each([1, 7, 31, 33, 1024, 1025, 2500])('turn each of %i signs half of the time, independently', (n) => {
    const to = 4000;
    for (const at of [[0], [n - 1], [0, n - 1], [n >> 1, (n >> 1) + 1].filter((i) => i < n)]) {
      const marked = new Float64Array(n);
      for (const [k, i] of [...new Set(at)].entries()) marked[i] = 2 ** k; // which of them were flipped shows in the sum
      const counts = new Float64Array(2 ** new Set(at).size);
      for (const sum of randomSubsetSums(marked, 4, { from: 0, to })) counts[sum]++;
      for (const count of counts) expect(Math.abs(count - to / counts.length)).toBeLessThan(4.5 * Math.sqrt(to / counts.length));
    }
    const flipped = randomSubsetSums(new Float64Array(n).fill(1), 5, { from: 0, to }).reduce((sum, count) => sum + count);
    expect(Math.abs(flipped - (to * n) / 2)).toBeLessThan(4.5 * Math.sqrt((to * n) / 4));
  });
});
