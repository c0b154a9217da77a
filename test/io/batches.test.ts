/** How many rows batches have, and whether they can be held. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import { type Batch, type ReadOptions, rowsInBatch, type Table, USUAL_ROWS } from '../../src/io/batch.ts';
import { open } from '../../src/io/open.ts';
import { page, parquetFile } from '../support/parquet.ts';
import { doubles, npy } from './array-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossctl-batches-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [USUAL_ROWS, 1, USUAL_ROWS],
  [USUAL_ROWS, 32, USUAL_ROWS],
  [USUAL_ROWS, 33, USUAL_ROWS / 2],
  [USUAL_ROWS, 1000, 1024],
  [USUAL_ROWS, 1e9, 1],
  [100, 8, 100],
  [100, 100_000, 7],
])('of %i rows of %i numbers are %i', (asked, numbers, rows) => {
  expect(rowsInBatch(asked, numbers)).toBe(rows);
});

const NUMBERS = Array.from({ length: 100 }, (_, i) => i);

/** Record batches of 37 and 63 rows: neither fills the bytes of a bitmap. */
function twoRecordBatches(): Uint8Array {
  const [first, second] = [NUMBERS.slice(0, 37), NUMBERS.slice(37)].map((part) => arrow.vectorFromArray(Float64Array.from(part)));
  return arrow.tableToIPC(new arrow.Table({ x: (first as arrow.Vector).concat(second as arrow.Vector) }), 'file');
}

/** Pages of 37 and 63 values in one row group. */
function twoPages(): Uint8Array {
  const pages = [NUMBERS.slice(0, 37), NUMBERS.slice(37)].map((part) => page({ body: doubles(part), values: part.length }));
  return parquetFile({ columns: [{ pages, values: 100 }], rows: 100 });
}

const FILES: readonly (readonly [string, () => Uint8Array])[] = [
  ['t.npy', () => npy('<f8', [100], doubles(NUMBERS))],
  ['t.arrow', twoRecordBatches],
  ['t.parquet', twoPages],
];

describe.each(FILES)('%s', (name, bytes) => {
  const openFile = () => {
    const path = join(folder, name);
    writeFileSync(path, bytes());
    return open({ name: path }, { header: true });
  };

  const batchesOf = async (table: Table, options: ReadOptions, see: (batch: Batch) => void) => {
    for await (const batch of table.read([{ column: 0, as: 'number' }], options)) see(batch);
    await table.close();
  };

  test('batches can be held', async () => {
    const batches: Batch[] = [];
    await batchesOf(await openFile(), { batchRows: 7 }, (batch) => batches.push(batch));
    expect(batches.flatMap(({ columns }) => [...(columns[0]?.values ?? [])])).toEqual(NUMBERS);
  });

  test('or come in the same memory', async () => {
    const numbers: unknown[] = [];
    const memory = new Set<unknown>();
    await batchesOf(await openFile(), { batchRows: 7, transient: true }, ({ columns: [column] }) => {
      if (column?.kind !== 'number') return;
      numbers.push(...column.values);
      memory.add(column.values.buffer);
    });
    expect(numbers).toEqual(NUMBERS);
    expect(memory.size).toBeLessThanOrEqual(3); // of 15 batches: the second record batch, or page, needs more, and a batch lies in both
  });
});

test('text comes in the same memory, chunk after chunk of its file', async () => {
  const numbers = Array.from({ length: 600_000 }, (_, i) => i / 8);
  const path = join(folder, 't.csv');
  writeFileSync(path, `x\n${numbers.join('\n')}\n`);
  const table = await open({ name: path }, { header: true });
  const memory = new Set<unknown>();
  let [at, batches] = [0, 0];
  for await (const { columns } of table.read([{ column: 0, as: 'number' }], { batchRows: 1000, transient: true })) {
    const values = columns[0]?.values as Float64Array;
    expect(values.every((value, i) => value === numbers[at + i])).toBe(true);
    memory.add(values.buffer);
    at += values.length;
    batches++;
  }
  await table.close();
  expect([at, batches]).toEqual([600_000, 600]);
  expect(memory.size).toBeLessThan(400);
});
