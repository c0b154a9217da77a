/** What the elements of an array are, as numpy and safetensors files store them. */
import type { Labels, Numbers } from '../batch.ts';
import { exactDoubles, LITTLE } from '../exact-doubles.ts';
import { widenBfloat16, widenHalf } from '../half.ts';
import { labelledFlags, labelledNumbers } from './labels.ts';

/** A block of elements. */
export interface Elements {
  /** As the numbers that leave io. `undefined` where some are no exact number: then the cells are looked at one by one. */
  numbers(labels: Labels | undefined): Numbers | undefined;
  cell(index: number): number | bigint | boolean;
}

export interface ElementType {
  /** As numpy calls it. */
  readonly name: string;
  /** Bytes of one element. */
  readonly size: number;
  /** `bytes` are in the order of this machine, and begin where such elements may lie. */
  load(bytes: Buffer): Elements;
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

interface StoredConstructor<S extends Stored> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): S;
}

function define<S extends Stored>(
  name: string,
  Store: StoredConstructor<S>,
  numbers: (stored: S, labels: Labels | undefined) => Numbers | undefined,
  cell: (stored: S, index: number) => unknown,
): ElementType {
  const size = Store.BYTES_PER_ELEMENT;
  return {
    name,
    size,
    load(bytes) {
      const stored = new Store(bytes.buffer, bytes.byteOffset, bytes.length / size);
      return {
        numbers: (labels) => numbers(stored, labels),
        cell: (index) => cell(stored, index) as number | bigint | boolean,
      };
    },
  };
}

/** A type whose values are numbers: `convert` makes them the ones that leave io, or gives nothing if that is not exact. */
function number<S extends Stored>(
  name: string,
  Store: StoredConstructor<S>,
  convert: (stored: S) => Numbers | undefined,
  cell: (stored: S, index: number) => unknown = (stored, index) => stored[index],
): ElementType {
  const numbers = (stored: S, labels: Labels | undefined) => {
    const values = convert(stored);
    return values && labels ? labelledNumbers(values, labels) : values;
  };
  return define(name, Store, numbers, cell);
}

const same = <N extends Numbers>(stored: N) => stored;
const toInt32 = (stored: Int16Array | Int8Array | Uint16Array | Uint8Array) => new Int32Array(stored);

function small(name: string, widen: (bits: number) => number): ElementType {
  const convert = (stored: Uint16Array) => {
    const values = new Float32Array(stored.length);
    for (let i = 0; i < values.length; i++) values[i] = widen(stored[i] as number);
    return values;
  };
  return number(name, Uint16Array, convert, (stored, index) => widen(stored[index] as number));
}

export const TYPES = {
  bool: define('bool', Uint8Array, labelledFlags, (stored, index) => stored[index] !== 0),
  int8: number('int8', Int8Array, toInt32),
  int16: number('int16', Int16Array, toInt32),
  int32: number('int32', Int32Array, same),
  int64: number('int64', BigInt64Array, exactDoubles),
  uint8: number('uint8', Uint8Array, toInt32),
  uint16: number('uint16', Uint16Array, toInt32),
  uint32: number('uint32', Uint32Array, (stored) => new Float64Array(stored)),
  uint64: number('uint64', BigUint64Array, exactDoubles),
  float16: small('float16', widenHalf),
  bfloat16: small('bfloat16', widenBfloat16),
  float32: number('float32', Float32Array, same),
  float64: number('float64', Float64Array, same),
} as const satisfies Record<string, ElementType>;

/** Bytes as this machine has such elements. A view where they are so already: blocks of numbers are then never copied. */
export function native(bytes: Buffer, { size }: ElementType, littleEndian: boolean): Buffer {
  const swapped = size > 1 && littleEndian !== LITTLE;
  if (!swapped && bytes.byteOffset % size === 0) return bytes;
  const copy = Buffer.from(new Uint8Array(bytes).buffer);
  if (swapped) SWAP[size as 2 | 4 | 8](copy);
  return copy;
}

const SWAP = {
  2: (bytes: Buffer) => bytes.swap16(),
  4: (bytes: Buffer) => bytes.swap32(),
  8: (bytes: Buffer) => bytes.swap64(),
};
