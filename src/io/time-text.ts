/** Points in time as ISO 8601 text: the same moment gives the same text, in whatever unit it is stored. */

export type TimeUnit = 'MILLIS' | 'MICROS' | 'NANOS';

const DIGITS: Readonly<Record<TimeUnit, number>> = { MILLIS: 3, MICROS: 6, NANOS: 9 };

const DAY = 86_400;

/** `2024-01-31` */
export function dateText(days: number): string {
  return iso(days * DAY).split('T')[0] as string;
}

/** `2024-01-31T12:00:00.25`, and a `Z` where the file says that it is UTC. */
export function timestampText(value: bigint, unit: TimeUnit, utc: boolean): string {
  const { seconds, fraction } = split(value, unit);
  return `${iso(seconds).slice(0, -5)}${fraction}${utc ? 'Z' : ''}`;
}

/** `12:00:00.25` */
export function timeText(value: bigint, unit: TimeUnit): string {
  const { seconds, fraction } = split(value, unit);
  if (seconds < 0 || seconds > DAY) throw new Error('a time of day outside the day');
  return `${iso(seconds).slice(11, 19)}${fraction}`;
}

function split(value: bigint, unit: TimeUnit): { seconds: number; fraction: string } {
  const scale = 10n ** BigInt(DIGITS[unit]);
  const rest = ((value % scale) + scale) % scale; // not negative, also before 1970
  const digits = String(rest).padStart(DIGITS[unit], '0').replace(/0+$/, '');
  return { seconds: Number((value - rest) / scale), fraction: digits === '' ? '' : `.${digits}` };
}

function iso(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) throw new Error('a point in time outside the years that have dates');
  return date.toISOString();
}
