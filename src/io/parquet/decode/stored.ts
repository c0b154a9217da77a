import { viewOf } from '../../bytes/view.ts';
import { Fault } from '../../fault.ts';
import { readDeltas } from './delta.ts';
import type { Encoding, SchemaElement } from './format.ts';
import { readHybrid } from './hybrid.ts';
import { fixed, grown, measured, prefixed, type Slices } from './slices.ts';

/** Values as the file holds them, before their type says what they mean; booleans as 0 and 1. */
export type Stored = Float64Array | Float32Array | Int32Array | BigInt64Array | Uint8Array | Slices;

/** Types whose values all take the same whole bytes, which BYTE_STREAM_SPLIT needs. */
const SPLIT: ReadonlySet<string | undefined> = new Set(['INT32', 'INT64', 'FLOAT', 'DOUBLE', 'FIXED_LEN_BYTE_ARRAY']);

/** Decodes `count` values of a page from the bytes after its levels. */
export function readStored(bytes: Uint8Array, encoding: Encoding | undefined, element: SchemaElement, count: number): Stored {
  const { type } = element;
  if (count === 0) return plain(new Uint8Array(0), element, 0); // some encodings have a header even so, some writers leave it out
  if (encoding === 'PLAIN') return plain(bytes, element, count);
  if (encoding === 'BYTE_STREAM_SPLIT' && SPLIT.has(type)) return plain(joined(bytes, count), element, count);
  if (encoding === 'RLE' && type === 'BOOLEAN') return runs(bytes, count);
  if (encoding === 'DELTA_BINARY_PACKED' && type === 'INT32') return readDeltas(bytes, new Int32Array(count)).values;
  if (encoding === 'DELTA_BINARY_PACKED' && type === 'INT64') return readDeltas(bytes, new BigInt64Array(count)).values;
  if (type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') {
    if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') return withLengths(bytes, count);
    if (encoding === 'DELTA_BYTE_ARRAY') return withPrefixes(bytes, count);
  }
  throw new Fault(
    `holds ${type} values in ${encoding ?? 'an unknown encoding'}, which is not read`,
    'write it with the encoding PLAIN',
  );
}

function plain(bytes: Uint8Array, { type, type_length }: SchemaElement, count: number): Stored {
  switch (type) {
    case 'BOOLEAN':
      return bits(bytes, count);
    case 'INT32':
      return numbers(Int32Array, bytes, count);
    case 'INT64':
      return numbers(BigInt64Array, bytes, count);
    case 'FLOAT':
      return numbers(Float32Array, bytes, count);
    case 'DOUBLE':
      return numbers(Float64Array, bytes, count);
    case 'INT96':
      return fixed(bytes, 12, count);
    case 'BYTE_ARRAY':
      return prefixed(bytes, count);
    case 'FIXED_LEN_BYTE_ARRAY':
      if (!(Number.isSafeInteger(type_length) && (type_length as number) > 0)) throw new Error('values of no length');
      return fixed(bytes, type_length as number, count);
    default:
      throw new Error(`values of the type ${type}`);
  }
}

function numbers<T extends Stored>(Kind: Parameters<typeof viewOf<T>>[0], bytes: Uint8Array, count: number): T {
  const length = count * Kind.BYTES_PER_ELEMENT;
  if (length !== bytes.length) throw new Error(`${bytes.length} bytes, where its ${count} values take ${length}`);
  return viewOf(Kind, bytes, count);
}

function bits(bytes: Uint8Array, count: number): Uint8Array {
  if (bytes.length !== Math.ceil(count / 8)) throw new Error(`${bytes.length} bytes for ${count} booleans`);
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) values[i] = ((bytes[i >> 3] as number) >> (i & 7)) & 1;
  return values;
}

function runs(bytes: Uint8Array, count: number): Uint8Array {
  const values = new Uint8Array(count);
  if (count > 0) readHybrid(lengthBefore(bytes).own, 1, values);
  return values;
}

/** Bytes with their length before them, and what follows. */
export function lengthBefore(bytes: Uint8Array): { own: Uint8Array; rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = bytes.length < 4 ? Infinity : view.getUint32(0, true);
  if (length > bytes.length - 4) throw new Error('levels or runs that are cut short');
  return { own: bytes.subarray(4, 4 + length), rest: bytes.subarray(4 + length) };
}

/** First all first bytes, then all second ones: turned into values again. */
function joined(bytes: Uint8Array, count: number): Uint8Array {
  const size = bytes.length / count;
  if (!Number.isInteger(size)) throw new Error(`${bytes.length} bytes for ${count} values`);
  const out = new Uint8Array(bytes.length);
  for (let b = 0; b < size; b++) for (let i = 0; i < count; i++) out[i * size + b] = bytes[b * count + i] as number;
  return out;
}

function withLengths(bytes: Uint8Array, count: number): Slices {
  const lengths = readDeltas(bytes, new Int32Array(count));
  return measured(lengths.rest, lengths.values);
}

function withPrefixes(bytes: Uint8Array, count: number): Slices {
  const prefixes = readDeltas(bytes, new Int32Array(count));
  return grown(prefixes.values, withLengths(prefixes.rest, count));
}
