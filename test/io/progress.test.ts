/** How far a table says that it has been read: for every way of reading, and in tables made of tables. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import * as arrow from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Progress, Table } from '../../src/io/batch.ts';
import { open } from '../../src/io/open.ts';
import { filtered } from '../../src/io/tables/filter.ts';
import { joined } from '../../src/io/tables/join.ts';
import { shards } from '../../src/io/tables/shards.ts';
import { zipped } from '../../src/io/tables/zip.ts';
import { doubles, npy, zip } from './array-files.ts';
import { path as parquet } from './parquet-read.ts';

const ROWS = 60_000;
const numbers = Array.from({ length: ROWS }, (_, row) => row + 0.5);
const csv = `target,pred\n${numbers.map((x) => `${x},${x * Math.PI}`).join('\n')}\n`;
const array = npy('<f8', [ROWS], doubles(numbers));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-progress-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(mkdtempSync(join(folder, 'one-')), name);
  writeFileSync(path, content);
  return path;
}

const openFile = (name: string) => open({ name }, { header: true });

function openPipe(): Promise<Table> {
  const chunks = Array.from({ length: Math.ceil(csv.length / 65_536) }, (_, k) => csv.slice(k * 65_536, (k + 1) * 65_536));
  return open({ name: '<stdin>', stream: Readable.from(chunks) }, { header: true });
}

/** What a table says: when it is opened, after each batch, and at the end. */
async function told(table: Table, columns = [0]): Promise<(Progress | undefined)[]> {
  const all = [table.progress?.()];
  const wanted = columns.map((column) => ({ column, as: 'number' }) as const);
  for await (const _ of table.read(wanted, { batchRows: 100 })) all.push(table.progress?.());
  all.push(table.progress?.());
  await table.close();
  return all;
}

/** Never back, never beyond the end, and on the way for a while. */
function expectWay(all: readonly (Progress | undefined)[], total: number | undefined): void {
  const known = all.filter((one) => one !== undefined);
  const bytes = known.map((one) => one.bytes);
  expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  expect(new Set(known.map((one) => one.total))).toEqual(new Set([total]));
  expect(new Set(bytes).size).toBeGreaterThan(1);
  if (total !== undefined) expect(bytes.at(-1)).toBeLessThanOrEqual(total);
}

const ipc = (kind: 'file' | 'stream') => {
  const part = (k: number) => arrow.vectorFromArray(Float64Array.from(numbers.slice(k * 10_000, (k + 1) * 10_000)));
  const parts = Array.from({ length: 6 }, (_, k) => part(k));
  const [first, ...more] = parts as [arrow.Vector, ...arrow.Vector[]];
  return arrow.tableToIPC(new arrow.Table({ x: first.concat(...more) }), kind);
};

describe('of a file', () => {
  const inOrder: readonly [string, () => string | Uint8Array][] = [
    ['a.csv', () => csv],
    ['a.csv.gz', () => gzipSync(csv)],
    ['a.csv', () => Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['a.ndjson', () => numbers.map((target) => JSON.stringify({ target })).join('\n')],
    ['a.arrows', () => ipc('stream')],
  ];

  test.each(inOrder)('%s: its bytes as they lie', async (name, content) => {
    const path = file(name, content());
    const { size } = statSync(path);
    const all = await told(await openFile(path));
    expectWay(all, size);
    expect(all.at(-1)).toEqual({ bytes: size, total: size });
  });

  const arrays: readonly [string, () => Uint8Array][] = [
    ['a.npy', () => array],
    ['a.npy.gz', () => gzipSync(array)],
    [
      'a.npz',
      () =>
        zip([
          { name: 'x.npy', data: array, deflate: true },
          { name: 'y.npy', data: array },
        ]),
    ],
  ];

  test.each(arrays)('%s: the bytes of the wanted array', async (name, content) => {
    expectWay(await told(await openFile(file(name, content()))), 8 * ROWS);
  });

  test('Arrow: its record batches', async () => {
    const path = file('a.arrow', ipc('file'));
    const all = await told(await openFile(path));
    const total = all.at(-1)?.bytes as number;
    expectWay(all, total);
    expect(statSync(path).size / total).toBeCloseTo(1, 1);
  });

  test('Parquet: the wanted columns', async () => {
    const threeGroups = parquet('table-rust-pages');
    const one = await told(await openFile(threeGroups));
    const two = await told(await openFile(threeGroups), [0, 1]);
    expectWay(one, one.at(-1)?.total);
    expect(one.at(-1)?.total).toBeLessThan(two.at(-1)?.total as number);
  });

  test('a pipe has no end', async () => {
    expectWay(await told(await openPipe()), undefined);
  });

  test('JSON is read before its first row', async () => {
    const path = file('a.json', JSON.stringify(numbers.map((target) => ({ target }))));
    const { size } = statSync(path);
    expect(new Set((await told(await openFile(path))).map((one) => one?.bytes))).toEqual(new Set([size]));
  });
});

describe('of a table made of tables', () => {
  test('shards: those to come are taken to be like those before', async () => {
    mkdirSync(join(folder, 'shards'));
    const names = ['a.csv', 'b.csv', 'c.csv'].map((name) => join(folder, 'shards', name));
    for (const [k, name] of names.entries())
      writeFileSync(name, k < 2 ? csv : csv.slice(0, csv.lastIndexOf('\n', csv.length / 2) + 1));
    const sizes = names.map((name) => statSync(name).size);
    const all = await told(shards(await openFile(names[0] as string), names, openFile));
    expect(all[0]?.total).toBe(3 * (sizes[0] as number));
    const whole = sizes.reduce((sum, size) => sum + size, 0);
    expect(all.at(-1)).toEqual({ bytes: whole, total: whole });
    const bytes = all.map((one) => one?.bytes as number);
    expect(bytes).toEqual(bytes.toSorted((a, b) => a - b));
  });

  const openOne = () => openFile(file('a.csv', csv));

  test.each<[string, (left: Table, right: Table) => Table]>([
    ['by order', zipped],
    ['by key', (left, right) => joined(left, right, { on: { left: [0], right: [0] }, unmatched: 'error' }).table],
  ])('targets beside predictions %s: the sum of both', async (_, beside) => {
    const all = await told(beside(await openOne(), await openOne()), [0, 2]);
    expectWay(all, 2 * csv.length);
    expect(all.at(-1)?.bytes).toBe(2 * csv.length);
  });

  test('targets from a pipe: no end', async () => {
    expectWay(await told(zipped(await openOne(), await openPipe()), [0, 2]), undefined);
  });

  test('rows that meet a condition: those of the file', async () => {
    expectWay(await told(filtered(await openOne(), [{ column: 0, comparison: '>', value: 1000 }])), csv.length);
  });
});
