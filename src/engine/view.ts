/** One batch as the losses see it: columns packed into matrices, and where values are missing or not finite. */
import { areFinite, type Batch, type NumberColumn, place, type Table, type TextColumn, type Wanted } from '../io/batch.ts';
import { escapeText, quote } from '../io/fault.ts';
import type { Matrix } from '../losses/define.ts';

/** What is wrong with a row of a column; a set of bits. */
export const MISSING = 1;
export const INFINITE = 2;

/** Columns side by side; `dims` is the shape of a row, where it is one column of lists within lists. */
export interface Packed extends Matrix {
  readonly dims?: readonly number[];
}

export class View {
  readonly #table: Table;
  readonly batch: Batch;
  readonly #wanted: readonly Wanted[];
  readonly #matrices = new Map<string, Packed>();
  readonly #flaws = new Map<number, Uint8Array | null>();

  constructor(table: Table, batch: Batch, wanted: readonly Wanted[]) {
    this.#table = table;
    this.batch = batch;
    this.#wanted = wanted;
  }

  /** The columns side by side, row-major. */
  matrix(parts: readonly number[]): Packed {
    const key = parts.join();
    const known =
      this.#matrices.get(key) ??
      pack(
        parts.map((part) => this.#numbers(part)),
        this.batch.rows,
      );
    this.#matrices.set(key, known);
    return known;
  }

  texts(part: number): readonly string[] {
    return this.textColumn(part).values;
  }

  textColumn(part: number): TextColumn {
    const column = this.batch.columns[part];
    if (column.kind !== 'text') throw new Error(`column ${part} was not read as text`);
    return column;
  }

  /** For each row, `MISSING` and `INFINITE` bits; `null` when every value is finite. */
  flawsOf(part: number): Uint8Array | null {
    const known = this.#flaws.get(part);
    if (known !== undefined) return known;
    const found = findFlaws(this.#numbers(part), this.batch.rows);
    this.#flaws.set(part, found);
    return found;
  }

  /** Number of elements of a row of the column that have one of the `bits`. */
  countFlaws(part: number, row: number, bits: number): number {
    const { values, width } = this.#numbers(part);
    let count = 0;
    for (let i = row * width; i < (row + 1) * width; i++) if (flawOf(values[i]) & bits) count++;
    return count;
  }

  /** `preds.csv:17:2: column "pred"`: where an element of a packed row came from. */
  where(parts: readonly number[], row: number, element: number): string {
    let left = element;
    const part = parts.find((candidate) => {
      const { width } = this.#numbers(candidate);
      if (left < width) return true;
      left -= width;
      return false;
    });
    const { column } = this.#wanted[part ?? parts[0]];
    return `${escapeText(place(this.#table, this.batch, row, column))}: column ${quote(this.#table.columns[column])}`;
  }

  /** `preds.csv:17`: where a row came from. */
  place(row: number): string {
    return escapeText(place(this.#table, this.batch, row));
  }

  /** The first element of a row that has one of the `bits`: where it is and what stands there. */
  describeFlaw(part: number, row: number, bits: number): string {
    const { values, width, missing } = this.#numbers(part);
    const at = row * width + values.subarray(row * width, (row + 1) * width).findIndex((value) => (flawOf(value) & bits) !== 0);
    const text = missing.get(at) ?? String(values[at]);
    return `${this.where([part], row, at - row * width)}: ${text === '' ? 'empty cell' : `${quote(text)} is not a finite number`}`;
  }

  #numbers(part: number): NumberColumn {
    const column = this.batch.columns[part];
    if (column.kind !== 'number') throw new Error(`column ${part} was not read as numbers`);
    return column;
  }
}

function flawOf(value: number): number {
  if (Number.isNaN(value)) return MISSING;
  return Math.abs(value) === Number.POSITIVE_INFINITY ? INFINITE : 0;
}

function findFlaws({ values, width }: NumberColumn, rows: number): Uint8Array | null {
  if (areFinite(values, rows * width)) return null;
  const flaws = new Uint8Array(rows);
  for (let i = 0; i < rows * width; i++) flaws[Math.floor(i / width)] |= flawOf(values[i]);
  return flaws;
}

function pack(columns: readonly NumberColumn[], rows: number): Packed {
  if (columns.length === 1) {
    const [{ values, width, dims }] = columns;
    return { data: values, width, ...(dims && { dims }) };
  }
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  const data = new Float64Array(rows * width);
  let offset = 0;
  for (const { values, width: own } of columns) {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < own; i++) data[row * width + offset + i] = values[row * own + i];
    }
    offset += own;
  }
  return { data, width };
}
