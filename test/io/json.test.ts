import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { open } from '../../src/io/open.ts';
import { type Kind, numbers, openBytes, plain, whole } from './read.ts';

const fixtures = join(import.meta.dirname, '../../fixtures/formats');
const fixture = (name: string) => open({ name: join(fixtures, name) }, { header: true });

const labels = new Map([
  ['true', 1],
  ['false', 0],
  ['True', 1],
  ['False', 0],
]);
const text = ['say "hi"', 'two\nlines, é', ''];

/** The table of fixtures/formats/make.py. */
const TABLE: readonly (readonly [name: string, kind: Kind, cells: unknown])[] = [
  ['y', 'number', numbers([0.1, null, -2.5e-7])],
  ['n', 'number', numbers([3, -4, 0])],
  ['flag', { as: 'number', labels }, numbers([1, 0, 1])],
  ['name', 'text', text],
  ['probs', 'number', numbers([0.25, 0.75, 1, 0, 0.5, 0.5], 2)],
];
const INDEX: (typeof TABLE)[number] = ['', 'number', numbers([5, 2, 9])];

describe('what pandas writes', () => {
  test.each([
    ['pandas.csv', [INDEX, ...TABLE]],
    ['pandas.csv.gz', [INDEX, ...TABLE]],
    ['pandas.tsv', TABLE],
    ['pandas-records.json', TABLE],
    ['pandas-split.json', TABLE],
    ['pandas-columns.json', TABLE],
    ['pandas-index.json', TABLE],
    ['pandas-values.json', TABLE.map(([, ...rest], k) => [`#${k + 1}`, ...rest] as const)],
    ['pandas-table.json', [['index', INDEX[1], INDEX[2]] as const, ...TABLE]],
    ['pandas-lines.ndjson', TABLE],
  ])('%s', async (name, expected) => {
    const got = await whole(
      await fixture(name),
      expected.map(([, kind]) => kind),
    );
    expect(got.columns).toEqual(expected.map(([column]) => column));
    expect(got.cells).toEqual(expected.map(([, , cells]) => cells));
  });

  test('numpy.savetxt with and without a header, and arrays printed into a cell', async () => {
    const rows = [
      [0.1, -1e-300],
      [1 / 3, 2e10],
    ];
    expect(await plain(await fixture('numpy-header.txt'))).toEqual(rows);
    expect(await plain(await open({ name: join(fixtures, 'numpy.txt') }, { header: false }))).toEqual(rows);
    expect(await plain(await fixture('pandas-array.csv'))).toEqual([
      [1.5, 2.5],
      [0.1, 0.2, 0.3, 1],
    ]);
  });
});

interface Good {
  readonly why: string;
  readonly name?: string;
  readonly json: string;
  readonly lenientJson?: boolean;
  readonly format?: string;
  readonly columns: readonly string[];
  readonly cells: unknown[][];
  readonly kinds?: readonly Kind[];
}

const GOOD: readonly Good[] = [
  {
    why: 'records that differ',
    json: '[{"a":1},{"b":2,"a":3}]',
    columns: ['a', 'b'],
    cells: [
      [1, 3],
      [NaN, 2],
    ],
  },
  { why: 'columns with numbers for names, in file order', json: '{"10":[1],"9":[2]}', columns: ['10', '9'], cells: [[1], [2]] },
  { why: 'records with numbers for names, in file order', json: '[{"10":1,"9":2}]', columns: ['10', '9'], cells: [[1], [2]] },
  { why: 'an index that is not sorted keeps its order', json: '{"a":{"9":1,"10":2,"2":3}}', columns: ['a'], cells: [[1, 2, 3]] },
  { why: 'orient index', json: '{"9":{"a":1},"2":{"a":2}}', columns: ['a'], cells: [[1, 2]] },
  { why: 'a list of numbers', json: '[1, 2.5]', columns: ['#1'], cells: [[1, 2.5]] },
  { why: 'one record', json: '{"a":1,"v":[1,2]}', columns: ['a', 'v'], cells: [[1], [1, 2]] },
  {
    why: 'NaN and Infinity of Python where that is asked for, but not in strings',
    json: '{"a":[NaN,-Infinity],"t":["NaN","a NaN"]}',
    lenientJson: true,
    columns: ['a', 't'],
    cells: [
      [NaN, -Infinity],
      ['NaN', 'a NaN'],
    ],
    kinds: ['number', 'text'],
  },
  { why: 'strings that hold numbers', json: '{"a":[" 1.5","NA","inf"]}', columns: ['a'], cells: [[1.5, NaN, Infinity]] },
  {
    why: 'nested lists flatten by rows',
    json: '{"v":[[[1,2],[3,4]],[[5,6],[7,8]]]}',
    columns: ['v'],
    cells: [[1, 2, 3, 4, 5, 6, 7, 8]],
  },
  { why: 'a byte order mark', json: '\uFEFF[{"a":1}]', columns: ['a'], cells: [[1]] },
  {
    why: 'labels for strings, booleans and numbers',
    json: '{"a":["True",true,false,"False",2]}',
    columns: ['a'],
    cells: [[1, 1, 0, 0, 2]],
    kinds: [{ as: 'number', labels }],
  },
  {
    why: 'text of other values',
    json: '{"t":[true,1.5,null,[1,"x"],{"k":1}]}',
    columns: ['t'],
    cells: [['true', '1.5', '', '[1,"x"]', '{"k":1}']],
    kinds: ['text'],
  },
  {
    why: 'names that objects have',
    json: '[{"__proto__":1,"constructor":2,"a":5},{"a":6}]',
    columns: ['__proto__', 'constructor', 'a'],
    cells: [
      [1, NaN],
      [2, NaN],
      [5, 6],
    ],
  },
  { why: 'records a line', name: 't.ndjson', json: '{"a":1}\n\n{"b":2}\r\n{"a":3}', columns: ['a'], cells: [[1, NaN, 3]] },
  {
    why: 'records a line under the name .json',
    name: 't.json',
    json: '{"a":1}\n{"a":NaN}\n',
    lenientJson: true,
    format: 'ndjson',
    columns: ['a'],
    cells: [[1, NaN]],
  },
  {
    why: 'records a line without a name',
    name: 'stdin',
    json: '{"a":1}\n{"a":2}\n',
    format: 'ndjson',
    columns: ['a'],
    cells: [[1, 2]],
  },
  { why: 'JSON without a name', name: 'stdin', json: '[\n{"a":1},\n{"a":2}\n]', format: 'json', columns: ['a'], cells: [[1, 2]] },
  { why: 'an indented object without a name', name: 'stdin', json: '{\n"a":[1]\n}', format: 'json', columns: ['a'], cells: [[1]] },
  {
    why: 'paths into objects; a key with a dot wins',
    name: 't.ndjson',
    json: '{"id":1,"o":{"s":[1,2],"t":{"u":3}},"o.t.u":9}\n{"id":2,"o":null}\n{"id":3,"o":{"s":[3,4]},"o.t.u":8}',
    columns: ['id', 'o.t.u', 'o.s'],
    cells: [
      [1, 2, 3],
      [9, NaN, 8],
      [1, 2, NaN, NaN, 3, 4],
    ],
  },
  {
    why: 'paths into lists that are no vectors of numbers; text that holds numbers',
    name: 't.ndjson',
    json: '{"id":1,"r":[["-1.5","False"],["-2","True"]],"v":["0.5",null]}\n{"id":2,"v":[1,2],"r":[["-3","True"]]}',
    columns: ['id', 'r', 'v', 'r.0.0', 'r.0.1', 'r.1.0', 'r.1.1'],
    kinds: ['number', 'text', 'number', 'number', 'text', 'number', 'text'],
    cells: [
      [1, 2],
      ['[["-1.5","False"],["-2","True"]]', '[["-3","True"]]'],
      [0.5, NaN, 1, 2],
      [-1.5, -3],
      ['False', 'True'],
      [-2, NaN],
      ['True', ''],
    ],
  },
  {
    why: 'records: paths into the longest of their lists',
    json: '[{"c":[{"p":1}]},{"c":[{"p":2},{"p":3,"q":[4,5]}]}]',
    columns: ['c', 'c.0.p', 'c.1.p', 'c.1.q'],
    kinds: ['text', 'number', 'number', 'number'],
    cells: [
      ['[{"p":1}]', '[{"p":2},{"p":3,"q":[4,5]}]'],
      [1, 2],
      [NaN, 3],
      [NaN, NaN, 4, 5],
    ],
  },
  {
    why: 'a list of many texts is one column',
    name: 't.ndjson',
    json: `${JSON.stringify({ tokens: Array(257).fill('a') })}\n`,
    columns: ['tokens'],
    kinds: ['text'],
    cells: [[JSON.stringify(Array(257).fill('a'))]],
  },
  {
    why: 'integers beyond 2^53 keep their digits as text',
    json: '[{"id":9007199254740993,"y":1},{"id":-12345678901234567890,"y":2},{"id":7,"y":12345678901234567}]',
    columns: ['id', 'y'],
    kinds: ['text', 'number'],
    cells: [
      ['9007199254740993', '-12345678901234567890', '7'],
      [1, 2, 12345678901234568],
    ],
  },
  {
    why: 'digits of fractions and of texts are left alone',
    json: '[{"a":0.12345678901234567,"b":"1, 9007199254740993, 2","c":1234567890123456789e-3}]',
    columns: ['a', 'b', 'c'],
    kinds: ['number', 'text', 'number'],
    cells: [[0.12345678901234567], ['1, 9007199254740993, 2'], [1234567890123456.8]],
  },
  {
    why: 'halves of characters stay apart',
    json: '[{"t":"\\ud800"},{"t":"\\udbff"},{"t":"\\ud83d\\ude00"}]',
    columns: ['t'],
    kinds: ['text'],
    cells: [['\ud800', '\udbff', '😀']],
  },
  {
    why: 'COCO annotations',
    json: '{"info":{},"images":[{"id":1,"1":2}],"annotations":[{"id":7,"image_id":1,"bbox":[1,2,3,4]},{"id":8,"image_id":1,"bbox":[5,6,7,8]}],"categories":[]}',
    columns: ['id', 'image_id', 'bbox'],
    cells: [
      [7, 8],
      [1, 1],
      [1, 2, 3, 4, 5, 6, 7, 8],
    ],
  },
];

describe('reads', () => {
  test.each(GOOD)('$why', async ({ name = 't.json', json, lenientJson = false, format, columns, cells, kinds }) => {
    const table = await openBytes(name, json, { lenientJson });
    if (format) expect(table.format).toBe(format);
    expect(table.columns).toEqual(columns);
    expect(await plain(table, kinds, 2)).toEqual(cells);
  });

  test('lines of NDJSON count blank ones', async () => {
    expect((await whole(await openBytes('t.ndjson', '\n{"a":1}\n\n{"a":2}'))).lines).toEqual([2, 4]);
  });
});
