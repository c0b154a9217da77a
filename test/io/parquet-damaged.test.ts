import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Fault } from '../../src/io/fault.ts';
import { parquetDecoder } from '../../src/io/parquet/decode/decoder.ts';
import type { GroupPlan } from '../../src/io/parquet/protocol.ts';
import {
  type ColumnSpec,
  doubles,
  type FileSpec,
  ints,
  levels,
  OPTIONAL,
  type PageSpec,
  page,
  parquetFile,
  REPEATED,
  runs,
  struct,
  truth,
} from '../support/parquet.ts';
import { failure, openBytes, plain } from './read.ts';

const BODY = doubles(1, 2, 3);

/** One column, one page: what the test changes of them. */
const one = (column: Partial<ColumnSpec> & { page?: Partial<PageSpec> }, file: Partial<FileSpec> = {}): Buffer =>
  parquetFile({ columns: [{ pages: [page({ body: BODY, values: 3, ...column.page })], ...column }], ...file });

const whole = one({});
const cut = (end: number) => whole.subarray(0, end);
const put = (at: number, ...bytes: number[]) =>
  Buffer.concat([whole.subarray(0, at), Buffer.from(bytes), whole.subarray(at + bytes.length)]);

test('undamaged, they are read', async () => {
  expect(await plain(await openBytes('t.parquet', whole))).toEqual([[1, 2, 3]]);
});

test('a filter behind the last chunk may have any length', async () => {
  expect(await plain(await openBytes('t.parquet', one({ filter: 50 }, { between: Buffer.alloc(7) })))).toEqual([[1, 2, 3]]);
});

const INSIDE = 'column "x", row group 1, page at byte 5: ';
const damaged = (what: string) => `t.parquet: damaged Parquet data: ${what}`;

describe('damaged', () => {
  test.each<[name: string, bytes: Buffer, message: string | RegExp]>([
    ['cut in the trailer', cut(whole.length - 1), 't.parquet: is cut short or damaged: it does not end with PAR1'],
    ['cut in the pages', cut(20), 't.parquet: is cut short or damaged: it does not end with PAR1'],
    [
      'the magic only',
      Buffer.from('PAR1xxxxPAR1'),
      `t.parquet: is cut short or damaged: metadata of ${0x78787878} bytes in a file of 12`,
    ],
    [
      'nothing between',
      Buffer.from('PAR1PAR1 '),
      't.parquet: is cut short or damaged: a Parquet file has at least 12 bytes, this one 9',
    ],
    ['no metadata', Buffer.from('PAR1\0\0\0\0PAR1'), 't.parquet: is cut short or damaged: metadata of 0 bytes in a file of 12'],
    [
      'another beginning',
      Buffer.concat([whole.subarray(4), whole.subarray(4)]),
      't.parquet: is cut short or damaged: it does not begin with PAR1',
    ],
    ['encrypted metadata', put(whole.length - 4, ...Buffer.from('PARE')), 't.parquet: is encrypted Parquet, which is not read'],
    ['metadata that are zeros', put(whole.length - 20, ...new Array(12).fill(0)), /damaged Parquet data: metadata/],

    [
      'more rows in the file than in its groups',
      one({}, { fileRows: 4 }),
      damaged('row groups of 3 rows together, where 4 are declared'),
    ],
    ['negative rows', one({ values: -3 }, { rows: -3 }), damaged('num_rows is -3')],
    ['more values than rows', one({ values: 4 }), damaged('column "x", row group 1: 4 values, where the row group has 3 rows')],
    [
      'a chunk behind the data',
      one({ offset: 5000 }),
      /damaged Parquet data: a column chunk of \d+ bytes at byte 5000, where the data end at \d+$/,
    ],
    ['a chunk that is too long', one({ stored: 5000 }), /damaged Parquet data: a column chunk of 5000 bytes at byte 4, where/],
    [
      'bytes behind the last chunk',
      one({}, { between: Buffer.alloc(7) }),
      /: 7 bytes before the metadata, at byte \d+, that they do not list$/,
    ],
    [
      'bytes within a chunk, that push others out of it',
      Buffer.concat([whole.subarray(0, 30), Buffer.from('\r'), whole.subarray(30)]),
      /: 1 bytes before the metadata, at byte \d+, that they do not list$/,
    ],
    [
      'a type that is a text in one way and a number in the other',
      one({ type: 6, converted: 0, logical: struct({ 5: struct({}) }) }),
      damaged('column "x": a type that is UTF8 and DECIMAL at once'),
    ],
    [
      'a type of two units',
      one({ type: 2, converted: 9, logical: struct({ 8: struct({ 1: truth(true), 2: struct({ 2: struct({}) }) }) }) }),
      damaged('column "x": a type that is TIMESTAMP_MILLIS and TIMESTAMP at once'),
    ],
    ['a chunk in the magic', one({ offset: 0 }), damaged('a column chunk at byte 0, where another one ends at 4')],
    [
      'chunks that overlap',
      parquetFile({
        columns: [
          { name: 'x', pages: [page({ body: BODY, values: 3 })] },
          { name: 'y', pages: [page({ body: BODY, values: 3 })], offset: 10 },
        ],
      }),
      /damaged Parquet data: a column chunk at byte 10, where another one ends at \d+$/,
    ],
    ['row groups that share their bytes', one({}, { groups: 2, fileRows: 6 }), /a column chunk at byte 4, where another one ends/],
    ['a chunk of another column', one({ path: ['y'] }), damaged('column "x", row group 1: metadata of another column, "y"')],
    ['a chunk of another type', one({ chunkType: 4 }), damaged('column "x", row group 1: metadata of another column, "x"')],
    [
      'values in another file',
      one({ file: 'part-0.parquet' }),
      damaged('column "x", row group 1: values in another file, "part-0.parquet"'),
    ],
    ['a column without metadata', one({ meta: false }), damaged('column "x", row group 1: no metadata, or encrypted values')],
    ['a type that does not exist', one({ type: 99 }), damaged('a schema with a column that has no type, or is a group')],
    ['a group without its columns', one({}, { schema: [{ name: 'g', children: 5 }] }), damaged('a schema that is cut short')],

    ['a page longer than its chunk', one({ page: { stored: 500 } }), damaged(`${INSIDE}a page of 500 bytes, where 24 are left`)],
    [
      'a page larger than its column',
      one({ uncompressed: 20 }),
      damaged(`${INSIDE}a page of 24 bytes, where its column has 20 left`),
    ],
    ['a negative size', one({ page: { size: -24 } }), damaged(`${INSIDE}uncompressed_page_size is -24`)],
    [
      'a page of more values than the column',
      one({ page: { values: 4 } }),
      damaged(`${INSIDE}a page of 4 values, where 3 are left`),
    ],
    ['a page of fewer values', one({ page: { values: 2 } }), damaged(`${INSIDE}24 bytes, where its 2 values take 16`)],
    ['too few pages', one({ page: { values: 2, body: doubles(1, 2) } }), /page at byte \d+: 1 values less than declared$/],
    [
      'bytes behind the last page',
      one({ pages: [page({ body: BODY, values: 3 }), Buffer.from('garbage')] }),
      damaged(`${INSIDE}7 bytes that belong to no page`),
    ],
    ['a wrong checksum', one({ page: { crc: 1 } }), damaged(`${INSIDE}a page whose checksum does not match`)],
    ['a page of no known type', one({ page: { type: 7 } }), damaged(`${INSIDE}a page of the type undefined`)],
    ['an index page', one({ page: { type: 1 } }), damaged(`${INSIDE}a page of the type INDEX_PAGE`)],
    [
      'an encoding that does not exist',
      one({ page: { encoding: 77 } }),
      't.parquet: column "x" holds DOUBLE values in an unknown encoding, which is not read',
    ],
    [
      'indices without a dictionary',
      one({ page: { encoding: 8 } }),
      damaged(`${INSIDE}a page that needs a dictionary, where there is none`),
    ],
    [
      'an index outside its dictionary',
      one({
        pages: [
          page({ type: 2, body: doubles(0.5), values: 1 }),
          page({ body: Buffer.concat([Buffer.from([1]), runs(0, 1, 0)]), values: 3, encoding: 8 }),
        ],
      }),
      /an index outside its dictionary of 1 values$/,
    ],
    [
      'a level above the highest',
      one({ repetition: OPTIONAL, page: { body: Buffer.concat([levels(1, 1, 3), doubles(1, 2)]) } }),
      /a run of a value with more than 1 bits$/,
    ],
    [
      'levels that are cut short',
      one({ repetition: OPTIONAL, page: { body: Buffer.concat([levels(1, 1), doubles(1, 2)]) } }),
      damaged(`${INSIDE}levels or indices that are cut short`),
    ],
    [
      'levels longer than their page',
      one({ repetition: OPTIONAL, page: { body: ints(500) } }),
      damaged(`${INSIDE}levels or runs that are cut short`),
    ],
    [
      'levels of an old encoding',
      one({ repetition: OPTIONAL, page: { levels: 4, body: Buffer.concat([Buffer.from([7]), BODY]) } }),
      't.parquet: column "x" holds levels in BIT_PACKED, which is not read',
    ],
    ['a list that goes on where none began', listed([0, 0, 1], [1, 0, 1]), /a list that goes on where none began$/],
    [
      'a page that begins inside a list',
      listed([1, 0, 0], [1, 1, 1]),
      damaged('column "v", row group 1, page at byte 5: a page that begins inside a list'),
    ],
    [
      'fewer lists than rows',
      listed([0, 1, 1], [1, 1, 1]),
      damaged('column "v", row group 1, page at byte 5: 1 rows less than declared'),
    ],
    [
      'a text longer than its page',
      one({ type: 6, page: { body: Buffer.concat([ints(1), Buffer.from('a'), ints(500), Buffer.from('b'), ints(0)]) } }),
      damaged(`${INSIDE}a text that does not fit`),
    ],
    [
      'text that is not UTF-8',
      one({ type: 6, page: { body: Buffer.concat([ints(1), Buffer.from([0xff]), ints(0), ints(0)]) } }),
      damaged(`${INSIDE}text that is not valid UTF-8`),
    ],
    [
      'values of a length that is not theirs',
      one({ type: 7, length: 16, converted: 5, page: { body: BODY } }),
      damaged(`${INSIDE}24 bytes, where its 3 values take 48`),
    ],
    [
      'nulls that are not as many as declared',
      one({
        repetition: OPTIONAL,
        page: {
          type: 3,
          body: Buffer.concat([runs(1, 0, 1), doubles(1, 2)]),
          second: { nulls: 0, rows: 3, defined: 6, repeated: 0 },
        },
      }),
      damaged(`${INSIDE}1 missing values, where 0 are declared`),
    ],
    [
      'levels longer than a page of the second version',
      one({ repetition: OPTIONAL, page: { type: 3, second: { nulls: 0, rows: 3, defined: 600, repeated: 0 } } }),
      damaged(`${INSIDE}levels that do not fit into their page`),
    ],
  ])('%s', async (_, bytes, message) => {
    const got = await failure(async () => plain(await openBytes('t.parquet', bytes)));
    if (message instanceof RegExp) expect(got.message).toMatch(message);
    else expect(got.message).toBe(message);
    expect(got.hint).toBeDefined();
  });
});

function listed(repeated: number[], defined: number[]): Buffer {
  const body = Buffer.concat([levels(...repeated), levels(...defined), doubles(...defined.filter((level) => level === 1))]);
  const schema = [{ name: 'v', type: 5, repetition: REPEATED }];
  return parquetFile({ columns: [{ path: ['v'], values: 3, pages: [page({ body, values: 3 })] }], schema, rows: 2 });
}

describe('mutations', () => {
  const FOLDER = join(import.meta.dirname, '../../fixtures/formats/parquet');
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.parquet'));

  /** All columns as cells, decoded in this thread: a crash or a hang would be one of the tests. */
  function decode(bytes: Buffer, lends: boolean): void {
    const own = (from: number, length: number) => new Uint8Array(bytes.subarray(from, from + length)).buffer;
    const ask = <T>(operation: string, request: unknown) => {
      const work = operations[operation] as (request: unknown) => { value: unknown };
      return work(request).value as T;
    };
    const operations = parquetDecoder();
    const length = bytes.readUInt32LE(bytes.length - 8) + 8;
    const opening = { footer: own(bytes.length - length, length), size: bytes.length };
    const { columns } = ask<{ columns: string[] }>('open', opening);
    for (let column = 0; column < columns.length; column++) {
      for (const as of ['number', 'cells']) {
        const plans = ask<readonly GroupPlan[]>('plan', { choices: [{ column, as }], lends });
        for (const [group, { rows, ranges }] of plans.entries()) {
          if (rows === 0) continue;
          ask('group', { group, chunks: ranges.map(([from, size]) => new Uint8Array(own(from, size))) });
          ask('take', rows);
        }
      }
    }
  }

  test('end with an error or a table, in no time', () => {
    let seed = 20260101;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * below);
    };
    const said = new Set<string>();
    let read = 0;
    for (let k = 0; k < 1500; k++) {
      const bytes = readFileSync(join(FOLDER, names[k % names.length] as string));
      const footer = bytes.length - 8 - bytes.readUInt32LE(bytes.length - 8);
      const [from, to] = k % 2 === 0 ? [4, footer] : [footer, bytes.length - 8];
      for (let changes = random(4); changes >= 0; changes--)
        bytes[from + random(to - from)] = [0, 255, 127, 128, random(256)][random(5)] as number;
      const begin = performance.now();
      try {
        decode(bytes, k % 4 < 2);
        read++;
      } catch (error) {
        if (!(error instanceof Fault)) expect(error, String((error as Error).stack)).toBeInstanceOf(Error);
        expect(String(error)).not.toMatch(/TypeError|is not a function|Cannot read prop/);
        said.add((error as Error).message.replace(/\d+/g, '0'));
      }
      expect(performance.now() - begin).toBeLessThan(2000);
    }
    expect(read).toBeGreaterThan(100);
    expect(said.size).toBeGreaterThan(50);
  });
});
