import { describe, expect, it } from 'vitest';
import { gammaDivergence, poissonDivergence, tweedieDivergence } from '../../src/losses/math/deviance.ts';
import { erf } from '../../src/losses/math/erf.ts';
import { stirlingRest } from '../../src/losses/math/log-factorial.ts';
import { minusLog1p } from '../../src/losses/math/logarithm.ts';
import { difference } from '../support/goldens.ts';

const INF = Number.POSITIVE_INFINITY;

/* Reference values: mpmath 1.2.1 at 60 digits, rounded to float64. */
const MPMATH_MINUS_LOG1P: readonly [number, number][] = [
  [0.0, 0.0],
  [1e-300, 0],
  [1e-20, 5e-41],
  [-1e-8, 5.000000033333334e-17],
  [0.001, 4.996669164668332e-7],
  [0.2, 0.017678443206045377],
  [-0.2, 0.023143551314209757],
  [0.272, 0.0314095350820696],
  [0.273, 0.03162368042473054],
  [0.28, 0.03313992206847421],
  [-0.21, 0.02572233352106987],
  [-0.215, 0.02707156119972862],
  [0.5, 0.09453489189183562],
  [-0.5, 0.19314718055994531],
  [-0.999, 5.908755278982136],
  [3.0, 1.6137056388801094],
  [1e20, 1e20],
];
const MPMATH_ERF: readonly [number, number][] = [
  [0.0, 0.0],
  [1e-300, 1.1283791670955126e-300],
  [1e-10, 1.1283791670955126e-10],
  [0.1, 0.1124629160182849],
  [0.5, 0.5204998778130465],
  [-1.0, -0.8427007929497149],
  [2.0, 0.9953222650189527],
  [3.0, 0.9999779095030014],
  [-4.5, -0.9999999998033839],
  [5.999, 1.0],
  [6.0, 1.0],
  [40.0, 1.0],
];
const MPMATH_STIRLING_REST: readonly [number, number][] = [
  [1e-300, 344.4688254159022],
  [0.1, 0.512740081331915],
  [1.0, 0.08106146679532726],
  [2.5, 0.03316287351993629],
  [8.999999999999998, 0.009255462182712735],
  [9.0, 0.009255462182712733],
  [9.5, 0.008768700134139386],
  [100.0, 0.0008333305556349147],
  [100000000.0, 8.333333333333334e-10],
  [1e300, 8.333333333333333e-302],
];

function expectWithin(got: number, expected: number, tolerance: number): void {
  expect(difference(got, expected), `${got} for ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('x - ln(1 + x)', () => {
  it.each(MPMATH_MINUS_LOG1P)('of %d is %d', (x, expected) => expectWithin(minusLog1p(x), expected, 1e-15));

  it('keeps NaN, and is infinite at the ends', () => {
    expect(minusLog1p(Number.NaN)).toBeNaN();
    expect([minusLog1p(-1), minusLog1p(1e308)]).toEqual([INF, 1e308]);
  });
});

describe('erf', () => {
  it.each(MPMATH_ERF)('of %d is %d', (x, expected) => expectWithin(erf(x), expected, 4e-15));

  it('is odd, keeps NaN and ends at 1', () => {
    expect(erf(-0.7)).toBe(-erf(0.7));
    expect(erf(Number.NaN)).toBeNaN();
    expect([erf(INF), erf(-INF)]).toEqual([1, -1]);
  });
});

describe("what Stirling's approximation lacks", () => {
  it.each(MPMATH_STIRLING_REST)('at %d is %d', (y, expected) => {
    expect(Math.abs(stirlingRest(y) - expected)).toBeLessThan(1e-14 * (1 + Math.abs(expected)));
  });

  it('goes on smoothly where the form changes, and is 0 at infinity', () => {
    expect(Math.abs(stirlingRest(9) - stirlingRest(9 - 2e-15))).toBeLessThan(1e-14);
    expect(stirlingRest(INF)).toBe(0);
    expect(stirlingRest(Number.NaN)).toBeNaN();
  });
});

describe('deviances', () => {
  it('are 0 at the target, and continue where their form changes', () => {
    for (const power of [1.5, -1, 3, 1 + 1e-12, 2 - 1e-12]) {
      expect(tweedieDivergence(2.5, 2.5, power)).toBe(0);
      const limit = 0.5 / Math.max(1, Math.abs(2 - power)); // |ln(y / m)| at which the series gives way
      for (const sign of [-1, 1]) {
        const [inside, outside] = [0.999999, 1.000001].map((part) => tweedieDivergence(Math.exp(sign * part * limit), 1, power));
        expectWithin(inside, outside, 1e-5);
      }
    }
    expect([poissonDivergence(2.5, 2.5), gammaDivergence(2.5, 2.5)]).toEqual([0, 0]);
    for (const ratio of [0.8, 1.2]) {
      expectWithin(poissonDivergence(1, ratio - 1e-9), poissonDivergence(1, ratio + 1e-9), 1e-7);
      expectWithin(gammaDivergence(ratio - 1e-9, 1), gammaDivergence(ratio + 1e-9, 1), 1e-7);
    }
  });

  it('of powers 1 and 2 are limits of those beside them', () => {
    for (const [y, m] of [
      [3, 4],
      [3, 3.0001],
      [1e-3, 20],
      [20, 1e-3],
    ]) {
      expectWithin(tweedieDivergence(y, m, 1 + 1e-13), poissonDivergence(y, m), 1e-11);
      expectWithin(tweedieDivergence(y, m, 2 - 1e-13), gammaDivergence(y, m), 1e-11);
    }
  });
});
