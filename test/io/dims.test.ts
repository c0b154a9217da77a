/** The shape of lists within lists, whatever the format: what tells the rows, columns and classes of a mask apart. */
import * as arrow from 'apache-arrow';
import { expect, test } from 'vitest';
import type { NumberColumn } from '../../src/io/batch.ts';
import { batches, openBytes } from './read.ts';

const ROW = [
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
];

const item = <T extends arrow.DataType>(type: T) => new arrow.Field('item', type, true);
const lists = new arrow.List(item(new arrow.List(item(new arrow.FixedSizeList(3, item(new arrow.Float64()))))));
const ipc = (rows: readonly unknown[]) => arrow.tableToIPC(new arrow.Table({ x: arrow.vectorFromArray(rows, lists) }), 'stream');

test.each<[what: string, name: string, bytes: string | Uint8Array, dims: readonly number[] | undefined]>([
  ['NDJSON', 't.ndjson', `{"x":${JSON.stringify(ROW)}}\n{"x":null}\n`, [1, 2, 3]],
  ['JSON', 't.json', `[{"x":null},{"x":${JSON.stringify(ROW)}}]`, [1, 2, 3]],
  ['a cell of CSV', 't.csv', `x\n"${JSON.stringify(ROW)}"\n`, [1, 2, 3]],
  ['Arrow, as one block', 't.arrow', ipc([ROW, ROW]), [1, 2, 3]],
  ['Arrow, cell by cell', 't.arrow', ipc([null, ROW]), [1, 2, 3]],
  ['a flat list', 't.ndjson', '{"x":[1,2,3,4,5,6]}\n', undefined],
  ['a single value', 't.csv', 'x\n1\n', undefined],
])('%s', async (_, name, bytes, dims) => {
  for (const batch of await batches(await openBytes(name, bytes))) {
    const column = batch.columns[0] as NumberColumn;
    expect(column.dims).toEqual(dims);
    expect(column.width).toBe(dims ? 6 : column.values.length / batch.rows);
  }
});
