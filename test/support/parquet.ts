/**
 * Parquet files made by hand: what no program writes any more, or would ever write. Every number of the metadata and of a page's
 * header can be a lie.
 */
import { crc32 } from 'node:zlib';

/* ------------------------------------------------------------------------------- Thrift's compact protocol */

interface Thrift {
  readonly type: number;
  readonly bytes: Buffer;
}

function varint(value: number | bigint): Buffer {
  const bytes: number[] = [];
  let left = BigInt(value);
  for (; left >= 128n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}

const zigzag = (value: number | bigint) => varint(BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n)));

export const i32 = (value: number): Thrift => ({ type: 5, bytes: zigzag(value) });
export const i64 = (value: number | bigint): Thrift => ({ type: 6, bytes: zigzag(value) });
export const truth = (value: boolean): Thrift => ({ type: value ? 1 : 2, bytes: Buffer.alloc(0) });
export const text = (value: string): Thrift => ({
  type: 8,
  bytes: Buffer.concat([varint(Buffer.byteLength(value)), Buffer.from(value)]),
});

export function list(items: readonly Thrift[], length = items.length): Thrift {
  const type = items[0]?.type ?? 12;
  const head = length < 15 ? Buffer.from([(length << 4) | type]) : Buffer.concat([Buffer.from([0xf0 | type]), varint(length)]);
  return { type: 9, bytes: Buffer.concat([head, ...items.map(({ bytes }) => bytes)]) };
}

/** By field number, ascending; `undefined` is left out. */
export function struct(fields: Readonly<Record<number, Thrift | undefined>>): Thrift {
  const parts: Buffer[] = [];
  let before = 0;
  for (const [number, field] of Object.entries(fields)) {
    if (!field) continue;
    parts.push(Buffer.from([((Number(number) - before) << 4) | field.type]), field.bytes);
    before = Number(number);
  }
  return { type: 12, bytes: Buffer.concat([...parts, Buffer.from([0])]) };
}

/* ------------------------------------------------------------------------------------------------------ pages */

export interface PageSpec {
  readonly body: Uint8Array;
  readonly values: number;
  /** 0 data, 2 dictionary, 3 data of the second version. */
  readonly type?: number;
  readonly size?: number;
  readonly stored?: number;
  readonly encoding?: number;
  readonly levels?: number;
  /** `true` for the right one. */
  readonly crc?: number | true;
  readonly second?: { nulls: number; rows: number; defined: number; repeated: number; compressed?: boolean };
}

/** Its header and its bytes. */
export function page({ body, values, type = 0, size, stored, encoding = 0, levels = 3, crc, second }: PageSpec): Buffer {
  const header = struct({
    1: i32(type),
    2: i32(size ?? body.length),
    3: i32(stored ?? body.length),
    4: crc === undefined ? undefined : i32(crc === true ? crc32(body) | 0 : crc),
    5: type === 0 ? struct({ 1: i32(values), 2: i32(encoding), 3: i32(levels), 4: i32(levels) }) : undefined,
    7: type === 2 ? struct({ 1: i32(values), 2: i32(encoding) }) : undefined,
    8:
      second &&
      struct({
        1: i32(values),
        2: i32(second.nulls),
        3: i32(second.rows),
        4: i32(encoding),
        5: i32(second.defined),
        6: i32(second.repeated),
        7: truth(second.compressed ?? true),
      }),
  });
  return Buffer.concat([header.bytes, body]);
}

export const doubles = (...values: number[]) => Buffer.from(Float64Array.from(values).buffer);
export const ints = (...values: number[]) => Buffer.from(Int32Array.from(values).buffer);

/** Levels or indices, each as a run of one. */
export const runs = (...values: number[]) => Buffer.from(values.flatMap((value) => [2, value]));

/** As the first version of pages has them: with their length. */
export function levels(...values: number[]): Buffer {
  const bytes = runs(...values);
  return Buffer.concat([ints(bytes.length), bytes]);
}

/* ------------------------------------------------------------------------------------------------------- files */

export const REQUIRED = 0;
export const OPTIONAL = 1;
export const REPEATED = 2;
export const DOUBLE = 5;

export interface ElementSpec {
  readonly name: string;
  readonly type?: number;
  readonly repetition?: number;
  readonly children?: number;
  readonly length?: number;
  readonly converted?: number;
  readonly scale?: number;
  readonly logical?: Thrift;
}

export function element({ name, type, repetition = REQUIRED, children, length, converted, scale, logical }: ElementSpec): Thrift {
  const number = (value: number | undefined) => (value === undefined ? undefined : i32(value));
  return struct({
    1: number(type),
    2: number(length),
    3: i32(repetition),
    4: text(name),
    5: number(children),
    6: number(converted),
    7: number(scale),
    10: logical,
  });
}

export interface ColumnSpec extends Partial<ElementSpec> {
  readonly pages: readonly Buffer[];
  readonly values?: number;
  readonly codec?: number;
  readonly path?: readonly string[];
  /** What the metadata say instead of the truth. */
  readonly offset?: number;
  readonly dictionary?: number;
  readonly stored?: number;
  readonly uncompressed?: number;
  /** Where a filter begins that does not say how long it is. */
  readonly filter?: number;
  readonly chunkType?: number;
  readonly file?: string;
  readonly meta?: false;
}

export interface FileSpec {
  readonly columns: readonly ColumnSpec[];
  /** In place of one element for each column: what lies below one group. */
  readonly schema?: readonly ElementSpec[];
  readonly rows?: number;
  readonly fileRows?: number;
  readonly groups?: number;
  /** Bytes between the pages and the metadata. */
  readonly between?: Uint8Array;
}

/** A file of one row group. Without more it is right: one column `x` of doubles. */
export function parquetFile({
  columns,
  schema,
  rows = 3,
  fileRows = rows,
  groups = 1,
  between = Buffer.alloc(0),
}: FileSpec): Buffer {
  const data: Buffer[] = [Buffer.from('PAR1')];
  let at = 4;
  const chunks = columns.map((column) => {
    const { name = 'x', type = DOUBLE, pages, values = rows, codec = 0, path = [name] } = column;
    const length = pages.reduce((sum, each) => sum + each.length, 0);
    const begin = at;
    at += length;
    data.push(...pages);
    const meta = struct({
      1: i32(column.chunkType ?? type),
      2: list([i32(0)]),
      3: list(path.map(text)),
      4: i32(codec),
      5: i64(values),
      6: i64(column.uncompressed ?? 1_000_000),
      7: i64(column.stored ?? length),
      9: i64(column.offset ?? begin),
      11: column.dictionary === undefined ? undefined : i64(column.dictionary),
      14: column.filter === undefined ? undefined : i64(column.filter),
    });
    return struct({
      1: column.file === undefined ? undefined : text(column.file),
      2: i64(0),
      3: column.meta === false ? undefined : meta,
    });
  });
  const elements = schema ?? columns.map(({ name = 'x', type = DOUBLE, ...rest }) => ({ ...rest, name, type }));
  const root = element({ name: 'root', children: schema ? 1 : columns.length });
  const metadata = struct({
    1: i32(1),
    2: list([root, ...elements.map(element)]),
    3: i64(fileRows),
    4: list(Array.from({ length: groups }, () => struct({ 1: list(chunks), 2: i64(0), 3: i64(rows) }))),
  });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(metadata.bytes.length);
  return Buffer.concat([...data, between, metadata.bytes, length, Buffer.from('PAR1')]);
}
