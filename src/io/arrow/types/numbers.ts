import { areFinite, type Numbers } from '../../batch.ts';
import { viewOf } from '../../bytes/view.ts';
import { widenHalf } from '../../half.ts';
import { type Block, isValid, type Parts, type Type, type Vector } from '../field.ts';
import { widenLongs } from './longs.ts';

const INTEGERS = {
  8: { signed: Int8Array, unsigned: Uint8Array },
  16: { signed: Int16Array, unsigned: Uint16Array },
  32: { signed: Int32Array, unsigned: Uint32Array },
};

type Stored = Float64Array | Float32Array | Int32Array | Int16Array | Int8Array | Uint32Array | Uint16Array | Uint8Array;

export type IntegerBits = 8 | 16 | 32 | 64;

export function integerType(bits: IntegerBits, signed: boolean): Type {
  const name = `${signed ? 'int' : 'uint'}${bits}`;
  if (bits === 64) return numberType(name, bits, (parts) => longVector(parts, signed));
  const array = INTEGERS[bits][signed ? 'signed' : 'unsigned'];
  return numberType(name, bits, (parts) => vector(parts, viewOf<Stored>(array, bufferOf(parts), parts.rows)));
}

export function floatType(bits: 16 | 32 | 64): Type {
  if (bits === 64) return numberType('double', bits, (parts) => vector(parts, viewOf(Float64Array, bufferOf(parts), parts.rows)));
  if (bits === 32) return numberType('float', bits, (parts) => vector(parts, viewOf(Float32Array, bufferOf(parts), parts.rows)));
  return numberType('halffloat', bits, (parts) => {
    const halves = viewOf(Uint16Array, bufferOf(parts), parts.rows);
    return vector(parts, Float64Array.from(halves, widenHalf));
  });
}

function numberType(name: string, bits: number, read: (parts: Parts) => Vector): Type {
  const rowBytes = bits / 8;
  return { name, validity: true, buffers: [(rows) => rows * rowBytes], rowBytes, children: [], read };
}

function bufferOf(parts: Parts): Uint8Array {
  return parts.buffers[0] as Uint8Array;
}

function vector({ rows, valid }: Parts, stored: Stored): Vector {
  return {
    rows,
    cell: (row) => (isValid(valid, row) ? stored[row] : null),
    block(start, end) {
      const part = stored.subarray(start, end);
      return valid ? withNulls(new Float64Array(part), valid, start) : single(asNumbers(part));
    },
  };
}

function longVector({ rows, valid, buffers: [bytes = new Uint8Array(0)] }: Parts, signed: boolean): Vector {
  const exact = viewOf<BigInt64Array | BigUint64Array>(signed ? BigInt64Array : BigUint64Array, bytes, rows);
  return {
    rows,
    cell: (row) => (isValid(valid, row) ? exact[row] : null),
    block(start, end) {
      const values = widenLongs(bytes.subarray(8 * start, 8 * end), end - start, signed);
      // Beyond 2^53 the cells are looked at one by one, which tells the row. Below a null there may be anything.
      if (values.some((value, i) => Math.abs(value) >= 2 ** 53 && !isBound(exact[start + i] as bigint))) return undefined;
      return valid ? withNulls(values, valid, start) : single(values);
    },
  };
}

function isBound(value: bigint): boolean {
  return value === 2n ** 53n || value === -(2n ** 53n);
}

/** One of the three array kinds that leave io, without a copy where it is one already. */
function asNumbers(stored: Stored): Numbers {
  if (stored instanceof Float64Array || stored instanceof Float32Array || stored instanceof Int32Array) return stored;
  return stored instanceof Uint32Array ? new Float64Array(stored) : new Int32Array(stored);
}

/** `values` begins with row `start` of the bitmap. */
export function withNulls(values: Float64Array, valid: Uint8Array, start: number): Block {
  const missing = new Map<number, string>();
  for (let i = 0; i < values.length; i++) {
    if (isValid(valid, start + i)) continue;
    values[i] = 0; // what stands there may be NaN
    missing.set(i, 'null');
  }
  const block = single(values, missing);
  for (const i of missing.keys()) values[i] = NaN;
  return block;
}

/** Single values, with the NaN among them added to what is missing. */
export function single(values: Numbers, missing = new Map<number, string>()): Block {
  if (!(values instanceof Int32Array) && !areFinite(values, values.length)) {
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) missing.set(i, 'NaN');
  }
  return { column: { kind: 'number', values, width: 1, missing }, shape: undefined };
}
