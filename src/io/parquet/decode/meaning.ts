import { isUtf8 } from 'node:buffer';
import type { Numbers } from '../../batch.ts';
import { decimalText } from '../../decimal-text.ts';
import { exactDoubles } from '../../exact-doubles.ts';
import { Fault } from '../../fault.ts';
import { widenHalf } from '../../half.ts';
import { dateText, type TimeUnit, timestampText, timeText } from '../../time-text.ts';
import type { SchemaElement } from './format.ts';
import type { Slices } from './slices.ts';
import type { Stored } from './stored.ts';

/** What the stored values of a column mean. */
export interface Meaning {
  /** How messages name the type. */
  readonly name: string;
  /** A point in time: a number of it would need a unit, which the name of a column does not say. */
  readonly temporal?: boolean;
  /** All values as numbers; `undefined` where that would not be exact, or where they are looked at one by one. */
  readonly numbers?: (stored: Stored) => Numbers | undefined;
  /** One value as a reader of text would give it. */
  readonly cell: (stored: Stored, i: number) => unknown;
}

/** `undefined` for a type that is not read. */
export function meaningOf(element: SchemaElement): Meaning | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'NULL') return { name: 'nothing', cell: () => null }; // whatever stands there
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') return decimal(element);
  switch (type) {
    case 'BOOLEAN':
      return { name: 'booleans', cell: (stored, i) => (stored as Uint8Array)[i] === 1 };
    case 'DOUBLE':
    case 'FLOAT':
      return { name: 'numbers', numbers: (stored) => stored as Numbers, cell: (stored, i) => (stored as Numbers)[i] };
    case 'INT32':
      return int32(element);
    case 'INT64':
      return int64(element);
    case 'INT96':
      return { name: 'timestamps', temporal: true, cell: (stored, i) => int96Text(slice(stored, i)) };
    case 'BYTE_ARRAY':
      if (converted === 'BSON' || ['BSON', 'GEOMETRY', 'GEOGRAPHY'].includes(logical?.type ?? '')) return undefined;
      return { name: 'texts', cell: (stored, i) => text(slice(stored, i)) };
    case 'FIXED_LEN_BYTE_ARRAY':
      return fixedLength(element);
    default:
      return undefined;
  }
}

function int32({ converted_type: converted, logical_type: logical }: SchemaElement): Meaning {
  const at = (stored: Stored, i: number) => (stored as Int32Array)[i] as number;
  if (converted === 'DATE' || logical?.type === 'DATE')
    return { name: 'dates', temporal: true, cell: (stored, i) => dateText(at(stored, i)) };
  if (converted === 'TIME_MILLIS' || logical?.type === 'TIME')
    return { name: 'times', temporal: true, cell: (stored, i) => timeText(BigInt(at(stored, i)), 'MILLIS') };
  if (converted === 'UINT_32' || (logical?.type === 'INTEGER' && logical.bitWidth === 32 && !logical.isSigned)) {
    const all = (stored: Stored) => Float64Array.from(stored as Int32Array, (value) => value >>> 0);
    return { name: 'numbers', numbers: all, cell: (stored, i) => at(stored, i) >>> 0 };
  }
  return { name: 'numbers', numbers: (stored) => stored as Int32Array, cell: at };
}

function int64(element: SchemaElement): Meaning {
  const { converted_type: converted, logical_type: logical } = element;
  const at = (stored: Stored, i: number) => (stored as BigInt64Array)[i] as bigint;
  const timestamp = (unit: TimeUnit, utc: boolean): Meaning => ({
    name: 'timestamps',
    temporal: true,
    cell: (stored, i) => timestampText(at(stored, i), unit, utc),
  });
  const time = (unit: TimeUnit): Meaning => ({
    name: 'times',
    temporal: true,
    cell: (stored, i) => timeText(at(stored, i), unit),
  });
  if (logical?.type === 'TIMESTAMP') return timestamp(logical.unit, logical.isAdjustedToUTC);
  if (logical?.type === 'TIME') return time(logical.unit);
  if (converted === 'TIMESTAMP_MILLIS' || converted === 'TIMESTAMP_MICROS') return timestamp(unitOf(converted), true);
  if (converted === 'TIME_MICROS') return time('MICROS');
  const signed = !(converted === 'UINT_64' || (logical?.type === 'INTEGER' && !logical.isSigned));
  return {
    name: 'numbers',
    numbers: (stored) => exactNumbers(stored as BigInt64Array, signed),
    cell: (stored, i) => (signed ? at(stored, i) : BigInt.asUintN(64, at(stored, i))),
  };
}

function unitOf(converted: string): TimeUnit {
  return converted.endsWith('MILLIS') ? 'MILLIS' : 'MICROS';
}

function exactNumbers(stored: BigInt64Array, signed: boolean): Float64Array | undefined {
  const { buffer, byteOffset, length } = stored;
  return exactDoubles(signed ? stored : new BigUint64Array(buffer, byteOffset, length));
}

function fixedLength({ type_length, logical_type: logical }: SchemaElement): Meaning | undefined {
  if (logical?.type === 'FLOAT16' && type_length === 2) {
    const half = (stored: Stored, i: number) => widenHalf((slice(stored, i)[0] as number) + (slice(stored, i)[1] as number) * 256);
    const all = (stored: Stored) => {
      const numbers = new Float64Array((stored as Slices).starts.length);
      for (let i = 0; i < numbers.length; i++) numbers[i] = half(stored, i);
      return numbers;
    };
    return { name: 'numbers', numbers: all, cell: half };
  }
  if (logical?.type === 'UUID' && type_length === 16) {
    const uuid = (bytes: Uint8Array) =>
      Buffer.from(bytes)
        .toString('hex')
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    return { name: 'UUIDs', cell: (stored, i) => uuid(slice(stored, i)) };
  }
  return undefined; // an interval, or bytes that nothing says the meaning of
}

/** As text, which keeps every digit: what needs a number reads it as it would from CSV. */
function decimal(element: SchemaElement): Meaning | undefined {
  const { type, logical_type: logical } = element;
  const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) ?? 0;
  if (!Number.isSafeInteger(scale) || scale < 0 || scale > 100) return undefined;
  const unscaled =
    type === 'INT32' || type === 'INT64'
      ? (stored: Stored, i: number) => BigInt((stored as Int32Array | BigInt64Array)[i] as number | bigint)
      : (stored: Stored, i: number) => bigEndian(slice(stored, i));
  if (!['INT32', 'INT64', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'].includes(type as string)) return undefined;
  return { name: 'decimals', cell: (stored, i) => decimalText(unscaled(stored, i), scale) };
}

function slice(stored: Stored, i: number): Uint8Array {
  const { bytes, starts, ends } = stored as Slices;
  return bytes.subarray(starts[i], ends[i]);
}

/** One value; the heap of the thread must hold it. */
const LONGEST_TEXT = 2 ** 22;

function text(bytes: Uint8Array): string {
  if (bytes.length > LONGEST_TEXT) {
    throw new Fault(
      `has a text of ${bytes.length} bytes, more than the ${LONGEST_TEXT} of a value`,
      'name a column of shorter texts',
    );
  }
  if (!isUtf8(bytes)) throw new Error('text that is not valid UTF-8');
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

/** How Impala and old Spark wrote timestamps: nanoseconds of the day, and the day by the Julian calendar. */
function int96Text(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const days = BigInt(view.getInt32(8, true)) - 2_440_588n;
  return timestampText(days * 86_400_000_000_000n + view.getBigInt64(0, true), 'NANOS', false);
}

/** 256 bits are the most that anything writes. */
const LONGEST_DECIMAL = 32;

/** Two's complement, the highest byte first. */
function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  if (bytes.length > LONGEST_DECIMAL) throw new Error(`a decimal of ${bytes.length} bytes`);
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${hex}`));
}
