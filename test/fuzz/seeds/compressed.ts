/** Whole files in gzip and zstd: a checksum over all that they hold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { headerLength } from '../../../src/io/zstd/frame.ts';
import type { Seed } from '../seed.ts';
import { npySeeds } from './arrays.ts';
import { csv } from './text.ts';

const CSV = (csv()[0] as Seed).bytes;
const NPY = (npySeeds()[0] as Seed).bytes;

const texts = ['region'];

export const gzip = (): Seed[] => [
  { name: 'csv', file: 'table.csv.gz', bytes: gzipSync(CSV), texts },
  { name: 'csv, stored', file: 'table.csv.gz', bytes: gzipSync(CSV, { level: 0 }), texts },
  {
    name: 'csv, members',
    file: 'table.csv.gz',
    bytes: Buffer.concat([gzipSync(CSV.subarray(0, 99)), gzipSync(CSV.subarray(99))]),
    texts,
  },
  { name: 'npy', file: 'array.npy.gz', bytes: gzipSync(NPY) },
];

const FOLDER = join(import.meta.dirname, '../../../fixtures/fuzz');
const zst = (name: string, file: string): Seed => ({ name, file, bytes: readFileSync(join(FOLDER, `${name}.zst`)), texts });

/** Without a checksum, the one block of the frame is values. */
function unchecked(seed: Seed): Seed {
  const start = 4 + headerLength(seed.bytes[4] as number) + 3;
  return { ...seed, values: [[start, seed.bytes.length]] };
}

export const zstd = (): Seed[] => [
  zst('csv-19', 'table.csv.zst'),
  zst('csv-1', 'table.csv.zst'),
  zst('npy-3', 'array.npy.zst'),
  zst('frames', 'table.csv.zst'),
  unchecked(zst('csv-no-check', 'table.csv.zst')),
];
