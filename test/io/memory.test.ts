/** Inputs without end, bombs and lies about sizes: each in a process of its own, whose memory must not follow them. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Outcome } from './memory-child.ts';

const LOADER = join(import.meta.dirname, '../../tools/typescript.js');
const run = async (name: string): Promise<Outcome> => {
  const args = ['--import', LOADER, join(import.meta.dirname, 'memory-child.ts'), name];
  return JSON.parse((await promisify(execFile)(process.execPath, args)).stdout);
};

/** Of the 64 MiB that a row may have, some copies. */
const MOST = 200;
const ROW = 'a row longer than 64 MiB, the limit';
const COLUMNS = 'more than 100000 columns, the limit';

describe('memory', { timeout: 60_000 }, () => {
  test.each<[name: string, said: string | number]>([
    ['an endless cell', `x.csv:2: ${ROW}`],
    ['an endless cell in quotes', `x.csv:2: ${ROW}`],
    ['an endless row', `x.csv:2: ${COLUMNS}`],
    ['an endless header', `x.csv:1: ${COLUMNS}`],
    ['an endless row between spaces', `x.txt:2: ${COLUMNS}`],
    ['rows without end', 654_000],
    ['an endless line of JSON', 'x.ndjson:1: a line longer than 64 MiB, the limit'],
    ['a cell of 10 MB', 1],
    ['a number of 10 MB', 'x.csv:2:1: column "y": text of 10000000 characters, longer than 4096, the limit'],
    ['deep JSON', 'x.json: JSON nested deeper than 256 levels, the limit'],
    ['a deep line of JSON', 'x.ndjson:1: JSON nested deeper than 256 levels, the limit'],
    ['a gzip bomb of one line', 'x.csv.gz:2: a row longer than 8 MiB, the limit'],
    ['a gzip bomb of rows', 1_000_000],
    [
      'a gzip bomb in a format read as a whole',
      'x.arrow.gz: this format needs all bytes at once, and they are more than 64 MiB, the limit',
    ],
    ['a zstd bomb of one line', 'x.csv.zst:1: a row longer than 8 MiB, the limit'],
    ['a zstd bomb of an array', 33_554_432],
    ['a bomb in an archive', 'x.npz: member "y.npy": damaged zip: it holds more or less than it declares'],
    [
      'an array of 10^15',
      'x.npy: is cut short: shape (1000000000000000,) of float64 takes 8000000000000000 bytes, and 80 are there',
    ],
    [
      'an array of 10^15 in an archive',
      'x.npz: member "y.npy": is cut short: shape (1000000000000000,) of float64 takes 8000000000000000 bytes, and 80 are there',
    ],
    ['a tensor of 10^15', 'x.safetensors: is cut short: tensor "y", bytes 0 to 8000000000000000, and 80 are there'],
    ['a header of 90 MB that is not there', 'x.safetensors: is cut short: the safetensors header does not end'],
    [
      'a page of 2 GB that is not there',
      'x.parquet: column "x" needs more than 1024 MiB for pages that are decoded at the same time',
    ],
    [
      'a thousand million values in a run',
      'x.parquet: column "x" has a page of 1000000000 values, more than the 33554432 that are read at once',
    ],
  ])('%s', async (name, said) => {
    const outcome = await run(name);
    expect(outcome.said).toBe(said);
    expect(outcome.megabytes).toBeLessThan(MOST);
  });

  test('what takes more is seen to', async () => {
    expect((await run('500 MB that are kept')).megabytes).toBeGreaterThan(MOST);
  });
});
