/** e^x against itself in whole numbers: 200 binary digits, by halving the argument and a series. */
import { describe, expect, it } from 'vitest';
import { expOfNegative } from '../../src/losses/math/exp.ts';
import { generator } from '../io/number-texts.ts';

const BITS = 200n;
const ONE = 1n << BITS;

/** x as a whole number of units of 2^-200; exact for the numbers drawn here. */
function units(x: number): bigint {
  const scaled = x * 2 ** 80; // exact, and a whole number for all of 53 bits from 2^-28 on
  return BigInt(scaled) << (BITS - 80n);
}

/** e^-x in units of 2^-200, for x from 0 on. */
function expOf(x: number): bigint {
  const parts = 1n << 20n; // e^-x = (e^(-x / 2^20))^(2^20), with guard bits for the squarings
  const guard = 60n;
  const one = ONE << guard;
  const small = (units(x) << guard) / parts;
  let sum = one;
  for (let n = 1n, term = one; term !== 0n; n++) {
    term = (-term * small) / (one * n);
    sum += term;
  }
  for (let squarings = 0; squarings < 20; squarings++) sum = (sum * sum) / one;
  return sum >> guard;
}

/** By how many units in its last place `value` differs from e^-x. */
function error(value: number, x: number): number {
  const exponent = Math.max(-1074, Math.floor(Math.log2(value)) - 52);
  const place = 2 ** exponent;
  const found = BigInt(value / place); // a whole number below 2^53
  const exact = expOf(x);
  const shift = BITS + BigInt(exponent); // units of 2^-200 in one place, as a power of two
  return Number((((found << shift) - exact) * 1000n) >> shift) / 1000;
}

const drawn = (() => {
  const random = generator(5);
  const below = (most: number) => Array.from({ length: 1500 }, () => random() * most);
  return [...below(0.03), ...below(1), ...below(20), ...below(90)].filter((x) => x > 2 ** -27);
})();

const worst = (exp: (x: number) => number) => Math.max(...drawn.map((x) => Math.abs(error(exp(-x), x))));

describe('e^x of negative x', () => {
  it('is within 0.6 units in the last place', () => {
    expect(worst(expOfNegative)).toBeLessThan(0.6);
  });

  it('and the measure would show what is further off', () => {
    expect(worst((x) => expOfNegative(x) * (1 + 2 ** -52))).toBeGreaterThan(1);
    expect(worst((x) => 2 ** (x * Math.LOG2E))).toBeGreaterThan(2);
  });

  /* Reference values: mpmath 1.2.1 at 400 bits, rounded to float64. */
  it.each([
    [0, 1],
    [-0, 1],
    [-5e-324, 1],
    [-1e-17, 1],
    [-1e-9, 0.999999999],
    [-0.5, 0.6065306597126334],
    [-1.0, 0.36787944117144233],
    [-0.6931471805599453, 0.5],
    [-100.25, 2.897198083210148e-44],
    [-700.0, 9.85967654375977e-305],
    [-708.5, 2.006132305331306e-308],
    [-720.0, 2.0322308024e-313],
    [-744.0, 1e-323],
    [-746, 0],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
  ])('of %d is %d', (x, expected) => {
    expect(expOfNegative(x)).toBe(expected);
  });
});
