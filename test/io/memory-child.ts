/** Reads one of the inputs below and prints what came of it and how much memory it took: memory-child.ts NAME. */
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { Fault } from '../../src/io/fault.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { open } from '../../src/io/open.ts';
import { page, parquetFile } from '../support/parquet.ts';
import { zstdBomb, zstdFrame } from '../support/zstd.ts';
import { npy, safetensors, zip } from './array-files.ts';

export interface Outcome {
  /** Why it was not read, or how many rows it has. */
  readonly said: string | number;
  readonly megabytes: number;
}

interface Case {
  readonly file: string;
  readonly bytes: Iterable<Uint8Array>;
  readonly as?: 'number' | 'text';
  readonly limits?: Partial<typeof DEFAULT_LIMITS>;
}

const MANY = 1_000_000;
const MIB = 1024 * 1024;

function* endless(begin: string, piece: string, times = Number.POSITIVE_INFINITY): Generator<Buffer> {
  yield Buffer.from(begin);
  const block = Buffer.from(piece.repeat(Math.ceil(65536 / piece.length)));
  for (let i = 0; i < times; i++) yield Buffer.from(block); // as new memory, as a pipe gives it
}

/** Members of a gzip file: 10,000 pieces in each. */
function* members(begin: string, piece: string, times = Number.POSITIVE_INFINITY): Generator<Buffer> {
  yield gzipSync(begin);
  const member = gzipSync(piece.repeat(10_000));
  for (let i = 0; i < times; i++) yield member;
}

const ROW = `${'0'.repeat(300)}1\n`;
const HUGE = npy('<f8', [10 ** 15], Buffer.alloc(80));

/** A frame of the beginning, then 128 KiB of zeros so many times. */
const zeros = (begin: Buffer, blocks: number) => Buffer.concat([zstdFrame(begin), zstdBomb(0, 131_072, blocks)]);

const CASES: Readonly<Record<string, () => Case>> = {
  'an endless cell': () => ({ file: 'x.csv', bytes: endless('y\n', '1') }),
  'an endless cell in quotes': () => ({ file: 'x.csv', bytes: endless('y\n"', 'a\n') }),
  'an endless row': () => ({ file: 'x.csv', bytes: endless('y,pred\n', '1,') }),
  'an endless header': () => ({ file: 'x.csv', bytes: endless('', 'a,') }),
  'an endless row between spaces': () => ({ file: 'x.txt', bytes: endless('y pred\n', '1 ') }),
  'rows without end': () => ({ file: 'x.csv', bytes: endless('y\n', ROW, 3000) }),
  'an endless line of JSON': () => ({ file: 'x.ndjson', bytes: endless('{"y": "', 'a') }),
  'a cell of 10 MB': () => ({ file: 'x.csv', bytes: [Buffer.from(`y\n${'a'.repeat(10 * MANY)}\n`)], as: 'text' }),
  'a number of 10 MB': () => ({ file: 'x.csv', bytes: [Buffer.from(`y\n${'1'.repeat(10 * MANY)}\n`)] }),
  'deep JSON': () => ({ file: 'x.json', bytes: [Buffer.alloc(10 * MANY, '[')] }),
  'a deep line of JSON': () => ({ file: 'x.ndjson', bytes: [Buffer.alloc(10 * MANY, '{"a":')] }),
  'a gzip bomb of one line': () => ({ file: 'x.csv.gz', bytes: members('y\n', '1'), limits: { row: 8 * MIB } }),
  'a gzip bomb of rows': () => ({ file: 'x.csv.gz', bytes: members('y\n', ROW, 100) }),
  'a zstd bomb of one line': () => ({ file: 'x.csv.zst', bytes: [zstdBomb(49, 131_072, 8192)], limits: { row: 8 * MIB } }),
  'a zstd bomb of an array': () => ({
    file: 'x.npy.zst',
    bytes: [zeros(npy('<f8', [131_072 * 256], Buffer.alloc(0)), 2048)],
  }),
  'a gzip bomb in a format read as a whole': () => ({
    file: 'x.arrow.gz',
    bytes: members('ARROW1\0\0', '\0\0\0\0\0\0\0\0'),
    limits: { held: 64 * MIB },
  }),
  'a bomb in an archive': () => ({
    file: 'x.npz',
    bytes: [
      zip([
        {
          name: 'y.npy',
          data: Buffer.concat([npy('<f8', [6], Buffer.alloc(48)), Buffer.alloc(100 * MANY)]),
          deflate: true,
          size: 176,
        },
      ]),
    ],
  }),
  'an array of 10^15': () => ({ file: 'x.npy', bytes: [HUGE] }),
  'an array of 10^15 in an archive': () => ({ file: 'x.npz', bytes: [zip([{ name: 'y.npy', data: HUGE }])] }),
  'a tensor of 10^15': () => ({
    file: 'x.safetensors',
    bytes: [safetensors({ y: { dtype: 'F64', shape: [10 ** 15], data_offsets: [0, 8 * 10 ** 15] } }, Buffer.alloc(80))],
  }),
  'a header of 90 MB that is not there': () => ({
    file: 'x.safetensors',
    bytes: [safetensors('{"y"', Buffer.alloc(0), 90_000_000n)],
  }),
  'a page of 2 GB that is not there': () => ({
    file: 'x.parquet',
    bytes: [
      parquetFile({
        columns: [
          {
            pages: [page({ body: Buffer.from([255, 255, 255, 255, 7, 0]), values: 3, size: 2 ** 31 - 1 })],
            codec: 1,
            uncompressed: 2 ** 31,
          },
        ],
      }),
    ],
  }),
  'a thousand million values in a run': () => ({ file: 'x.parquet', bytes: [runOf(10 ** 9)] }),
  '500 MB that are kept': () => ({ file: 'x.csv', bytes: kept() }),
};

/** Kept in memory by the source itself, so that something fails. */
function* kept(): Generator<Buffer> {
  const all = Array.from({ length: 500 }, () => Buffer.alloc(MANY, 'y\n'));
  yield* all;
}

/** Indices of a dictionary: so many of the same take six bytes. */
function runOf(rows: number): Buffer {
  const varint: number[] = [];
  for (let left = rows * 2; left > 0; left = Math.floor(left / 128)) varint.push((left % 128) | (left >= 128 ? 128 : 0));
  const body = Buffer.from([...varint, 1]);
  const dictionary = page({ type: 2, body: Buffer.from(Float64Array.of(0.5, 1.5).buffer), values: 2 });
  return parquetFile({
    columns: [{ pages: [dictionary, page({ body: Buffer.concat([Buffer.from([1]), body]), values: rows, encoding: 8 })] }],
    rows,
  });
}

async function outcome({ file, bytes, as = 'number', limits }: Case): Promise<string | number> {
  const stream = Readable.from(bytes);
  try {
    const table = await open({ name: file, stream }, { header: true, limits: { ...DEFAULT_LIMITS, ...limits } });
    let rows = 0;
    for await (const batch of table.read([{ column: 0, as }], { batchRows: 8192 })) rows += batch.rows;
    await table.close();
    return rows;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

const peak = () => process.resourceUsage().maxRSS / 1024;

const one = (CASES[process.argv[2] as string] as () => Case)();
const before = peak();
const said = await outcome(one);
console.log(JSON.stringify({ said, megabytes: Math.round(peak() - before) } satisfies Outcome));
