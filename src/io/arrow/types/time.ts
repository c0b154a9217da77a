import { viewOf } from '../../bytes/view.ts';
import { escapeText } from '../../fault.ts';
import { dateText, type TimeUnit, timestampText, timeText } from '../../time-text.ts';
import { isValid, type Parts, type Type, type Vector } from '../field.ts';
import { damage } from '../refusal.ts';

const NOT_NUMBERS = 'it can be a key or a slice; to use it as a number, write one: df["t"].astype("int64")';
/** Of the name of a time zone in messages. */
const LONGEST_ZONE = 40;
const DAY = 86_400_000n;

/** By the number that stands for a unit in the schema; the text of seconds is that of so many milliseconds. */
const UNITS: readonly { readonly name: string; readonly unit: TimeUnit; readonly factor: bigint; readonly perSecond: bigint }[] = [
  { name: 's', unit: 'MILLIS', factor: 1000n, perSecond: 1n },
  { name: 'ms', unit: 'MILLIS', factor: 1n, perSecond: 1000n },
  { name: 'us', unit: 'MICROS', factor: 1n, perSecond: 1_000_000n },
  { name: 'ns', unit: 'NANOS', factor: 1n, perSecond: 1_000_000_000n },
];

function unitOf(unit: number) {
  const known = UNITS[unit];
  if (!known) throw damage(`a unit of time ${unit}`);
  return known;
}

/** `2024-01-31` */
export function dateType(unit: number): Type {
  if (unit === 0) return timeLike('date32[day]', 32, (days) => dateText(Number(days)));
  if (unit !== 1) throw damage(`a unit of dates ${unit}`);
  return timeLike('date64[ms]', 64, (value) => {
    const text = timestampText(value, 'MILLIS', false);
    return value % DAY === 0n ? (text.split('T')[0] as string) : text;
  });
}

/** `2024-01-31T12:00:00.25`; with a `Z` where the column has a time zone, for then it counts from midnight UTC. */
export function timestampType(unit: number, zone: string): Type {
  const { name, unit: textUnit, factor } = unitOf(unit);
  const utc = zone !== '';
  return timeLike(`timestamp[${name}${utc ? `, tz=${escapeText(zone.slice(0, LONGEST_ZONE))}` : ''}]`, 64, (value) =>
    timestampText(value * factor, textUnit, utc),
  );
}

/** `12:00:00.25` */
export function timeType(unit: number, bits: number): Type {
  const { name, unit: textUnit, factor } = unitOf(unit);
  if (bits !== (unit < 2 ? 32 : 64)) throw damage(`times of ${bits} bits in ${name}`);
  return timeLike(`time${bits}[${name}]`, bits, (value) => timeText(value * factor, textUnit));
}

/** Seconds, as in `PT1.5S`. */
export function durationType(unit: number): Type {
  const { name, perSecond } = unitOf(unit);
  return timeLike(`duration[${name}]`, 64, (value) => {
    const size = value < 0n ? -value : value;
    const fraction = String(size % perSecond)
      .padStart(String(perSecond).length - 1, '0')
      .replace(/0+$/, '');
    return `${value < 0n ? '-' : ''}PT${size / perSecond}${fraction === '' ? '' : `.${fraction}`}S`;
  });
}

function timeLike(name: string, bits: 32 | 64 | number, text: (value: bigint) => string): Type {
  return {
    name,
    validity: true,
    buffers: [(rows) => (rows * bits) / 8],
    children: [],
    notNumbers: NOT_NUMBERS,
    read: (parts) => vector(parts, bits, text),
  };
}

function vector(
  { rows, valid, buffers: [bytes = new Uint8Array(0)] }: Parts,
  bits: number,
  text: (value: bigint) => string,
): Vector {
  const values = bits === 32 ? viewOf(Int32Array, bytes, rows) : viewOf(BigInt64Array, bytes, rows);
  return {
    rows,
    cell(row) {
      if (!isValid(valid, row)) return null;
      try {
        return text(BigInt(values[row] as number | bigint));
      } catch (error) {
        throw damage((error as Error).message);
      }
    },
  };
}
