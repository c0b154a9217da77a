/** What `inspect` says of columns. */
import { describe, expect, test } from 'vitest';
import { familiesOf } from '../../src/io/inspect/families.ts';
import { inspect } from '../../src/io/inspect/inspect.ts';
import { type ColumnFacts, Profile } from '../../src/io/inspect/profile.ts';
import { memoryTable } from '../support/memory-table.ts';

function factsOf(cells: readonly string[]): ColumnFacts {
  const profile = new Profile('x');
  for (const cell of cells) profile.see(cell);
  return profile.facts();
}

describe('a column', () => {
  test.each([
    [['1', '2', ''], 'integer', { empty: 1, missing: 0, texts: 0 }],
    [['1', '2.0', '-0'], 'integer', {}],
    [['1.5', '2'], 'number', {}],
    [['1e3', 'NaN', 'NA'], 'integer', { missing: 2 }],
    [['a', 'b'], 'text', { texts: 2 }],
    [['True', 'false'], 'boolean', { texts: 2 }],
    [['True', '1'], 'mixed', { texts: 1 }],
    [['1', '0x10'], 'mixed', { texts: 1 }],
    [['1,5'], 'text', { texts: 1 }],
    [['', ' ', 'null'], 'empty', { empty: 2, missing: 1 }],
    [['[0.1, 0.9]', '[0.5 0.5]'], 'list', { width: 2, sumToOne: 2 }],
    [['[0.1, 0.9]', '[1]'], 'list', { width: null, sumToOne: 2 }],
    [['[0.1, 0.8]', '0.5'], 'mixed', { width: 2, sumToOne: 0 }],
    [['[0.1, nan]', '[[1, 2], [3, 4]]'], 'list', { missing: 1, width: null }],
    [['[0.1 0.2 ... 0.9]'], 'text', { texts: 1 }],
  ] as const)('%j is %s', (cells, type, facts) => {
    expect(factsOf(cells)).toMatchObject({ type, rows: cells.length, ...facts });
  });

  test('has a range, a mean and a histogram; infinite values are counted, and left out of them', () => {
    const { numbers } = factsOf(['0', '10', '-inf', '5', '2.5']);
    expect(numbers).toEqual({
      count: 5,
      whole: false,
      infinite: 1,
      outsideUnit: 4,
      min: 0,
      max: 10,
      mean: 4.375,
      histogram: [1, 0, 1, 0, 0, 1, 0, 0, 0, 1],
    });
    expect(factsOf(['inf']).numbers).toMatchObject({ count: 1, infinite: 1, min: Number.NaN });
  });

  test('names its values when they are few, numbers by size', () => {
    expect(factsOf(['10', '9', '10', '']).values).toEqual(['9', '10']);
    expect(factsOf(Array.from({ length: 30 }, (_, i) => String(i))).values).toBeNull();
  });
});

describe('families', () => {
  test.each([
    [['z0', 'z1', 'z2', 'y'], { 'z*': [0, 1, 2] }],
    [['z_10', 'z_9', 'z_8'], { 'z_*': [2, 1, 0] }],
    [['p0', 'p1'], { 'p*': [0, 1] }],
    [['x1', 'x2'], {}],
    [['q10', 'q50', 'q90'], {}],
    [['#1', '#2', '#3'], {}],
    [['z0', 'z0', 'z1'], {}],
    [['1', '2', '3'], {}],
  ])('%j', (columns, expected) => {
    expect(Object.fromEntries(familiesOf(columns).map(({ name, columns: members }) => [name, members]))).toEqual(expected);
  });
});

describe('a look', () => {
  const table = memoryTable({ p0: [0.25, 0.5, 0.9], p1: [0.75, 0.5, 0.2], y: [0, 1, 1] });

  test.each([
    [1, 1, false],
    [2, 2, false],
    [4, 3, true],
    [Number.POSITIVE_INFINITY, 3, true],
  ])('at %d rows', async (most, rows, whole) => {
    for (const batchRows of [1, 2, 10]) {
      const found = await inspect(table, { most, batchRows });
      expect(found).toMatchObject({ rows, whole });
      expect(found.columns.map((column) => column.rows)).toEqual([rows, rows, rows]);
      expect(found.families[0]).toMatchObject({ name: 'p*', width: 2, rows, sumToOne: Math.min(rows, 2) });
    }
  });
});
