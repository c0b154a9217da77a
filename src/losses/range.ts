/** The allowed values of an input or a parameter. */
export interface Range {
  readonly min?: number;
  readonly max?: number;
  /** The ends themselves are not allowed. */
  readonly open?: boolean;
}

/** `in [0, 1]`, `above 0`, `at least 0`, or nothing. */
export function rangeText({ min, max, open }: Range): string {
  if (min !== undefined && max !== undefined) return open ? `in (${min}, ${max})` : `in [${min}, ${max}]`;
  if (min !== undefined) return `${open ? 'above' : 'at least'} ${min}`;
  if (max !== undefined) return `${open ? 'below' : 'at most'} ${max}`;
  return '';
}

/** Whether a value lies in the range. NaN passes: it is not for a range to judge. */
export function inRange(
  value: number,
  { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, open = false }: Range,
): boolean {
  return !(value < min || value > max || (open && (value === min || value === max)));
}
