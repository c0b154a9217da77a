import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { open } from '../../src/io/open.ts';
import { failure, type Kind, numbers, openBytes, plain, whole } from './read.ts';

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
    why: 'NaN and Infinity of Python, but not in strings',
    json: '{"a":[NaN,-Infinity],"t":["NaN","a NaN"]}',
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
];

describe('reads', () => {
  test.each(GOOD)('$why', async ({ name = 't.json', json, format, columns, cells, kinds }) => {
    const table = await openBytes(name, json);
    if (format) expect(table.format).toBe(format);
    expect(table.columns).toEqual(columns);
    expect(await plain(table, kinds, 2)).toEqual(cells);
  });

  test('lines of NDJSON count blank ones', async () => {
    expect((await whole(await openBytes('t.ndjson', '\n{"a":1}\n\n{"a":2}'))).lines).toEqual([2, 4]);
  });
});

const LINES = 'if this is one JSON value over several lines, add --input-format json';
const ORIENTS = 'what is read: a list of records, lists by column name, or what pandas to_json writes (any orient)';

const BAD: readonly (readonly [why: string, name: string, json: string, message: string, hint: string | undefined])[] = [
  ['a comma too many', 't.json', '[{"a":1},]', "t.json: is not valid JSON: Unexpected token ']'", undefined],
  [
    'several values',
    't.json',
    '{"a":1} {"a":2}',
    't.json: is not valid JSON at column 9: Unexpected non-whitespace character after JSON',
    'if this is one record a line, add --input-format ndjson',
  ],
  [
    'a missing colon',
    't.json',
    '[{"a":1},\n{"a" 2}]',
    "t.json: is not valid JSON at line 2, column 6: Expected ':' after property name",
    undefined,
  ],
  ['no end', 't.json', '[{"a":1}', 't.json: the JSON ends too early', 'the file may be cut short'],
  ['a single value', 't.json', '1.5', 't.json: holds a single value, not a table', ORIENTS],
  ['an empty list', 't.json', '[]', 't.json: holds an empty list', 'it needs at least one record'],
  ['an empty object', 't.json', '{}', 't.json: holds an empty object, not a table', ORIENTS],
  ['mixed rows', 't.json', '[{"a":1},2]', 't.json: row 2: a single value, but a record before', ORIENTS],
  [
    'columns of different lengths',
    't.json',
    '{"a":[1],"b":[1,2]}',
    't.json: columns of different lengths: "a" has 1 values, "b" has 2',
    undefined,
  ],
  [
    'columns with different rows',
    't.json',
    '{"a":{"x":1},"b":{"y":1}}',
    't.json: columns "a" and "b" do not have the same rows',
    ORIENTS,
  ],
  ['ragged values', 't.json', '[[1,2],[3]]', 't.json: row 2: 1 values, but 2 columns', undefined],
  [
    'a boolean',
    't.json',
    '{"a":[1,true]}',
    't.json: row 2, column 1: column "a": "true" is not a number',
    'say what counts as 1: --positive-label true',
  ],
  [
    'a text',
    't.json',
    '{"a":["2kg"]}',
    't.json: row 1, column 1: column "a": "2kg" is not a number',
    'write plain decimal digits, as in 2, 0.25 or 1e-3',
  ],
  [
    'an object',
    't.json',
    '{"a":[1,{}]}',
    't.json: row 2, column 1: column "a": an object, not a number',
    'name a value inside it by its path, as in output.score',
  ],
  [
    'ragged nesting',
    't.json',
    '{"a":[[[1],[2,3]]]}',
    't.json: row 1, column 1: column "a": a list that holds lists of different lengths',
    undefined,
  ],
  [
    'a list with a text',
    't.json',
    '{"a":[[1,"x"]]}',
    't.json: row 1, column 1: column "a": "x" is not a number',
    'if these are labels, name them with --classes a,b,c or --positive-label VALUE',
  ],
  [
    'deep nesting',
    't.json',
    `{"a":[${'['.repeat(300)}1${']'.repeat(300)}]}`,
    't.json: row 1, column 1: column "a": a list that is nested deeper than 256 levels',
    undefined,
  ],
  ['a broken line', 't.ndjson', '{"a":1}\n{"a":}\n', "t.ndjson:2: is not valid JSON: Unexpected token '}'", LINES],
  ['a line that ends early', 't.ndjson', '{"a":1}\n{"a":1', 't.ndjson:2: the JSON ends too early', LINES],
  ['a list on a line', 't.ndjson', '[1]\n', 't.ndjson:1: a list, not a record such as {"y": 1, "pred": 0.9}', LINES],
  [
    'a value on a line',
    't.ndjson',
    '{"a":1}\n2\n',
    't.ndjson:2: a single value, not a record such as {"y": 1, "pred": 0.9}',
    LINES,
  ],
  [
    'a text on a line',
    't.ndjson',
    '{"a":1}\n\n{"a":"x"}\n',
    't.ndjson:3:1: column "a": "x" is not a number',
    'if these are labels, name them with --classes a,b,c or --positive-label VALUE',
  ],
  ['blank lines alone', 't.ndjson', '\n\n', 't.ndjson: holds only blank lines', 'it needs at least one JSON record'],
  ['UTF-16', 't.json', '[1]', 't.json: UTF-16 text is not read', 'convert it first: iconv -f UTF-16 -t UTF-8 IN > OUT'],
];

describe('refuses', () => {
  test('objects nested too deep', async () => {
    const deep = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`;
    const message = 'column "a.a.a": nested deeper than 256 levels';
    expect((await failure(() => openBytes('t.ndjson', `\n${deep}\n`))).message).toBe(`t.ndjson:2: ${message}`);
    expect((await failure(() => openBytes('t.json', `[${deep}]`))).message).toBe(`t.json: ${message}`);
  });

  test.each(BAD)('%s', async (why, name, json, message, hint) => {
    const bytes = why === 'UTF-16' ? Buffer.from('\uFEFF[1]', 'utf16le') : Buffer.from(json);
    expect(await failure(async () => plain(await openBytes(name, bytes)))).toEqual({ message, hint });
  });

  test('integers beyond 2^53 as text, which JSON has rounded already', async () => {
    const { message } = await failure(async () => plain(await openBytes('t.json', '{"k":[9007199254740993]}'), ['text']));
    expect(message).toBe(
      't.json: row 1, column 1: column "k": 9007199254740992 is an integer beyond 2^53, which is not exact as text',
    );
  });

  test('a line without end', async () => {
    const bytes = [Buffer.from('{"a":1}\n{"a":"'), ...Array(66).fill(Buffer.alloc(1024 * 1024, 'x'))];
    const { message } = await failure(async () => plain(await openBytes('t.ndjson', bytes)));
    expect(message).toBe('t.ndjson:2: a line longer than 64 MiB, the limit');
  });
});
