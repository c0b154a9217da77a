import { describe, expect, test } from 'vitest';
import { type Columns, evaluate, evaluateRows } from '../support/memory-table.ts';

const ABC: Columns = { target: [0, 0, 0, 0], pred: [1, 2, 3, 4], w: [1, 0, 2, 1], region: ['b', 'a', 'b', 'a'] };

describe('reductions of per-row losses', () => {
  test.each([
    ['mean', undefined, 7.5, 4],
    ['sum', undefined, 30, 1],
    ['batchmean', undefined, 7.5, 4],
    ['sum-over-batch-size', undefined, 7.5, 4],
    ['mean', 'w', 8.75, 4], // (1 + 18 + 16) / 4
    ['sum', 'w', 35, 1],
    ['sum-over-batch-size', 'w', 8.75, 4],
  ] as const)('%s, weight %s', async (reduction, weight, value, denominator) => {
    const [result] = await evaluate(ABC, { loss: 'mse', reduction, weight });
    expect(result).toMatchObject({ value, denominator, n: 4, weightSum: 4, status: 'ok', reduction });
  });

  test('weights divide by their sum under mean, by rows under sum-over-batch-size', async () => {
    const columns = { target: [0, 0], pred: [1, 3], w: [3, 1] };
    const value = async (reduction: 'mean' | 'sum-over-batch-size') =>
      (await evaluate(columns, { loss: 'mse', reduction, weight: 'w' }))[0].value;
    expect(await value('mean')).toBe(3); // (3 + 9) / 4
    expect(await value('sum-over-batch-size')).toBe(6); // (3 + 9) / 2
  });

  test('a vector row counts by its elements', async () => {
    const columns = {
      target: [
        [0, 0],
        [0, 0],
      ],
      pred: [
        [1, 2],
        [3, 5],
      ],
      w: [1, 3],
    };
    const value = async (reduction: 'mean' | 'sum' | 'batchmean') => (await evaluate(columns, { loss: 'mse', reduction }))[0];
    expect(await value('mean')).toMatchObject({ value: 39 / 4, denominator: 4, n: 2 });
    expect(await value('sum')).toMatchObject({ value: 39 });
    expect(await value('batchmean')).toMatchObject({ value: 39 / 2, denominator: 2 });
    expect((await evaluate(columns, { loss: 'mse', weight: 'w' }))[0]).toMatchObject({
      value: (5 + 3 * 34) / 8,
      denominator: 8,
      weightSum: 4,
    });
    expect((await evaluateRows(columns, { loss: 'mse' })).map(({ values }) => values[0])).toEqual([2.5, 17]);
  });

  test('element weights', async () => {
    const columns = {
      target: [
        [0, 0],
        [0, 0],
      ],
      pred: [
        [1, 2],
        [3, 5],
      ],
      w0: [1, 0],
      w1: [0, 2],
    };
    expect((await evaluate(columns, { loss: 'mse', weight: 'w0,w1' }))[0]).toMatchObject({ value: (1 + 50) / 3, denominator: 3 });
  });

  test('columns side by side are a vector', async () => {
    const columns = { y0: [0, 0], y1: [0, 0], pred_0: [1, 3], pred_1: [2, 5] };
    expect((await evaluate(columns, { loss: 'mse' }))[0].value).toBe(39 / 4);
  });
});

describe('slices', () => {
  test('all rows first, then each slice by name', async () => {
    const results = await evaluate(ABC, { loss: ['mse', 'rmse'], by: ['region'] });
    expect(results.map(({ id, slice, value, n }) => [id, slice?.get('region'), value, n])).toEqual([
      ['mse', undefined, 7.5, 4],
      ['mse', 'a', 10, 2],
      ['mse', 'b', 5, 2],
      ['rmse', undefined, Math.sqrt(7.5), 4],
      ['rmse', 'a', Math.sqrt(10), 2],
      ['rmse', 'b', Math.sqrt(5), 2],
    ]);
  });

  test('names keep their identity and a fixed order', async () => {
    const columns = { target: [0, 0, 0, 0, 0, 0], pred: [1, 1, 1, 1, 1, 1], g: ['10', '__proto__', '9', '010', '', 'b'] };
    const results = await evaluate(columns, { loss: 'mse', by: ['g'] });
    expect(results.slice(1).map(({ slice }) => slice?.get('g'))).toEqual(['9', '010', '10', '', '__proto__', 'b']);
  });

  test('two columns make a slice for each pair', async () => {
    const columns = { target: [0, 0, 0], pred: [1, 2, 3], a: ['x', 'x', 'y'], b: ['1', '2', '1'] };
    const results = await evaluate(columns, { loss: 'mae', by: ['a', 'b'] });
    expect(results.slice(1).map(({ slice, value }) => [...(slice ?? []), value])).toEqual([
      [['a', 'x'], ['b', '1'], 1],
      [['a', 'x'], ['b', '2'], 2],
      [['a', 'y'], ['b', '1'], 3],
    ]);
  });
});

describe('what is left out is counted', () => {
  const holed: Columns = { target: [0, null, 0, 0], pred: [1, 2, Number.NaN, 4], region: ['a', 'a', 'b', 'b'] };

  test('skip', async () => {
    const results = await evaluate(holed, { loss: ['mse', 'rmse'], nan: 'skip', by: ['region'] });
    expect(results.map(({ value, n, skipped }) => [value, n, skipped])).toEqual([
      [8.5, 2, 2],
      [1, 1, 1],
      [16, 1, 1],
      [Math.sqrt(8.5), 2, 2],
      [1, 1, 1],
      [4, 1, 1],
    ]);
  });

  test('propagate reaches the result', async () => {
    expect((await evaluate(holed, { loss: 'mse', nan: 'propagate' }))[0]).toMatchObject({ value: Number.NaN, status: 'nan', n: 4 });
  });

  test('a slice without rows is empty, not zero', async () => {
    const columns = { target: [0, null], pred: [1, 2], g: ['a', 'b'] };
    const results = await evaluate(columns, { loss: 'mse', nan: 'skip', by: ['g'] });
    expect(results[2]).toMatchObject({ status: 'empty', value: Number.NaN, n: 0, skipped: 1 });
  });

  test('ignored rows', async () => {
    const columns = { target: [0, -100, 1], z0: [2, 9, 0], z1: [0, 9, 3] };
    const [all] = await evaluate(columns, { loss: 'cross-entropy' });
    const [some] = await evaluate({ target: [0, 1], z0: [2, 0], z1: [0, 3] }, { loss: 'cross-entropy' });
    expect(all).toMatchObject({ value: some.value, n: 2, ignored: 1, skipped: 0 });
    expect((await evaluateRows(columns, { loss: 'cross-entropy' })).map(({ values }) => values[0] === null)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test('rows left out are empty under none', async () => {
    const rows = await evaluateRows(
      { ...holed, w: [1, 2, 3, 4] },
      { loss: ['mse', 'mae'], nan: 'skip', weight: 'w', batchRows: 3 },
    );
    expect(rows).toEqual([
      { row: 1, weight: 1, values: [1, 1] },
      { row: 2, weight: 2, values: [null, null] },
      { row: 3, weight: 3, values: [null, null] },
      { row: 4, weight: 4, values: [16, 4] },
    ]);
  });
});

describe('class weights', () => {
  test('the mean divides by the weights of the targets, as PyTorch does', async () => {
    const columns = { target: [0, 1, 2], z0: [2, 0, 0.2], z1: [0.5, 1, -0.1], z2: [-1, 0, 1.5] };
    const [result] = await evaluate(columns, { loss: 'cross-entropy', params: { 'class-weight': '1,2,3' } });
    expect(result.value).toBeCloseTo(0.4181686185457462, 14);
    expect(result.denominator).toBe(6);
  });
});

describe('losses over groups', () => {
  const query = [
    [1, 0],
    [0, 1],
    [1, 1],
    [0.5, -1],
    [2, 1],
  ];
  const key = [
    [0.9, 0.1],
    [0.2, 1],
    [1, 0.8],
    [0, -1],
    [1, 1],
  ];
  const columns: Columns = { query, key, batch: ['a', 'b', 'a', 'b', 'a'] };
  const part = (rows: number[]) => ({ query: rows.map((row) => query[row]), key: rows.map((row) => key[row]) });
  const partValue = async (rows: number[]) => (await evaluate(part(rows), { loss: 'info-nce' }))[0].value;

  test('one group of all rows, by size, and by a column', async () => {
    const [all] = await evaluate(columns, { loss: 'info-nce', batchRows: 2 });
    expect(all).toMatchObject({ n: 5, groups: { count: 1, smallest: 5, largest: 5 } });
    const [sized] = await evaluate(columns, { loss: 'info-nce', groupSize: 2, batchRows: 3 });
    expect(sized.groups).toEqual({ count: 3, smallest: 1, largest: 2 });
    const halves = 2 * (await partValue([0, 1])) + 2 * (await partValue([2, 3])) + (await partValue([4]));
    expect(sized.value).toBeCloseTo(halves / 5, 14);
    const [named] = await evaluate(columns, { loss: 'info-nce', group: 'batch', batchRows: 1 });
    expect(named.groups).toEqual({ count: 2, smallest: 2, largest: 3 });
    expect(named.value).toBeCloseTo((3 * (await partValue([0, 2, 4])) + 2 * (await partValue([1, 3]))) / 5, 14);
  });

  test('rows come back in file order under none', async () => {
    const rows = await evaluateRows(columns, { loss: ['info-nce'], group: 'batch', batchRows: 2 });
    const a = await evaluateRows(part([0, 2, 4]), { loss: 'info-nce' });
    const b = await evaluateRows(part([1, 3]), { loss: 'info-nce' });
    const expected = [a[0], b[0], a[1], b[1], a[2]].map(({ values }) => values[0]);
    expect(rows.map(({ row, values }) => [row, values[0]])).toEqual(expected.map((value, i) => [i + 1, value]));
  });

  test('and have their own weights', async () => {
    const w = [1, 2, 1, 2, 1];
    const rows = await evaluateRows({ ...columns, w }, { loss: 'info-nce', group: 'batch', weight: 'w', batchRows: 2 });
    expect(rows.map(({ weight }) => weight)).toEqual(w);
  });
});
