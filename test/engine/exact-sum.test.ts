import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactSum } from '../../src/losses/math/exact-sum.ts';

/** The correctly rounded sum, by whole numbers of 2^-1074: slow, and independent of the code under test. */
function rationalSum(terms: readonly number[]): number {
  let units = 0n;
  const bits = new DataView(new ArrayBuffer(8));
  for (const term of terms) {
    bits.setFloat64(0, term);
    const word = bits.getBigUint64(0);
    const exponent = (word >> 52n) & 0x7ffn;
    const fraction = word & 0xfffffffffffffn;
    const magnitude = exponent === 0n ? fraction : (fraction | (1n << 52n)) << (exponent - 1n);
    units += term < 0 ? -magnitude : magnitude;
  }
  return roundUnits(units);
}

/** Rounds to 53 bits, ties to even, by comparing with the two neighbours. */
function roundUnits(units: bigint): number {
  const magnitude = units < 0n ? -units : units;
  const length = magnitude.toString(2).length;
  const drop = BigInt(Math.max(0, length - 53));
  let kept = magnitude >> drop;
  const rest = magnitude - (kept << drop);
  const half = drop > 0n ? 1n << (drop - 1n) : 1n;
  if (drop > 0n && (rest > half || (rest === half && (kept & 1n) === 1n))) kept += 1n;
  let value = Number(kept);
  const exponent = Number(drop) - 1074;
  for (let i = 0; i < Math.abs(exponent); i++) value *= exponent > 0 ? 2 : 0.5; // exact: 53 bits, or whole units when nothing was dropped
  return units < 0n ? -value : value;
}

function exactSum(terms: readonly number[]): number {
  const sum = new ExactSum();
  sum.add(Float64Array.from(terms));
  return sum.value();
}

const anyFinite = fc.double({ noNaN: true, noDefaultInfinity: true });
const scaled = fc
  .tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -1000, max: 900 }))
  .map(([m, e]) => m * 2 ** e);
const benign = fc.double({ min: -1000, max: 1000, noNaN: true });
const termLists = fc.oneof(
  fc.array(anyFinite, { maxLength: 60 }),
  fc.array(scaled, { maxLength: 60 }),
  fc.array(benign, { maxLength: 3000 }),
);

describe('ExactSum', () => {
  test.each([
    ['nothing', [], 0],
    ['one term', [0.1], 0.1],
    ['cancellation', [1e16, 1, -1e16], 1],
    ['ten tenths round once', Array.from({ length: 10 }, () => 0.1), 1],
    ['the smallest subnormal', [Number.MIN_VALUE, Number.MIN_VALUE], 1e-323],
    ['a tie goes to even', [2 ** 53, 1], 2 ** 53],
    ['a tie goes to even, upward', [2 ** 53 + 2, 1], 2 ** 53 + 4],
    ['a bit far below breaks the tie', [2 ** 53, 1, Number.MIN_VALUE], 2 ** 53 + 2],
    ['huge terms cancel', [Number.MAX_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE, 1], Number.MAX_VALUE],
    ['huge and tiny', [Number.MAX_VALUE, Number.MIN_VALUE, -Number.MAX_VALUE], Number.MIN_VALUE],
    ['overflow', [Number.MAX_VALUE, Number.MAX_VALUE], Number.POSITIVE_INFINITY],
    ['negative overflow', [-Number.MAX_VALUE, -Number.MAX_VALUE], Number.NEGATIVE_INFINITY],
    ['an infinity', [1, Number.POSITIVE_INFINITY], Number.POSITIVE_INFINITY],
    ['both infinities', [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], Number.NaN],
    ['NaN', [1, Number.NaN, Number.POSITIVE_INFINITY], Number.NaN],
  ])('%s', (_, terms, expected) => {
    expect(exactSum(terms)).toBe(expected);
  });

  test('is the correctly rounded sum', () => {
    fc.assert(
      fc.property(termLists, (terms) => {
        expect(exactSum(terms) + 0).toBe(rationalSum(terms) + 0);
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  test('does not depend on order, blocks or merging', () => {
    const split = fc.tuple(termLists, fc.integer({ min: 1, max: 50 }), fc.nat());
    fc.assert(
      fc.property(split, ([terms, size, turn]) => {
        const expected = exactSum(terms);
        const rotated = [...terms.slice(turn % (terms.length + 1)), ...terms.slice(0, turn % (terms.length + 1))];
        expect(exactSum(rotated)).toBe(expected);
        expect(exactSum(terms.toReversed())).toBe(expected);
        const merged = new ExactSum();
        for (let i = 0; i < terms.length; i += size) {
          const part = new ExactSum();
          for (const term of terms.slice(i, i + size)) part.addOne(term);
          merged.merge(part);
        }
        expect(merged.value()).toBe(expected);
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  test('the oracle catches a plain sum', () => {
    const terms = [0.1, 0.2, 0.3, 1e16, -1e16];
    expect(terms.reduce((sum, term) => sum + term, 0)).not.toBe(rationalSum(terms));
  });

  test('carries: more blocks than a bin could hold without them', () => {
    const sum = new ExactSum();
    const terms = new Float64Array(1024).fill(2 ** 32 - 1);
    const blocks = 5000;
    for (let i = 0; i < blocks; i++) sum.add(terms);
    expect(sum.value()).toBe((2 ** 32 - 1) * 1024 * blocks);
  });

  test('leaves its terms alone and can start again', () => {
    const terms = Float64Array.of(1.1, 2.2);
    const sum = new ExactSum();
    sum.add(terms);
    sum.clear();
    sum.add(terms, 1);
    expect([...terms]).toEqual([1.1, 2.2]);
    expect(sum.value()).toBe(1.1);
  });
});
