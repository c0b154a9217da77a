import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ExactSum } from '../../src/losses/math/exact-sum.ts';
import { ExactSums } from '../../src/losses/math/exact-sums.ts';

const COUNT = 3;

/** A sum, and some terms for it: over the whole range of float64, so that the bins at rest have to widen both ways. */
const pieces = fc.array(
  fc.tuple(
    fc.nat(COUNT - 1),
    fc.array(
      fc.oneof(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -1070, max: 900 })).map(([m, e]) => m * 2 ** e),
      ),
      { maxLength: 20 },
    ),
  ),
  { maxLength: 30 },
);

describe('many exact sums', () => {
  test('are what single ones are, whatever the order of the pieces', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const single = Array.from({ length: COUNT }, () => new ExactSum());
        for (const [index, terms] of all) single[index]?.add(Float64Array.from(terms));
        for (const order of [all, all.toReversed()]) {
          const sums = new ExactSums(COUNT);
          for (const [index, terms] of order) sums.add(index, Float64Array.from(terms), terms.length);
          single.forEach((sum, index) => {
            expect([sums.get(index).value(), sums.get(index).rest()]).toEqual([sum.value(), sum.rest()]);
          });
        }
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  test('know what is not finite, and only in the sum that it was added to', () => {
    const sums = new ExactSums(4);
    const add = (index: number, ...terms: number[]) => sums.add(index, Float64Array.from(terms), terms.length);
    add(0, 1, Number.POSITIVE_INFINITY);
    add(1, Number.NaN);
    add(2, Number.NEGATIVE_INFINITY);
    add(0, 5);
    add(3, 7);
    expect([0, 1, 2, 3].map((index) => sums.get(index).value())).toEqual([Infinity, Number.NaN, -Infinity, 7]);
    add(0, Number.NEGATIVE_INFINITY);
    expect(sums.get(0).value()).toBeNaN();
  });

  test('carry: more blocks than bins at rest could hold', () => {
    const sums = new ExactSums(2);
    const terms = new Float64Array(1000).fill(2 ** 31 + 1);
    for (let i = 0; i < 5000; i++) sums.add(1, terms, terms.length);
    expect(sums.get(1).value()).toBe((2 ** 31 + 1) * 5_000_000);
    expect(sums.get(0).value()).toBe(0);
  });
});
