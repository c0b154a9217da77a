import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { zstdFrame } from '../support/zstd.ts';
import { compressedIpc } from './arrow-write.ts';
import { type Kind, numbers, openBytes, whole } from './read.ts';

/** One table in every format must give the same bits, in batches of any size. */
const x = [0.1, 5e-324, null, -0, 1e308, 0.30000000000000004, 123456789.12345678, -2.2250738585072014e-308, 1 / 3];
const n = [0, 1, -1, 2147483647, -2147483648, 7, null, 9007199254740991, -9007199254740992];
const text = ['plain', 'comma, "quoted"', 'two\nlines', 'two\r\nlines', 'é 漢字 😀', '', '010', ' padded ', '__proto__'];
const flag = [true, false, true, true, false, false, true, null, false];
const vec = [[1, 2], [0.1, null], null, [-0, 5e-324], [1e308, -1e308], [0.30000000000000004, 3], [4, 5], [6, 7], [8, 9]];
const rows = x.length;

const columns = ['x', 'n', 'text', 'flag', 'vec'];
const labels = new Map([
  ['true', 1],
  ['false', 0],
]);
const kinds: readonly Kind[] = ['number', 'number', 'text', { as: 'number', labels }, 'number'];
const expected = [
  numbers(x),
  numbers(n),
  text,
  numbers(flag.map((value) => (value === null ? null : Number(value)))),
  numbers(
    vec.flatMap((value) => value ?? [null, null]),
    2,
  ),
];

const record = (i: number) => ({ x: x[i], n: n[i], text: text[i], flag: flag[i], vec: vec[i] });
const list = <T>(cell: (i: number) => T) => Array.from({ length: rows }, (_, i) => cell(i));

/** JSON.stringify writes -0 as 0. */
function json(value: unknown): string {
  if (Object.is(value, -0)) return '-0';
  if (Array.isArray(value)) return `[${value.map(json).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}:${json(inner)}`)
    .join(',')}}`;
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cell = (value: number | boolean | null | undefined) =>
  value === null || value === undefined ? '' : Object.is(value, -0) ? '-0' : String(value);

function delimited(delimiter: string, newline: string, between: string): string {
  const line = (i: number) => {
    const v = vec[i];
    const vector = v ? quoted(`[${v.map((e) => (e === null ? 'nan' : cell(e))).join(between)}]`) : '';
    return [cell(x[i]), cell(n[i]), quoted(text[i] as string), cell(flag[i]), vector].join(delimiter);
  };
  return [columns.join(delimiter), ...list(line)].join(newline) + newline;
}

function arrowTable(): arrow.Table {
  const item = new arrow.Field('item', new arrow.Float64(), true);
  return new arrow.Table({
    x: arrow.vectorFromArray(x, new arrow.Float64()),
    n: arrow.vectorFromArray(
      n.map((value) => (value === null ? null : BigInt(value))),
      new arrow.Int64(),
    ),
    text: arrow.vectorFromArray(text, new arrow.Utf8()),
    flag: arrow.vectorFromArray(flag, new arrow.Bool()),
    vec: arrow.vectorFromArray(vec, new arrow.List(item)),
  });
}

const FORMATS = join(import.meta.dirname, '../../fixtures/formats');

const files: Record<string, () => string | Uint8Array> = {
  'table.csv': () => delimited(',', '\n', ', '),
  'crlf.csv': () => `\uFEFF${delimited(',', '\r\n', ' ')}`,
  'semicolon.csv': () => delimited(';', '\n', '\n'),
  'table.tsv': () => delimited('\t', '\r', ', ').trimEnd(),
  'records.json': () => json(list(record)),
  'split.json': () => json({ columns, index: list((i) => i), data: list((i) => [x[i], n[i], text[i], flag[i], vec[i]]) }),
  'lists.json': () => json({ x, n, text, flag, vec }),
  'columns.json': () => json(Object.fromEntries(Object.entries({ x, n, text, flag, vec }).map(([key, all]) => [key, { ...all }]))),
  'index.json': () => json({ ...list(record) }),
  'wide.txt': () => Buffer.from(`\uFEFF${delimited('\t', '\r\n', ', ')}`, 'utf16le'),
  'table.ndjson': () => list((i) => json(record(i))).join('\n'),
  'table.arrow': () => arrow.tableToIPC(arrowTable(), 'file'),
  'stream.arrows': () => arrow.tableToIPC(arrowTable(), 'stream'),
  'lz4.arrow': () => compressedIpc(arrowTable().batches, 'file'),
  'lz4.arrows': () => compressedIpc(arrowTable().batches, 'stream'),
  'table.parquet': () => readFileSync(join(FORMATS, 'parquet/table-rust-pages.parquet')),
};

describe.each(Object.keys(files))('%s', (name) => {
  const bytes = Buffer.from((files[name] as () => Uint8Array)());
  test.each([1, 2, 7, 1000])('in batches of %i rows', async (batchRows) => {
    for (const [path, content] of [
      [name, bytes],
      [`${name}.gz`, gzipSync(bytes)],
      [`${name}.zst`, zstdFrame(bytes, { blockBytes: 100 })],
    ] as const) {
      const got = await whole(await openBytes(path, content), kinds, batchRows);
      expect(got.columns).toEqual(columns);
      expect(got.cells).toEqual(expected);
    }
  });

  test('byte by byte', async () => {
    const got = await whole(
      await openBytes(
        name,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
      kinds,
    );
    expect(got.cells).toEqual(expected);
  });
});

/** Written by make_parquet.js and make_arrow.js with the libraries of others: this table in every compression. */
const written = ['parquet', 'arrow'].flatMap((folder) => readdirSync(join(FORMATS, folder)).map((name) => join(folder, name)));

test.each(written.filter((path) => path.includes('/table-')))('%s', async (path) => {
  const got = await whole(await openBytes(path, readFileSync(join(FORMATS, path))), kinds, 2);
  expect(got).toMatchObject({ columns, cells: expected });
});
