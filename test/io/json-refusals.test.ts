import { describe, expect, test } from 'vitest';
import { parseLimits } from '../../src/io/limits.ts';
import { failure, openBytes, plain } from './read.ts';

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
    't.json: JSON nested deeper than 256 levels, the limit',
    'if that is meant, raise the limit: --limit depth=512',
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
];

describe('refuses', () => {
  test('objects nested too deep', async () => {
    const deep = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`;
    const message = 'JSON nested deeper than 256 levels, the limit';
    expect((await failure(() => openBytes('t.ndjson', `\n${deep}\n`))).message).toBe(`t.ndjson:2: ${message}`);
    expect((await failure(() => openBytes('t.json', `[${deep}]`))).message).toBe(`t.json: ${message}`);
  });

  test.each(BAD)('%s', async (_, name, json, message, hint) => {
    expect(await failure(async () => plain(await openBytes(name, json)))).toEqual({ message, hint });
  });

  test('as text, an integer beyond 2^53 whose digits are not written out', async () => {
    const { message } = await failure(async () => plain(await openBytes('t.json', '{"k":[1e20]}'), ['text']));
    expect(message).toBe(
      't.json: row 1, column 1: column "k": 100000000000000000000 is an integer beyond 2^53, which is not exact as text',
    );
  });

  test.each([
    ['a key twice', '{"a":[1],"b":[2],"a":[3]}', 'the key "a" stands twice in one object'],
    ['a key twice, spelled in two ways', '[{"a":1,"\\u0061":2}]', 'the key "a" stands twice in one object'],
    ['a key twice, deep inside', '[{"a":{"b":[{"c":1,"c":1}]}}]', 'the key "c" stands twice in one object'],
    ['a key twice, the second one dangerous', '[{"__proto__":1,"__proto__":2}]', 'the key "__proto__" stands twice in one object'],
    ['a number for a key', '{9007199254740993:[1]}', "is not valid JSON at column 2: Expected property name or '}'"],
    ['a long integer with a zero before it', '[00012345678901234567]', 'is not valid JSON at column 3: Unexpected number'],
    ['NaN in a place where no value is', '{NaN:[1]}', "is not valid JSON at column 2: Expected property name or '}'"],
  ])('%s', async (_, json, message) => {
    expect((await failure(async () => plain(await openBytes('t.json', json)))).message).toBe(`t.json: ${message}`);
  });

  test.each([
    ['{"c":[{"p":1}]}\n\n{"c":[{"p":2},{"p":3}]}\n', 't.ndjson:3: the list "c" has 2 elements, and 1 in the first record'],
    [
      '{"c":{"d":[["a",1]]}}\n{"c":{"d":[["a",1],["b",2]]}}\n',
      't.ndjson:2: the list "c.d" has 2 elements, and 1 in the first record',
    ],
  ])('a list longer than that of the first record, which gave the columns: %j', async (text, message) => {
    const table = await openBytes('t.ndjson', text);
    const kinds = table.columns.map(() => 'text' as const);
    expect((await failure(() => plain(table, kinds))).message).toBe(message);
  });

  test('more columns than a table may have', async () => {
    const record = JSON.stringify(Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`c${k}`, k])));
    const options = { limits: parseLimits('columns=8') };
    const hint = 'if that is meant, raise the limit: --limit columns=16';
    expect(await failure(() => openBytes('t.ndjson', `${record}\n`, options))).toEqual({
      message: 't.ndjson:1: more than 8 columns, the limit',
      hint,
    });
    for (const json of [`[${record}]`, '[[1,2,3,4,5,6,7,8,9]]', `{"columns":[1,2,3,4,5,6,7,8,9],"data":[]}`]) {
      expect(await failure(() => openBytes('t.json', json, options))).toEqual({
        message: 't.json: more than 8 columns, the limit',
        hint,
      });
    }
    expect((await openBytes('t.ndjson', record, { limits: parseLimits('columns=9') })).columns).toHaveLength(9);
  });

  test('other JSON under the name of COCO annotations', async () => {
    expect(await failure(() => openBytes('t.json', '[{"image_id":1}]', { format: 'coco' }))).toEqual({
      message: 't.json: holds no COCO annotations: an object with the lists images and annotations',
      hint: 'COCO results, a list of records, are read as json',
    });
  });

  test('what Python writes for NaN, and says which flag reads it', async () => {
    const hint = 'read them all the same, NaN as a missing value: --lenient-json';
    const message = 'is not valid JSON: NaN and Infinity, which Python writes, are not part of it';
    expect(await failure(() => openBytes('t.json', '[NaN]'))).toEqual({ message: `t.json: ${message}`, hint });
    expect(await failure(async () => plain(await openBytes('t.ndjson', '{"a":1}\n{"a":-Infinity}\n')))).toEqual({
      message: `t.ndjson:2: ${message}`,
      hint,
    });
  });

  test('a line without end', async () => {
    const bytes = [Buffer.from('{"a":1}\n{"a":"'), ...Array(66).fill(Buffer.alloc(1024 * 1024, 'x'))];
    const { message } = await failure(async () => plain(await openBytes('t.ndjson', bytes)));
    expect(message).toBe('t.ndjson:2: a line longer than 64 MiB, the limit');
  });
});
