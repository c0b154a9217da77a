import { parseNumber, trimCell } from '../cells.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { type Limits, limitFault } from '../limits.ts';
import type { Delimiter } from './dialect.ts';

/** Names of the columns, from the first record. Without a header they are `#1`, `#2` ... */
export function columnNames(input: Input, cells: readonly string[], line: number, delimiter: Delimiter): string[] {
  const place = `${escapeText(input.name)}:${line}`;
  if (cells.length > input.limits.columns) throw widthFault(place, input.limits);
  if (!input.header) return cells.map((_, k) => `#${k + 1}`);
  const names = cells.map(trimCell);
  if (names.every((name) => parseNumber(name) !== undefined)) {
    throw new Fault(
      `${place}: the first line holds only numbers, not column names`,
      'if it is the first row of data, add --no-header and name columns by position: #1, #2',
    );
  }
  // numpy.savetxt begins its header with "# ". Elsewhere "# trees" may well be a name.
  const [first = '', ...rest] = names;
  if (delimiter === ' ' && first === '#') return rest;
  if ((delimiter === ' ' || cells.length === 1) && first.startsWith('#')) return [first.replace(/^#[ \t]*/, ''), ...rest];
  return names;
}

/** Says that a row has more cells than a table may have columns. */
export function widthFault(place: string, limits: Limits): Fault {
  return limitFault(`${place}: more than ${limits.columns} columns`, 'columns', limits);
}
