/** Parquet files whose few bytes stand for many: decompressors and memory. */
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { doubles, ints, page, parquetFile, REPEATED } from '../support/parquet.ts';
import { failure, openBytes, plain } from './read.ts';

const BODY = doubles(1, 2, 3);
const SNAPPY = 1;
const GZIP = 2;
const ZSTD = 6;
const LZ4_RAW = 7;

describe('compressed', () => {
  const packed = (codec: number, body: Uint8Array, size = 24) =>
    parquetFile({ columns: [{ codec, pages: [page({ body, size, values: 3 })] }] });

  test.each<[name: string, bytes: Buffer, message: string]>([
    [
      'a snappy literal of negative length',
      packed(SNAPPY, Buffer.from([24, 0xfc, 0xfa, 0xff, 0xff, 0xff, 0])),
      'compressed data that is cut short',
    ],
    [
      'snappy that says another length',
      packed(SNAPPY, Buffer.from([23, 0, 0])),
      'compressed data of 23 bytes, where 24 are declared',
    ],
    [
      'snappy that points before its beginning',
      packed(SNAPPY, Buffer.from([24, 0x00, 65, 0x01, 9])),
      'compressed data that points outside itself',
    ],
    ['snappy that gives less', packed(SNAPPY, Buffer.from([24, 0x00, 65])), '1 bytes after decompression, where 24 are declared'],
    [
      'more than snappy can hold',
      packed(SNAPPY, Buffer.from([24, 0x00, 65]), 10_000),
      '3 bytes that SNAPPY cannot have made of 10000',
    ],
    [
      'gzip with a wrong checksum',
      packed(GZIP, Buffer.concat([gzipSync(BODY).subarray(0, -8), ints(1, 24)])),
      'incorrect data check',
    ],
    ['gzip that is cut short', packed(GZIP, gzipSync(BODY).subarray(0, -9)), 'unexpected end of file'],
    ['gzip that gives more', packed(GZIP, gzipSync(Buffer.alloc(25))), 'Cannot create a Buffer larger than 24 bytes'],
    ['gzip without a frame', packed(GZIP, deflateRawSync(BODY)), 'incorrect header check'],
    ['zstd of another kind', packed(ZSTD, Buffer.alloc(20)), 'compressed data that is not zstd'],
    ['LZ4 that gives less', packed(LZ4_RAW, Buffer.from([0x10, 65])), '1 bytes after decompression, where 24 are declared'],
    [
      'LZ4 that points before its beginning',
      packed(LZ4_RAW, Buffer.from([0x10, 65, 9, 0, 0x00])),
      'an LZ4 block that points outside itself',
    ],
    ['LZ4 that is cut short', packed(LZ4_RAW, Buffer.from([0xf0, 255])), 'an LZ4 block that is cut short'],
  ])('%s', async (_, bytes, message) => {
    const got = await failure(async () => plain(await openBytes('t.parquet', bytes)));
    expect(got.message).toBe(`t.parquet: damaged Parquet data: column "x", row group 1, page at byte 5: ${message}`);
  });

  test('what is larger than a page may be, or compressed with something else, says so', async () => {
    const large = parquetFile({
      columns: [{ codec: ZSTD, uncompressed: 2 ** 30, pages: [page({ body: Buffer.alloc(9), size: 2 ** 29, values: 3 })] }],
    });
    expect((await failure(async () => plain(await openBytes('t.parquet', large)))).message).toBe(
      't.parquet: column "x" has a page of 536870912 bytes, made of 9: more than the 134217728 that are read at once',
    );
    expect(await failure(async () => plain(await openBytes('t.parquet', packed(3, BODY))))).toEqual({
      message: 't.parquet: column "x" is compressed with LZO, which is not read',
      hint: "write it with another compression: df.to_parquet(path, compression='zstd')",
    });
  });

  test('a page that declares a billion values does not make room for them', async () => {
    const rows = 2 ** 30;
    const bytes = parquetFile({
      columns: [{ pages: [page({ values: rows, encoding: 8, body: Buffer.from([1, 0x80, 0x80, 0x80, 0x80, 8, 0]) })] }],
      rows,
    });
    expect((await failure(async () => plain(await openBytes('t.parquet', bytes)))).message).toBe(
      't.parquet: column "x" has a page of 1073741824 values, more than the 33554432 that are read at once',
    );
  });
});

describe('more than the memory is for', () => {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);
  /** So many times the same level or index. */
  const run = (count: number, value: number) => Buffer.from([...varint(2 * count), value]);
  const prefixed = (bytes: Buffer) => Buffer.concat([ints(bytes.length), bytes]);
  const dictionary = (body: Buffer) => page({ type: 2, body, values: 1 });
  const texts = (bytes: number) => Buffer.concat([ints(bytes), Buffer.alloc(bytes, 'x')]);
  const BYTE_ARRAY = 6;

  const ROWS = 2 ** 25;
  const constant = (name: string) => ({
    name,
    pages: [dictionary(doubles(1)), page({ body: Buffer.concat([Buffer.from([1]), run(ROWS, 0)]), values: ROWS, encoding: 8 })],
  });
  /** One row, a list of the same text. */
  const listed = (entries: number, bytes: number) => {
    const levels = [prefixed(Buffer.concat([run(1, 0), run(entries - 1, 1)])), prefixed(run(entries, 1))];
    const body = Buffer.concat([...levels, Buffer.from([1]), run(entries, 0)]);
    const pages = [dictionary(texts(bytes)), page({ body, values: entries, encoding: 8 })];
    const schema = [{ name: 'v', type: BYTE_ARRAY, repetition: REPEATED }];
    return parquetFile({ columns: [{ type: BYTE_ARRAY, path: ['v'], values: entries, pages }], schema, rows: 1 });
  };

  test.each<[name: string, bytes: () => Buffer, message: string]>([
    [
      'pages of several columns, each of few bytes',
      () => parquetFile({ columns: ['a', 'b', 'c'].map(constant), rows: ROWS }),
      'column "b" needs more than 1024 MiB for pages that are decoded at the same time',
    ],
    [
      'metadata',
      () => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(65 * 2 ** 20), ints(65 * 2 ** 20), Buffer.from('PAR1')]),
      'has metadata of 68157440 bytes, more than the 67108864 that are read',
    ],
    [
      'one text',
      () =>
        parquetFile({
          columns: [{ type: BYTE_ARRAY, uncompressed: 2 ** 30, pages: [page({ body: texts(5_000_000), values: 1 })] }],
          rows: 1,
        }),
      'column "x" has a text of 5000000 bytes, more than the 4194304 of a value',
    ],
    [
      'a list',
      () => listed(2 ** 22 + 1, 1),
      'column "v" has 4194305 values one behind the other in lists that are not all numbers and of one length',
    ],
    [
      'the texts of a list',
      () => listed(2 ** 20, 100),
      'column "v" has more than 33554432 characters of text in rows that are read at once',
    ],
  ])('%s', async (_, bytes, message) => {
    const got = await failure(async () => plain(await openBytes('t.parquet', bytes()), ['text', 'text', 'text']));
    expect(got.message).toBe(`t.parquet: ${message}`);
    expect(got.hint).toBeDefined();
  });

  test('a text of the dictionary is there once, however many rows have it', async () => {
    const rows = 1_000_000;
    const pages = [
      dictionary(texts(1_000)),
      page({ body: Buffer.concat([Buffer.from([1]), run(rows, 0)]), values: rows, encoding: 8 }),
    ];
    const table = await openBytes('t.parquet', parquetFile({ columns: [{ type: BYTE_ARRAY, pages }], rows }));
    let seen = 0;
    for await (const { columns } of table.read([{ column: 0, as: 'text' }], { batchRows: 8192 }))
      seen += columns[0]?.values.length ?? 0;
    await table.close();
    expect(seen).toBe(rows);
  });
});
