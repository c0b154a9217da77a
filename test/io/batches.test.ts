/** How many rows batches of arrays have, and whether they can be held. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { afterAll, describe, expect, test } from 'vitest';
import type { Batch, ReadOptions, Table } from '../../src/io/batch.ts';
import { rowsInBatch, USUAL_ROWS } from '../../src/io/batch-rows.ts';
import { open } from '../../src/io/open.ts';
import { page, parquetFile } from '../support/parquet.ts';
import { doubles, npy } from './array-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossctl-batches-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  [USUAL_ROWS, 8, 65_536],
  [USUAL_ROWS, 16, 65_536],
  [USUAL_ROWS, 24, 32_768],
  [USUAL_ROWS, 128, 8192],
  [USUAL_ROWS, 1e6, 8192],
  [100, 8, 100],
  [20_000, 8, 20_000],
])('of %i rows of %i bytes are %i', (asked, bytes, rows) => {
  expect(rowsInBatch(asked, bytes)).toBe(rows);
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
