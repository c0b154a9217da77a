/** Rows that meet conditions: `--where`. */
import { type Batch, isMissing, place, type ReadOptions, type Table, type Wanted } from '../batch.ts';
import { parseNumber, trimCell } from '../cells.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import { takeRows } from './take.ts';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface Condition {
  readonly column: number;
  readonly comparison: Comparison;
  /** A text for `=` and `!=`, a number for the others. */
  readonly value: string | number;
}

/** A table of the rows for which all conditions hold. */
export function filtered(table: Table, conditions: readonly Condition[]): Table {
  async function* read(wanted: readonly Wanted[], options: ReadOptions): AsyncGenerator<Batch> {
    const asked = conditions.map(({ column }): Wanted => ({ column, as: 'text' }));
    let first = 0;
    let seen = 0;
    for await (const batch of table.read([...wanted, ...asked], options)) {
      seen += batch.rows;
      const kept = rowsThat(table, batch, conditions, wanted.length);
      const columns = batch.columns.slice(0, wanted.length).map((column) => (kept ? takeRows(column, kept) : column));
      const rows = kept ? kept.length : batch.rows;
      if (rows === 0) continue;
      const original = (row: number) => (kept ? (kept[row] as number) : row);
      const index = Float64Array.from({ length: rows }, (_, row) =>
        batch.index ? (batch.index[original(row)] as number) : batch.first + original(row),
      );
      yield { rows, first, columns, index, place: (row, column) => place(table, batch, original(row), column) };
      first += rows;
    }
    if (first === 0 && seen > 0) {
      const texts = conditions.map(
        ({ column, comparison, value }) => `${quote(table.columns[column] as string)} ${comparison} ${quote(String(value))}`,
      );
      throw new Fault(
        `${escapeText(table.name)}: no row of ${seen} meets --where ${texts.join(' and ')}`,
        'texts are compared as they stand in the file',
        'D09',
      );
    }
  }
  const { pieces: _ofAllRows, ...rest } = table;
  return { ...rest, read };
}

/** Rows that pass; `null` for all of them. */
function rowsThat(table: Table, batch: Batch, conditions: readonly Condition[], from: number): Int32Array | null {
  const passes = conditions.map((condition, k) => {
    const column = batch.columns[from + k];
    if (column?.kind !== 'text') throw new Error('a condition was not read as text');
    return (row: number) =>
      holds(
        condition,
        column.values[row] as string,
        () =>
          `${escapeText(place(table, batch, row, condition.column))}: column ${quote(table.columns[condition.column] as string)}`,
      );
  });
  const kept = new Int32Array(batch.rows);
  let n = 0;
  for (let row = 0; row < batch.rows; row++) if (passes.every((pass) => pass(row))) kept[n++] = row;
  return n === batch.rows ? null : kept.subarray(0, n);
}

/** A missing value is equal to nothing and different from everything: `age < 30` leaves it out, and so does `age >= 30`. */
function holds({ comparison, value }: Condition, text: string, where: () => string): boolean {
  if (comparison === '=') return text === value;
  if (comparison === '!=') return text !== value;
  const trimmed = trimCell(text);
  if (isMissing(trimmed)) return false;
  const number = parseNumber(trimmed);
  if (number === undefined) {
    throw new Fault(`${where()}: ${quote(text)} is not a number, which --where compares by size`, 'compare texts with = or !=');
  }
  const limit = Number(value);
  if (comparison === '<') return number < limit;
  if (comparison === '<=') return number <= limit;
  return comparison === '>' ? number > limit : number >= limit;
}
