import type { Data } from 'apache-arrow';
import type { NumberColumn, Numbers } from '../batch.ts';
import { childOf } from './check.ts';
import { widenHalf } from './half.ts';

type Arrow = typeof import('apache-arrow');

export interface Block {
  readonly column: NumberColumn;
  /** Lengths of the lists, as in `2x3`; `undefined` for single values. */
  readonly shape: string | undefined;
}

/**
 * Rows `start` to `end` at once, where the column is made of numbers; its own memory where that needs no conversion.
 * `undefined` for anything that must be looked at cell by cell: text, lists that are missing or of different lengths.
 */
export function numberBlock(arrow: Arrow, data: Data, start: number, end: number): Block | undefined {
  const { Type } = arrow;
  switch (data.typeId) {
    case Type.Int:
    case Type.Float:
      return single(data, data.typeId === Type.Float, start, end);
    case Type.FixedSizeList:
      if (data.nullCount > 0 || data.stride === 0) return undefined;
      return list(numberBlock(arrow, childOf(data), start * data.stride, end * data.stride), data.stride);
    case Type.List:
    case Type.LargeList: {
      const width = commonWidth(data, start, end);
      if (width === 0) return undefined;
      return list(numberBlock(arrow, childOf(data), Number(data.valueOffsets[start]), Number(data.valueOffsets[end])), width);
    }
    default:
      return undefined;
  }
}

function list(inner: Block | undefined, width: number): Block | undefined {
  if (!inner) return undefined;
  const shape = inner.shape === undefined ? String(width) : `${width}x${inner.shape}`;
  return { column: { ...inner.column, width: width * inner.column.width }, shape };
}

/** The length that all lists have; 0 when they do not. */
function commonWidth({ nullCount, valueOffsets }: Data, start: number, end: number): number {
  if (nullCount > 0) return 0;
  const width = Number(valueOffsets[start + 1]) - Number(valueOffsets[start]);
  for (let i = start; i < end; i++) {
    if (Number(valueOffsets[i + 1]) - Number(valueOffsets[i]) !== width) return 0;
  }
  return width;
}

type Stored =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array;

function single(data: Data, isFloat: boolean, start: number, end: number): Block | undefined {
  const stored = data.values.subarray(start, end) as Stored;
  // Beyond 2^53 the cells are looked at one by one, which tells the row. Below a null there may be anything.
  if ((stored instanceof BigInt64Array || stored instanceof BigUint64Array) && !stored.every(isExact)) return undefined;
  const halves = isFloat && stored instanceof Uint16Array;
  const values = data.nullCount > 0 ? toDoubles(stored, halves) : toNumbers(stored, halves);
  const missing = new Map<number, string>();
  if (!(values instanceof Int32Array)) {
    for (let i = 0; i < values.length; i++) {
      if (Number.isNaN(values[i])) missing.set(i, 'NaN');
    }
  }
  if (data.nullCount > 0) {
    for (let i = 0; i < values.length; i++) {
      if (data.getValid(start + i)) continue;
      values[i] = NaN;
      missing.set(i, 'null');
    }
  }
  return { column: { kind: 'number', values, width: 1, missing }, shape: undefined };
}

function isExact(value: bigint): boolean {
  return value >= -(2n ** 53n) && value <= 2n ** 53n;
}

/** One of the three array kinds that leave io, without a copy where it is one already. */
function toNumbers(stored: Stored, halves: boolean): Numbers {
  if (stored instanceof Float64Array || stored instanceof Float32Array || stored instanceof Int32Array) return stored;
  if (stored instanceof Int16Array || stored instanceof Int8Array || stored instanceof Uint8Array) return Int32Array.from(stored);
  return stored instanceof Uint16Array && !halves ? Int32Array.from(stored) : toDoubles(stored, halves);
}

function toDoubles(stored: Stored, halves: boolean): Float64Array {
  const values = new Float64Array(stored.length);
  for (let i = 0; i < values.length; i++) values[i] = halves ? widenHalf(stored[i] as number) : Number(stored[i]);
  return values;
}
