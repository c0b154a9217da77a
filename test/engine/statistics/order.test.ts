import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonical, orderOf } from '../../../src/engine/statistics/order.ts';

const value = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    -1,
    1.5,
    Number.MIN_VALUE,
    -Number.MIN_VALUE,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.double({ noNaN: true }),
);
const rows = fc.array(fc.tuple(value, value, value), { minLength: 1, maxLength: 80 });
const columnsOf = (table: readonly (readonly number[])[]) => [0, 1, 2].map((k) => Float64Array.from(table, (row) => row[k]));

/** -0 before 0, as the bits say. */
function compare(a: number, b: number): number {
  if (a !== b) return a < b ? -1 : 1;
  return Number(Object.is(b, -0)) - Number(Object.is(a, -0));
}

it('the order is the one by comparison, column after column, and stable', () => {
  fc.assert(
    fc.property(rows, (table) => {
      const expected = [...table.keys()].sort(
        (i, j) => table[i].map((a, k) => compare(a, table[j][k])).find((sign) => sign !== 0) ?? i - j,
      );
      expect([...orderOf(columnsOf(table))]).toEqual(expected);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('any order of the rows gives the same columns, bit for bit, with NaN among them', () => {
  const row = fc.tuple(value, fc.constantFrom(Number.NaN, 1, 2), value);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), fc.integer(), (table, salt) => {
      const shuffled = table.toSorted((a, b) => Math.sin(a[0] * salt) - Math.sin(b[0] * salt));
      expect(canonical(columnsOf(shuffled))).toEqual(canonical(columnsOf(table)));
    }),
    { seed: 2, numRuns: 300 },
  );
});

it('columns may be parts of longer ones', () => {
  expect([...orderOf([Float64Array.of(9, 3, 1, 2, 0).subarray(1, 4)])]).toEqual([1, 2, 0]);
  expect([...orderOf([new Float64Array(0)])]).toEqual([]);
});
