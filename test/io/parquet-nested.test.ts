import { describe, expect, test } from 'vitest';
import { doubles, type ElementSpec, levels, OPTIONAL, page, parquetFile, REPEATED, REQUIRED } from '../support/parquet.ts';
import { column, fixture } from './parquet-read.ts';
import { failure, openBytes, plain, whole } from './read.ts';

describe('nested values', () => {
  test.each(['nested', 'nested-v2'])('lists of %s', async (name) => {
    const cube = await column(name, 'cube');
    expect(cube).toMatchObject({ width: '6', array: 'Float32Array' });
    expect(cube.values.slice(0, 12)).toEqual([0, 0.5, -0, 0, 0.5, -0, 1, 1.5, -1, 10, 10.5, -10]);
    expect(await column(name, 'fixed')).toMatchObject({
      width: '2',
      array: 'Int32Array',
      values: [0, 0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5],
    });
    expect((await column(name, 'ragged', 'text')).values).toEqual(['[1]', '[]', '', '[2,3]', '[null]', '[4]']);
    expect((await column(name, 'deep', 'text')).values).toEqual(['[[1],[]]', '[]', '', '[null,[2,null]]', '[[3]]', '[[]]']);
    expect((await column(name, 'words', 'text')).values).toEqual(['["a","b"]', '["c"]', '[]', '', '[null]', '["d"]']);
    expect((await failure(() => column(name, 'ragged'))).message).toMatch(
      /row 2, column 3: column "ragged": a list that is an empty list/,
    );
  });

  test('structs, by the path to what is in them', async () => {
    const table = await fixture('structs');
    await table.close();
    expect(table.columns).toEqual([
      'output.scores',
      'output.meta.name',
      'output.meta.n',
      'maybe.p',
      'structs',
      'map',
      'dotted.name',
    ]);
    expect(await column('structs', 'output.scores')).toMatchObject({ width: '2', values: [0, 0.5, 1, 1.5, 2, 2.5] });
    expect((await column('structs', 'output.meta.name', 'text')).values).toEqual(['n0', 'n1', 'n2']);
    expect((await column('structs', 'output.meta.n')).values).toEqual([0, NaN, 2]);
    expect((await column('structs', 'maybe.p')).values).toEqual([0, NaN, 1]);
    expect((await column('structs', 'dotted.name')).values).toEqual([0, 1, 2]);
  });

  const leaf = { type: 5, repetition: REQUIRED };
  const pair = Buffer.concat([levels(0, 1, 0, 1), levels(1, 1, 1, 1), doubles(1, 2, 3, 4)]);
  const LIST = 3;

  test.each<[name: string, schema: readonly ElementSpec[], path: readonly string[], body: Buffer, read: unknown]>([
    ['a repeated field alone', [{ name: 'v', type: 5, repetition: REPEATED }], ['v'], pair, [1, 2, 3, 4]],
    [
      'two levels',
      [
        { name: 'v', converted: LIST, children: 1 },
        { name: 'element', type: 5, repetition: REPEATED },
      ],
      ['v', 'element'],
      pair,
      [1, 2, 3, 4],
    ],
    [
      'three levels without an annotation inside',
      [
        { name: 'v', converted: LIST, children: 1 },
        { name: 'bag', repetition: REPEATED, children: 1 },
        { ...leaf, name: 'array_element' },
      ],
      ['v', 'bag', 'array_element'],
      pair,
      [1, 2, 3, 4],
    ],
    [
      'a struct of one field in a group named array',
      [
        { name: 'v', converted: LIST, children: 1 },
        { name: 'array', repetition: REPEATED, children: 1 },
        { ...leaf, name: 'field' },
      ],
      ['v', 'array', 'field'],
      pair,
      /column "v" holds a list of structs/,
    ],
    [
      'a list of lists of two levels each',
      [
        { name: 'v', converted: LIST, children: 1 },
        { name: 'array', repetition: REPEATED, converted: LIST, children: 1 },
        { name: 'array', type: 5, repetition: REPEATED },
      ],
      ['v', 'array', 'array'],
      Buffer.concat([levels(0, 2, 0, 2), levels(2, 2, 2, 2), doubles(1, 2, 3, 4)]),
      [1, 2, 3, 4],
    ],
  ])('lists as old writers had them: %s', async (_, schema, path, body, read) => {
    const bytes = parquetFile({ columns: [{ path, values: 4, pages: [page({ body, values: 4 })] }], schema, rows: 2 });
    const table = await openBytes('t.parquet', bytes);
    expect(table.columns).toEqual(['v']);
    if (read instanceof RegExp) expect((await failure(() => plain(table))).message).toMatch(read);
    else expect(await plain(table)).toEqual([read]);
    await table.close();
  });

  test('a list that goes on in the next page', async () => {
    const first = page({ body: Buffer.concat([levels(0, 1, 0), levels(1, 1, 1), doubles(1, 2, 3)]), values: 3 });
    const second = page({ body: Buffer.concat([levels(1), levels(1), doubles(4)]), values: 1 });
    const schema = [{ name: 'v', type: 5, repetition: REPEATED }];
    const bytes = parquetFile({ columns: [{ path: ['v'], values: 4, pages: [first, second] }], schema, rows: 2 });
    for (const size of [1, 2]) {
      const got = await whole(await openBytes('t.parquet', bytes), [], size);
      expect(got.cells[0]).toMatchObject({ widths: [2], missing: [] });
    }
  });

  test('of a struct that may be missing', async () => {
    const body = Buffer.concat([levels(2, 0, 1), doubles(7)]);
    const schema = [
      { name: 's', repetition: OPTIONAL, children: 1 },
      { name: 'p', type: 5, repetition: OPTIONAL },
    ];
    const bytes = parquetFile({ columns: [{ path: ['s', 'p'], pages: [page({ body, values: 3 })] }], schema });
    expect(await plain(await openBytes('t.parquet', bytes))).toEqual([[7, NaN, NaN]]);
  });
});
