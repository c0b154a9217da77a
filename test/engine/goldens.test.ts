/** Every reduced golden value through the whole engine, and the same bits for any order and batch size. */
import { describe, expect, test } from 'vitest';
import type { Reduction } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { columnsOf, difference, goldens, paramsOf, rolesOf, toNumber } from '../support/goldens.ts';
import { type Columns, type Evaluation, evaluate } from '../support/memory-table.ts';

const TOLERANCE = 1e-12;

function evaluationOf(loss: string, golden: Parameters<typeof paramsOf>[0]): Evaluation {
  const weight = golden.weight && { weight: 'weight' };
  return { loss, params: paramsOf(golden), columnsOf: rolesOf(golden), allowInf: true, nan: 'propagate', ...weight };
}

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

/** Losses with one value for a group: every case is one. */
const OF_GROUPS = new Set(LOSSES.flatMap((loss) => (loss.kind === 'group' && loss.values === 'group' ? [loss.name] : [])));

/** Rows of all cases with the same roles and parameters, so that sums have many terms of many sizes. */
function rowsFor(loss: string): { columns: Columns; evaluation: Evaluation } {
  const [first, ...rest] = goldens().find((golden) => golden.loss === loss)?.cases ?? [];
  const shape = (columns: Columns) =>
    JSON.stringify(Object.entries(columns).map(([name, cells]) => [name, Array.isArray(cells[0]) ? cells[0].length : 1]));
  const columns = columnsOf(first);
  const alike = rest.filter(
    (golden) => shape(columnsOf(golden)) === shape(columns) && JSON.stringify(golden.params) === JSON.stringify(first.params),
  );
  const joined = Object.entries(columns).map(
    ([name, cells]) => [name, [...cells, ...alike.flatMap((golden) => columnsOf(golden)[name])]] as const,
  );
  if (OF_GROUPS.has(loss)) {
    const group = [first, ...alike].flatMap((golden, at) => Object.values(golden.inputs)[0].map(() => `g${at}`));
    const region = group.map((name) => `r${name.length}`); // all rows of a group lie in one slice
    const columns = { ...Object.fromEntries(joined), group, region };
    return { columns, evaluation: { ...evaluationOf(loss, first), group: 'group', by: ['region'] } };
  }
  const n = joined[0][1].length;
  const region = Array.from({ length: n }, (_, row) => `r${(row * 7) % 3}`);
  return { columns: { ...Object.fromEntries(joined), region }, evaluation: { ...evaluationOf(loss, first), by: ['region'] } };
}

function reordered(columns: Columns, order: readonly number[]): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row])]));
}

describe('the same bits', () => {
  test.each(LOSSES.map(({ name }) => name))('%s: any row order, any batch size, slices too', async (loss) => {
    const { columns, evaluation } = rowsFor(loss);
    const given = await evaluate(columns, evaluation);
    const rows = Object.values(columns)[0].map((_, row) => row);
    const orders = [rows, rows.toReversed(), rows.toSorted((a, b) => ((a * 7919) % 104729) - ((b * 7919) % 104729))];
    for (const order of orders) {
      for (const batchRows of [1, 7, rows.length]) {
        expect(await evaluate(reordered(columns, order), { ...evaluation, batchRows })).toEqual(given);
      }
    }
  });

  test('a plain sum would not do: the order shows in its last digits', () => {
    const terms = [1e16, 1, -1e16, 1, 0.1];
    const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(terms)).not.toBe(sum(terms.toReversed()));
  });
});
