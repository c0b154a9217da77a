/** Numbers and statuses as text. */
import type { Status } from '../../engine/result.ts';

/** The shortest digits that read back as the same number; `-0` keeps its sign. Also a JSON number when finite. */
export function fullDigits(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
}

const DIGITS = 6;
const WHOLE = 1e15;

/** Six significant digits for reading; whole numbers are shown whole. */
export function shortDigits(value: number): string {
  if (!Number.isFinite(value) || (Number.isInteger(value) && Math.abs(value) < WHOLE)) return fullDigits(value);
  return value.toPrecision(DIGITS).replace(/\.?0+(?=e|$)/, '');
}

/** Why a value is no finite number, in words short enough for a table cell. */
export const REASONS: { readonly [S in Exclude<Status, 'ok'>]: string } = {
  nan: 'not a number',
  inf: 'overflow or infinite input',
  '-inf': 'overflow or infinite input',
  empty: 'no rows',
};
