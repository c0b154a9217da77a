/** Numbers and statuses as text. */
import { type Gate, hasValue } from '../../engine/result.ts';

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
  // only zeros behind the point say nothing: not those of 123450 or of e-10
  return value
    .toPrecision(DIGITS)
    .replace(/(\.\d*?)0+(?=e|$)/, '$1')
    .replace(/\.(?=e|$)/, '');
}

/** Why a value is no finite number, in words short enough for a table cell. */
export const REASONS: { readonly [S in Exclude<Gate['status'], 'ok'>]: string } = {
  nan: 'not a number',
  inf: 'overflow or infinite input',
  '-inf': 'overflow or infinite input',
  empty: 'no rows',
  few: 'fewer rows than --min-n',
  'no-baseline': 'there is no such file',
  'other-rows': 'other rows than those of the baseline',
  'other-method': 'evaluated in another way than the baseline',
  'skipped-apart': 'one side skipped rows that the other has not',
  'no-interval': 'no rows, or too few, to draw from',
  unclear: 'the interval holds the tolerance',
};

/** A value in full digits, or why there is none: `nan (not a number)`. */
export function foundText({ value, status }: Pick<Gate, 'value' | 'status'>): string {
  if (status === 'ok') return fullDigits(value);
  return `${hasValue({ status }) ? fullDigits(value) : status} (${REASONS[status]})`;
}

const BARS = ' ▁▂▃▄▅▆▇█';

/** A bar for each count; every one that is not 0 shows. */
export function bars(counts: ArrayLike<number>): string {
  const all = Array.from(counts);
  const most = Math.max(...all, Number.MIN_VALUE);
  return all.map((count) => BARS[Math.ceil((count / most) * (BARS.length - 1))]).join('');
}
