/** Slices of a number by intervals. */
import { describe, expect, test } from 'vitest';
import { binName, parseBy, withQuantileEdges } from '../../src/engine/bins.ts';
import { faultIn, faultOf } from '../support/fault.ts';
import { evaluate, memoryTable } from '../support/memory-table.ts';

describe('--by', () => {
  test.each([
    ['region', [['region', null, null]]],
    [
      'region,sex',
      [
        ['region', null, null],
        ['sex', null, null],
      ],
    ],
    ['age:0,18,65,inf', [['age', [0, 18, 65, Number.POSITIVE_INFINITY], null]]],
    [
      'region,age:-inf,1e3,2e3,sex',
      [
        ['region', null, null],
        ['age', [Number.NEGATIVE_INFINITY, 1e3, 2e3], null],
        ['sex', null, null],
      ],
    ],
    [
      'age:q4,x:0,1',
      [
        ['age', null, 4],
        ['x', [0, 1], null],
      ],
    ],
    ['a:b', [['a:b', null, null]]],
    [
      'age:0,1,19',
      [
        ['age', [0, 1], null],
        ['19', null, null],
      ],
    ],
  ])('%s', (text, expected) => {
    const found = parseBy(text, ['region', 'sex', 'age', 'x', 'a:b', '19']);
    expect(found.map(({ column, edges, quantiles }) => [column, edges, quantiles])).toEqual(expected);
  });

  test.each([
    ['age:18,0', 'do not rise'],
    ['age:1,1', 'do not rise'],
    ['age:1', 'do not rise'],
    ['age:old', '"old" are no bins'],
    ['age:q1', 'are no bins'],
  ])('%s is refused', (text, message) => {
    expect(faultOf(() => parseBy(text, ['age'])).message).toContain(message);
  });
});

test.each([
  [0, '[0, 18)'],
  [17.999, '[0, 18)'],
  [18, '[18, 65]'],
  [65, '[18, 65]'],
  [65.5, 'above 65'],
  [-1, 'below 0'],
])('%d lies in %s', (value, name) => {
  expect(binName(value, [0, 18, 65])).toBe(name);
});

test('every row lies in one slice, in the order of the borders, and missing numbers in one of their own', async () => {
  const columns = { target: [0, 0, 0, 0, 0, 0], pred: [1, 2, 3, 4, 5, 6], age: [5, 100, 9, null, -3, 20] };
  const by = parseBy('age:0,9,10,100', ['age']);
  const results = await evaluate(columns, { loss: 'mae', by });
  expect(results.map(({ slice, value, n }) => [slice?.get('age') ?? 'all', value, n])).toEqual([
    ['all', 3.5, 6],
    ['below 0', 5, 1],
    ['[0, 9)', 1, 1],
    ['[9, 10)', 3, 1],
    ['[10, 100]', 4, 2],
    ['missing', 4, 1],
  ]);
});

test('quantiles cut into slices of as many rows, whatever the order', async () => {
  const values = Array.from({ length: 100 }, (_, k) => ((k * 37) % 100) / 10);
  const columns = { target: values.map(() => 0), pred: values, x: values };
  const [by] = await withQuantileEdges(memoryTable(columns), parseBy('x:q4', ['x']), 7);
  expect(by?.edges).toEqual([0, 2.5, 5, 7.5, 9.9]);
  const results = await evaluate(columns, { loss: 'mae', by: by ? [by] : [] });
  expect(results.slice(1).map(({ n }) => n)).toEqual([25, 25, 25, 25]);
  const same = { target: [0, 0], pred: [1, 1], x: [3, 3] };
  expect((await faultIn(() => withQuantileEdges(memoryTable(same), parseBy('x:q2', ['x']), 7))).message).toContain(
    'one value only',
  );
});

test('a column of ids is no column of slices', async () => {
  const n = 100_001;
  const rows = (cell: (row: number) => number) => Array.from({ length: n }, (_, row) => cell(row));
  const columns = { target: rows(() => 0), pred: rows(() => 1), id: rows((row) => row) };
  const { message } = await faultIn(() => evaluate(columns, { loss: 'mae', by: ['id'] }));
  expect(message).toBe('--by: "id" give more than 100000 slices');
});
