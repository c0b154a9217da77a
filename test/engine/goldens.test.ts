/** Every reduced golden value through the whole engine, and the same bits for any order and batch size. */
import { describe, expect, test } from 'vitest';
import type { Reduction } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { evaluationOf, joinedRows, takeRows } from '../support/golden-rows.ts';
import { columnsOf, difference, goldens, toNumber } from '../support/goldens.ts';
import { evaluate } from '../support/memory-table.ts';

const TOLERANCE = 1e-12;

describe.each(goldens())('$loss', ({ loss, cases }) => {
  const reduced = cases.flatMap((golden) =>
    Object.entries(golden.reduced ?? {}).map(([reduction, expected]) => ({ golden, reduction: reduction as Reduction, expected })),
  );

  test('has reduced values', () => {
    expect(reduced.length).toBeGreaterThan(4);
  });

  test.each(reduced.map((one) => ({ ...one, title: `${one.golden.name}: ${one.reduction}` })))(
    '$title',
    async ({ golden, reduction, expected }) => {
      const [result] = await evaluate(columnsOf(golden), { ...evaluationOf(loss, golden), reduction });
      expect(difference(result.value, toNumber(expected)), `${result.value} for ${expected}`).toBeLessThanOrEqual(
        golden.tolerance ?? TOLERANCE,
      );
    },
  );
});

describe('the same bits', () => {
  test.each(LOSSES.map(({ name }) => name))('%s: any row order, any batch size, slices too', async (loss) => {
    const { columns, evaluation } = joinedRows(loss);
    const given = await evaluate(columns, evaluation);
    const rows = Object.values(columns)[0].map((_, row) => row);
    const orders = [rows, rows.toReversed(), rows.toSorted((a, b) => ((a * 7919) % 104729) - ((b * 7919) % 104729))];
    for (const order of orders) {
      for (const batchRows of [1, 7, rows.length]) {
        expect(await evaluate(takeRows(columns, order), { ...evaluation, batchRows })).toEqual(given);
      }
    }
  });

  test('a plain sum would not do: the order shows in its last digits', () => {
    const terms = [1e16, 1, -1e16, 1, 0.1];
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(terms)).not.toBe(sum(terms.toReversed()));
  });
});
