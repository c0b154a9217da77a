/** Tables made of tables: shards, rows that meet conditions, targets beside predictions. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place, type Table, type Wanted } from '../../src/io/batch.ts';
import { type Condition, filtered } from '../../src/io/tables/filter.ts';
import { joined } from '../../src/io/tables/join.ts';
import { shards } from '../../src/io/tables/shards.ts';
import { zipped } from '../../src/io/tables/zip.ts';
import { faultIn } from '../support/fault.ts';
import { type Columns, memoryTable } from '../support/memory-table.ts';

const named = (name: string, columns: Columns): Table => ({ ...memoryTable(columns), name });

interface Read {
  readonly columns: (readonly (number | string)[])[];
  readonly places: string[];
  /** Number of each row in the input, from 1. */
  readonly numbers: number[];
}

async function readAll(table: Table, wanted: readonly Wanted[], batchRows = 3): Promise<Read> {
  const read: Read = { columns: wanted.map(() => []), places: [], numbers: [] };
  let next = 0;
  for await (const batch of table.read(wanted, { batchRows, transient: true })) {
    expect(batch.first).toBe(next);
    expect(batch.rows).toBeGreaterThan(0);
    next += batch.rows;
    for (const [k, column] of batch.columns.entries()) (read.columns[k] as (number | string)[]).push(...column.values);
    for (let row = 0; row < batch.rows; row++) {
      read.places.push(place(table, batch, row, wanted.at(-1)?.column));
      read.numbers.push((batch.index ? (batch.index[row] as number) : batch.first + row) + 1);
    }
  }
  return read;
}

const text = (column: number): Wanted => ({ column, as: 'text' });
const number = (column: number): Wanted => ({ column, as: 'number' });

describe('shards', () => {
  const a = named('a.csv', { id: ['x', 'y'], p: [1, 2] });
  const b = named('b.csv', { id: ['z'], p: [3] });
  const open = async (name: string) => (name === 'b.csv' ? b : a);

  test('are one table, and messages name the file', async () => {
    const { columns, places } = await readAll(shards(a, ['a.csv', 'b.csv'], open), [text(0), number(1)]);
    expect(columns).toEqual([
      ['x', 'y', 'z'],
      [1, 2, 3],
    ]);
    expect(places).toEqual(['a.csv:2:2', 'a.csv:3:2', 'b.csv:2:2']);
  });

  test('with other columns are refused, both files named', async () => {
    const other = named('other.csv', { id: ['z'], q: [3] });
    const { message } = await faultIn(() =>
      readAll(
        shards(a, ['a.csv', 'other.csv'], async () => other),
        [number(1)],
      ),
    );
    expect(message).toBe('the columns differ: #2 is "p" in a.csv, and "q" in other.csv');
    const short = named('short.csv', { id: ['z'] });
    expect(
      (
        await faultIn(() =>
          readAll(
            shards(a, ['a.csv', 'short.csv'], async () => short),
            [text(0)],
          ),
        )
      ).message,
    ).toContain('and nothing: it has 1 columns in short.csv');
  });

  test('with vectors of another length are refused', async () => {
    const three = named('3.csv', { v: [[1, 2, 3]] });
    const two = named('2.csv', { v: [[1, 2]] });
    expect(
      (
        await faultIn(() =>
          readAll(
            shards(three, ['3.csv', '2.csv'], async () => two),
            [number(0)],
          ),
        )
      ).message,
    ).toBe('2.csv: column "v" has 2 values a row, and 3 in 3.csv');
  });
});

describe('filtered', () => {
  const table = named('t.csv', { split: ['test', 'train', 'test', 'test'], age: ['17', '18', '', '1e2'], p: [1, 2, 3, null] });
  const where = (column: number, comparison: Condition['comparison'], value: string | number): Condition => ({
    column,
    comparison,
    value,
  });

  test.each([
    [[where(0, '=', 'test')], [1, 3, 4]],
    [[where(0, '!=', 'test')], [2]],
    [[where(1, '>=', 18)], [2, 4]],
    [[where(1, '<', 18)], [1]],
    [[where(1, '>', 17), where(0, '=', 'test')], [4]],
    [[where(1, '<=', 18)], [1, 2]],
  ])('%j keeps rows %j', async (conditions, kept) => {
    for (const batchRows of [1, 2, 10]) {
      const { numbers, places } = await readAll(filtered(table, conditions), [number(2)], batchRows);
      expect(numbers).toEqual(kept);
      expect(places).toEqual(kept.map((row) => `t.csv:${row + 1}:3`));
    }
  });

  test('no row at all is refused', async () => {
    expect((await faultIn(() => readAll(filtered(table, [where(0, '=', 'none')]), [number(2)]))).message).toBe(
      't.csv: no row of 4 meets --where "split" = "none"',
    );
  });

  test('keeps what was missing', async () => {
    for await (const batch of filtered(table, [where(1, '>', 50)]).read([number(2)], { batchRows: 10 })) {
      const [column] = batch.columns;
      expect(column?.kind === 'number' && [...column.missing]).toEqual([[0, '']]);
    }
  });

  test('a text has no size', async () => {
    expect((await faultIn(() => readAll(filtered(table, [where(0, '<', 3)]), [number(2)]))).message).toBe(
      't.csv:2:1: column "split": "test" is not a number, which --where compares by size',
    );
  });
});

describe('zipped', () => {
  const left = named('preds.csv', { p: [1, 2, 3, 4, 5] });
  const right = named('targets.csv', { y: [10, 20, 30, 40, 50], note: ['a', 'b', 'c', 'd', 'e'] });

  test('pairs by order, whatever the batches', async () => {
    const uneven: Table = { ...right, read: (wanted, options) => right.read(wanted, { ...options, batchRows: 2 }) };
    const { columns, places } = await readAll(zipped(left, uneven), [text(2), number(0), number(1)], 3);
    expect(columns).toEqual([
      ['a', 'b', 'c', 'd', 'e'],
      [1, 2, 3, 4, 5],
      [10, 20, 30, 40, 50],
    ]);
    expect(places[4]).toBe('targets.csv:6:1');
  });

  test.each([
    [{ y: [1, 2, 3, 4] }, 'preds.csv has 5 rows or more, targets.csv has 4'],
    [{ y: [1, 2, 3, 4, 5, 6] }, 'preds.csv has 5 rows, targets.csv has 6'],
  ])('other counts are refused', async (columns, message) => {
    expect((await faultIn(() => readAll(zipped(left, named('targets.csv', columns)), [number(0), number(1)]))).message).toBe(
      message,
    );
  });
});

describe('joined', () => {
  const on = { left: [0], right: [1] };
  const left = named('preds.csv', { id: ['b', 'a', '010'], p: [2, 1, 10] });
  const right = named('targets.csv', { y: [100, 200, 1000], id: ['a', 'b', '010'] });

  test('by key, in the order of the predictions', async () => {
    const { table, counts } = joined(left, right, { on, unmatched: 'error' });
    expect(table.columns).toEqual(['id', 'p', 'y']);
    for (const batchRows of [1, 2, 9]) {
      const { columns, places } = await readAll(table, [number(1), number(2)], batchRows);
      expect(columns).toEqual([
        [2, 1, 10],
        [200, 100, 1000],
      ]);
      expect(places).toEqual(['targets.csv:3:1', 'targets.csv:2:1', 'targets.csv:4:1']);
      expect(counts).toEqual({ matched: 3, unmatchedPredictions: 0, unmatchedTargets: 0 });
    }
  });

  test('rows without a partner are refused with the first of them, or dropped and counted', async () => {
    const more = named('preds.csv', { id: ['b', '10', 'a'], p: [2, 3, 1] });
    const refused = joined(more, right, { on, unmatched: 'error' });
    expect((await faultIn(() => readAll(refused.table, [number(1), number(2)]))).message).toBe(
      '--on "id": rows without a partner: 1 of preds.csv ("10" at preds.csv:3) and 1 of targets.csv; with one: 2',
    );
    const dropped = joined(more, right, { on, unmatched: 'drop' });
    const { columns, numbers } = await readAll(dropped.table, [number(1), number(2)]);
    expect(columns).toEqual([
      [2, 1],
      [200, 100],
    ]);
    expect(numbers).toEqual([1, 3]);
    expect(dropped.counts).toEqual({ matched: 2, unmatchedPredictions: 1, unmatchedTargets: 1 });
  });

  test.each([
    ['targets', { y: [1, 2, 3, 4, 5, 6, 7], id: ['a', 'b', 'a', 'b', 'b', 'b', 'b'] }, { id: ['a', 'b'], p: [1, 2] }],
    ['predictions', { y: [1, 2], id: ['a', 'b'] }, { id: ['a', 'b', 'a', 'b', 'b', 'b', 'b'], p: [1, 2, 3, 4, 5, 6, 7] }],
  ])('a key twice in the %s is refused with the first five, even when rows may be dropped', async (_, targets, predictions) => {
    const { table } = joined(named('p.csv', predictions), named('t.csv', targets), { on, unmatched: 'drop' });
    const { message } = await faultIn(() => readAll(table, [number(1), number(2)]));
    expect(message).toMatch(
      /^[pt]\.csv: 5 rows repeat a key of "id": "a" at [pt]\.csv:4, "b" at [pt]\.csv:5(, "b" at [pt]\.csv:\d){3}$/,
    );
  });

  test('a key that is empty is refused', async () => {
    const { table } = joined(named('p.csv', { id: ['a', ''], p: [1, 2] }), right, { on, unmatched: 'drop' });
    expect((await faultIn(() => readAll(table, [number(1)]))).message).toBe('p.csv:3:1: column "id": the key is empty');
  });

  test('several columns make one key, and their border matters', async () => {
    const keys = { left: [0, 1], right: [0, 1] };
    const preds = named('p.csv', { a: ['1', '11'], b: ['11', '1'], p: [1, 2] });
    const targets = named('t.csv', { a: ['11', '1'], b: ['1', '11'], y: [20, 10] });
    const { table } = joined(preds, targets, { on: keys, unmatched: 'error' });
    expect((await readAll(table, [number(2), number(3)])).columns).toEqual([
      [1, 2],
      [10, 20],
    ]);
  });

  test('any order of the targets gives the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 30 }),
        fc.nat(),
        async (ids, seed) => {
          const order = ids.map((_, i) => i).sort((a, b) => ((a * 7919 + seed) % 31) - ((b * 7919 + seed) % 31));
          const preds = named('p.csv', { id: ids, p: ids.map((_, i) => i) });
          const targets = named('t.csv', { y: order.map((i) => 100 + i), id: order.map((i) => ids[i] as string) });
          const { table } = joined(preds, targets, { on, unmatched: 'error' });
          const { columns } = await readAll(table, [number(1), number(2)], 4);
          expect(columns).toEqual([ids.map((_, i) => i), ids.map((_, i) => 100 + i)]);
        },
      ),
      { numRuns: 50 },
    );
  });
});
