import { isUtf8 } from 'node:buffer';
import type { Data } from 'apache-arrow';
import { childOf } from './check.ts';
import { widenHalf } from './half.ts';

type Arrow = typeof import('apache-arrow');

/** Gives the cell of a row as a reader of text would: number, bigint, boolean, string, list or `null`. */
export type CellReader = (row: number) => unknown;

/** How to read single cells of a column; `undefined` when its type is not read. */
export function cellReader(arrow: Arrow, data: Data): CellReader | undefined {
  const valid = validReader(arrow, data);
  if (!valid || data.nullCount === 0) return valid;
  return (row) => (data.getValid(row) ? valid(row) : null);
}

function validReader(arrow: Arrow, data: Data): CellReader | undefined {
  const { Type } = arrow;
  const { values, valueOffsets, stride } = data;
  switch (data.typeId) {
    case Type.Null:
      return () => null;
    case Type.Int:
      return (row) => values[row];
    case Type.Float:
      return values instanceof Uint16Array ? (row) => widenHalf(values[row] as number) : (row) => values[row];
    case Type.Bool:
      return (row) => ((values[row >> 3] as number) & (1 << (row & 7))) !== 0;
    case Type.Utf8:
    case Type.LargeUtf8:
      return (row) => decode(values.subarray(Number(valueOffsets[row]), Number(valueOffsets[row + 1])));
    case Type.Dictionary:
      return dictionaryReader(arrow, data);
    case Type.List:
    case Type.LargeList: {
      const cell = cellReader(arrow, childOf(data));
      return cell && ((row) => range(cell, Number(valueOffsets[row]), Number(valueOffsets[row + 1])));
    }
    case Type.FixedSizeList: {
      const cell = cellReader(arrow, childOf(data));
      return cell && ((row) => range(cell, row * stride, (row + 1) * stride));
    }
    default:
      return undefined;
  }
}

/** A dictionary that grew by deltas has several chunks. */
function dictionaryReader(arrow: Arrow, { dictionary, values }: Data): CellReader | undefined {
  const entries: unknown[] = [];
  for (const chunk of dictionary?.data ?? []) {
    const cell = cellReader(arrow, chunk);
    if (!cell) return undefined;
    for (let i = 0; i < chunk.length; i++) entries.push(cell(i));
  }
  return (row) => entries[Number(values[row])];
}

function range(cell: CellReader, start: number, end: number): unknown[] {
  return Array.from({ length: end - start }, (_, k) => cell(start + k));
}

/** Thrown as is: whoever reads the cell knows its place. */
export class TextDamage extends Error {}

function decode(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new TextDamage('text that is not valid UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
