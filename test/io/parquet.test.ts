import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ByteReader, memoryBytes } from '../../src/io/bytes/reader.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { openParquet } from '../../src/io/parquet/table.ts';
import { doubles, ints, page, parquetFile } from '../support/parquet.ts';
import { column, FOLDER, fixture, path, read } from './parquet-read.ts';
import { batches, failure, openBytes, plain } from './read.ts';

describe('types', () => {
  const TYPES: readonly (readonly [name: string, numbers: readonly number[] | RegExp, texts: readonly string[], array?: string])[] =
    [
      ['float32', [1.5, -0, NaN, Infinity], ['1.5', '0', '', 'Infinity'], 'Float64Array'],
      ['float16', [1, -0, 2 ** -24, -Infinity], ['1', '0', '5.960464477539063e-8', '-Infinity'], 'Float64Array'],
      ['int8', [-128, 127, 0, NaN], ['-128', '127', '0', ''], 'Float64Array'],
      ['int16', [-32768, 32767, 0, NaN], ['-32768', '32767', '0', '']],
      ['int32', [-(2 ** 31), 2 ** 31 - 1, 0, 1], ['-2147483648', '2147483647', '0', '1'], 'Int32Array'],
      ['uint8', [0, 255, 1, NaN], ['0', '255', '1', '']],
      ['uint16', [0, 65535, 1, NaN], ['0', '65535', '1', '']],
      ['uint32', [0, 2 ** 32 - 1, 1, NaN], ['0', '4294967295', '1', '']],
      [
        'int64',
        /row 1, column 9: column "int64": 9223372036854775807 is an integer beyond 2\^53/,
        ['9223372036854775807', '-9223372036854775808', '0', ''],
      ],
      [
        'uint64',
        /row 1, column 10: column "uint64": 18446744073709551615 is/,
        ['18446744073709551615', '0', '9007199254740993', ''],
      ],
      ['decimal9', [123.45, -0.05, 0, 1], ['123.45', '-0.05', '0.00', '1.00']],
      ['decimal18', [123456789012.345678, -0.000001, 0, 1], ['123456789012.345678', '-0.000001', '0.000000', '1.000000']],
      [
        'decimal38',
        [-1234567890123456789012345678.9012345678, 1e-10, 0, 1.5],
        ['-1234567890123456789012345678.9012345678', '0.0000000001', '0.0000000000', '1.5000000000'],
      ],
      ['date', /column "date" holds dates, which are not numbers/, ['2024-02-29', '1969-12-31', '', '0001-01-01']],
      [
        'ms',
        /column "ms" holds timestamps, which are not numbers/,
        ['2024-02-29T12:34:56.25Z', '1969-12-31T23:59:59.999Z', '1970-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z'],
      ],
      [
        'us',
        /timestamps/,
        ['2024-02-29T12:34:56.25', '1969-12-31T23:59:59.999999', '1970-01-01T00:00:00', '1970-01-01T00:00:00.000001'],
      ],
      [
        'ns',
        /timestamps/,
        ['2024-02-29T12:34:56.25', '1969-12-31T23:59:59.999999999', '1970-01-01T00:00:00', '1970-01-01T00:00:00.000000001'],
      ],
      ['time', /holds times/, ['00:00:00', '00:00:00.001', '12:00:00.5', '23:59:59.999']],
      ['category', /"b" is not a number/, ['b', 'a', '', 'b']],
      ['binary', /"bytes" is not a number/, ['bytes', 'é', '', '']],
      ['nothing', [NaN, NaN, NaN, NaN], ['', '', '', '']],
    ];
  const numeric = TYPES.filter(([, numbers]) => !(numbers instanceof RegExp));

  test.each(['types', 'types-v2'])('of %s as text', async (file) => {
    const got = await read(
      file,
      'text',
      TYPES.map(([name]) => name),
    );
    for (const [name, , texts] of TYPES) expect([name, got.get(name)?.values]).toEqual([name, texts]);
  });

  test.each(['types', 'types-v2'])('of %s as numbers', async (file) => {
    const got = await read(
      file,
      'number',
      numeric.map(([name]) => name),
    );
    for (const [name, numbers, , array] of numeric) {
      expect([name, got.get(name)?.values]).toEqual([name, numbers]);
      if (array) expect([name, got.get(name)?.array]).toEqual([name, array]);
    }
  });

  test.each(TYPES.flatMap(([name, message]) => (message instanceof RegExp ? [[name, message] as const] : [])))(
    '%s is no number',
    async (name, message) => {
      expect((await failure(() => column('types', name))).message).toMatch(message);
    },
  );

  test('that are split into their bytes', async () => {
    expect((await column('types-split', 'float32')).values).toEqual([1.5, -0, NaN, Infinity]);
    expect((await column('types-split', 'float16')).values).toEqual([1, -0, 2 ** -24, -Infinity]);
    expect((await column('types-split', 'int32')).values).toEqual([-(2 ** 31), 2 ** 31 - 1, 0, 1]);
    expect((await column('types-split', 'int64', 'text')).values).toEqual(['9223372036854775807', '-9223372036854775808', '0', '']);
    expect((await column('types-split', 'decimal38')).values).toEqual([-1234567890123456789012345678.9012345678, 1e-10, 0, 1.5]);
  });

  test('that are not read, by name', async () => {
    expect(await failure(() => column('types', 'bytes2'))).toEqual({
      message: `${path('types')}: column "bytes2": values of the type FIXED_LEN_BYTE_ARRAY are not read`,
      hint: 'convert the column to numbers or text when you write it',
    });
    for (const [name, what] of [
      ['structs', 'a list of structs'],
      ['map', 'a map'],
    ] as const) {
      expect((await failure(() => column('structs', name))).message).toBe(
        `${path('structs')}: column "${name}" holds ${what}, which is not read`,
      );
    }
  });

  test('timestamps of 96 bits, as Impala and old Spark wrote them', async () => {
    const body = Buffer.alloc(24);
    body.writeBigInt64LE(45_296_000_000_001n, 0); // 12:34:56.000000001
    body.writeInt32LE(2_440_588 + 19_782, 8);
    body.writeInt32LE(2_440_588, 20);
    const bytes = parquetFile({ columns: [{ type: 3, pages: [page({ body, values: 2 })] }], rows: 2 });
    expect(await plain(await openBytes('t.parquet', bytes), ['text'])).toEqual([
      ['2024-02-29T12:34:56.000000001', '1970-01-01T00:00:00'],
    ]);
    expect((await failure(async () => plain(await openBytes('t.parquet', bytes)))).message).toMatch(/holds timestamps/);
  });

  test('labels apply to text, booleans and numbers', async () => {
    const labels = new Map([
      ['b', 1],
      ['a', 0],
      ['127', 30],
      ['true', 1],
      ['false', 0],
    ]);
    expect((await column('types', 'category', { as: 'number', labels })).values).toEqual([1, 0, NaN, 1]);
    expect((await column('types', 'int8', { as: 'number', labels })).values).toEqual([-128, 30, 0, NaN]);
    expect((await column('many-delta', 'flag', { as: 'number', labels })).values.slice(0, 4)).toEqual([NaN, 0, 1, NaN]);
  });
});

describe('encodings', () => {
  const many = JSON.parse(readFileSync(join(FOLDER, 'many.json'), 'utf8')) as Record<string, unknown[]>;

  test.each(['many-delta', 'many-dictionary', 'many-lengths'])('of many values: %s', async (name) => {
    const table = await fixture(name);
    await table.close();
    const texts: readonly string[] = table.columns.filter((each) => each === 'text' || each === 'flag');
    const numbers = table.columns.filter((each) => !texts.includes(each));
    for (const batchRows of [7, 1000]) {
      const got = new Map([...(await read(name, 'text', texts, batchRows)), ...(await read(name, 'number', numbers, batchRows))]);
      for (const each of table.columns) expect([each, got.get(each)?.values]).toEqual([each, many[each]]);
    }
  });

  test('integers and indices of more than 24 bits', async () => {
    const indices = Buffer.concat([Buffer.from([32, 3]), ints(1, 0, 1, 0, 0, 0, 0, 0)]); // eight of them, bit-packed
    const dictionary = page({ type: 2, body: doubles(0.5, 1.5), values: 2 });
    const data = page({ body: indices, values: 3, encoding: 8 });
    const bytes = parquetFile({ columns: [{ pages: [dictionary, data], dictionary: 0 }] });
    expect(await plain(await openBytes('t.parquet', bytes))).toEqual([[1.5, 0.5, 1.5]]);
  });

  test('a long column of one value streams, however small the file', async () => {
    const rows = 5_000_000;
    const run = Buffer.concat([Buffer.from([1]), Buffer.from([0x80, 0xad, 0xe2, 0x04]), Buffer.from([0])]); // a run of 5,000,000
    const dictionary = page({ type: 2, body: doubles(0.25), values: 1 });
    const bytes = parquetFile({ columns: [{ pages: [dictionary, page({ body: run, values: rows, encoding: 8 })] }], rows });
    expect(bytes.length).toBeLessThan(250);
    const table = await openBytes('t.parquet', bytes);
    let seen = 0;
    for await (const batch of table.read([{ column: 0, as: 'number' }], { batchRows: 8000 })) {
      expect(batch.rows).toBeLessThanOrEqual(8000);
      seen += batch.rows;
    }
    await table.close();
    expect(seen).toBe(rows);
  });
});

describe('files', () => {
  test('of pandas have their index as a column', async () => {
    const table = await fixture('pandas');
    await table.close();
    expect(table.columns).toEqual(['target', 'pred', 'split', '__index_level_0__']);
    expect((await column('pandas', '__index_level_0__')).values).toEqual([5, 2, 9, 1]);
  });

  test.each([
    ['no-rows', ['x', 'n']],
    ['no-groups', ['x']],
  ])('without rows: %s', async (name, columns) => {
    const table = await fixture(name);
    expect(table.columns).toEqual(columns);
    expect(await batches(table)).toEqual([]);
  });

  test('with two columns of one name', async () => {
    expect(await plain(await fixture('same-names'))).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
  });

  test('are read where they lie: of the columns only the wanted one', async () => {
    const bytes = readFileSync(path('types'));
    const ranges: [number, number][] = [];
    let verified = 0;
    const random = async () => ({
      size: bytes.length,
      async read(offset: number, length: number) {
        ranges.push([offset, length]);
        return bytes.subarray(offset, offset + length);
      },
      async verify() {
        verified++;
      },
    });
    const table = await openParquet({
      name: 't.parquet',
      bytes: new ByteReader(memoryBytes(bytes)),
      file: null,
      random,
      format: 'parquet',
      guessed: false,
      header: true,
      delimiter: undefined,
      lenientJson: false,
      limits: DEFAULT_LIMITS,
    });
    const opened = ranges.splice(0);
    const footer = bytes.readUInt32LE(bytes.length - 8) + 8;
    expect(opened).toEqual([
      [0, 4],
      [bytes.length - 8, 8],
      [bytes.length - footer, footer],
    ]);
    for await (const _ of table.read([{ column: 4, as: 'number' }], { batchRows: 2 }));
    await table.close();
    expect(ranges).toHaveLength(1);
    expect(ranges[0]?.[1]).toBeLessThan(200);
    expect(verified).toBe(1);
  });

  test('with checksums of their pages', async () => {
    const pages = [page({ body: doubles(1, 2, 3), values: 3, crc: true })];
    expect(await plain(await openBytes('t.parquet', parquetFile({ columns: [{ pages }] })))).toEqual([[1, 2, 3]]);
  });
});
