/** Rows -> slices, by the texts in the `--by` columns. */
import type { TextColumn } from '../io/batch.ts';
import { Fault, quote } from '../io/fault.ts';
import type { Numbers } from '../losses/define.ts';
import { binName, NO_BIN } from './bins.ts';
import type { SliceKey } from './result.ts';
import type { View } from './view.ts';

/** A slice takes 2 kB for each loss: this many take a few hundred MB. */
const MOST_SLICES = 100_000;

/** Values of a column -> those of the next one, or the slice: a row is looked up without a text made of all its values. */
type Level = Map<string, Level | number>;

type Texts = Pick<TextColumn, 'values' | 'coded'>;

/** Combinations of texts that a batch may look up by their codes: about as many as it has rows. */
const MOST_CODES = 8192;

/** A column that slices: by its texts, or by intervals of its numbers. */
export interface SliceColumn {
  readonly name: string;
  readonly part: number;
  readonly edges: readonly number[] | null;
}

export class Slicer {
  /** Slices in the order in which they were first seen; a row's id is a position here. */
  readonly keys: SliceKey[] = [];
  readonly #columns: readonly SliceColumn[];
  readonly #known: Level = new Map();

  constructor(columns: readonly SliceColumn[]) {
    this.#columns = columns;
  }

  /** The slice of each row of the batch; `null` when nothing is sliced. */
  ids(view: View): Int32Array | null {
    if (this.#columns.length === 0) return null;
    const columns = this.#columns.map(({ part, edges }): Texts => {
      return edges ? { values: binNames(view.matrix([part]).data, edges) } : view.textColumn(part);
    });
    const codes = combined(columns);
    if (!codes) return this.#idOfEach(columns, view.batch.rows);
    const first = firstRows(codes.of, codes.count);
    const present = [...first.keys()].filter((code) => first[code] >= 0).sort((a, b) => first[a] - first[b]);
    const idOfCode = new Int32Array(codes.count);
    for (const code of present) idOfCode[code] = this.#idOf(columns, first[code]);
    return lookedUp(codes.of, idOfCode);
  }

  #idOfEach(columns: readonly Texts[], rows: number): Int32Array {
    const ids = new Int32Array(rows);
    for (let row = 0; row < rows; row++) ids[row] = this.#idOf(columns, row);
    return ids;
  }

  #idOf(columns: readonly Texts[], row: number): number {
    let level: Level | number | undefined = this.#known;
    for (let k = 0; k < columns.length && level instanceof Map; k++) level = level.get(textOf(columns[k], row));
    return typeof level === 'number' ? level : this.id(columns.map((column) => textOf(column, row)));
  }

  /** The slice of these values, one for each column. */
  id(values: readonly string[]): number {
    let level = this.#known;
    for (const value of values.slice(0, -1)) {
      const next = level.get(value) ?? new Map();
      level.set(value, next);
      level = next as Level;
    }
    const last = values.at(-1) as string;
    const known = level.get(last);
    if (typeof known === 'number') return known;
    if (this.keys.length === MOST_SLICES) {
      const names = this.#columns.map(({ name }) => quote(name)).join(', ');
      throw new Fault(
        `--by: ${names} give more than ${MOST_SLICES} slices`,
        'is this a column of ids? numbers are sliced by bins: age:0,18,65,inf or age:q4',
      );
    }
    const id = this.keys.push(new Map(this.#columns.map(({ name }, index) => [name, values[index]]))) - 1;
    level.set(last, id);
    return id;
  }
}

/** A code of each row for the texts of all columns, below `count`; `null` where a column has none, or there would be too many. */
function combined(columns: readonly Texts[]): { of: Int32Array; count: number } | null {
  let of: Int32Array | undefined;
  let count = 1;
  for (const { coded } of columns) {
    if (!coded) return null;
    const before = of;
    const { length } = coded.texts;
    of = before ? before.map((code, row) => code * length + coded.codes[row]) : coded.codes;
    count *= length;
    if (count > MOST_CODES) return null;
  }
  return of ? { of, count } : null;
}

/** The first row of each code; -1 where there is none. */
function firstRows(codes: Int32Array, count: number): Int32Array {
  const first = new Int32Array(count).fill(-1);
  for (let row = codes.length - 1; row >= 0; row--) first[codes[row]] = row;
  return first;
}

function lookedUp(codes: Int32Array, ids: Int32Array): Int32Array {
  const found = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row++) found[row] = ids[codes[row]];
  return found;
}

/** Without asking for the texts of all rows, which may have to be made. */
function textOf(column: Texts, row: number): string {
  const { coded } = column;
  return coded ? coded.texts[coded.codes[row]] : column.values[row];
}

function binNames(values: Numbers, edges: readonly number[]): string[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? NO_BIN : binName(value, edges)));
}

/** Positions of slices in an order that depends on their names only, never on the order of rows: numbers by size, then text. */
export function sortedSlices(keys: readonly SliceKey[]): number[] {
  const order = (a: number, b: number) => {
    const left = [...keys[a].values()];
    const right = [...keys[b].values()];
    const differing = left.findIndex((value, index) => value !== right[index]);
    return differing < 0 ? 0 : compareNames(left[differing], right[differing]);
  };
  return keys.map((_, id) => id).sort(order);
}

/** Numbers before texts, numbers and intervals by size, texts by code unit; `010` and `10` differ and keep a fixed order. */
function compareNames(a: string, b: string): number {
  const [x, y] = [sizeOf(a), sizeOf(b)];
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  if ((x === undefined) !== (y === undefined)) return x === undefined ? 1 : -1;
  return a < b ? -1 : 1;
}

/** A number, or where an interval begins. */
function sizeOf(name: string): number | undefined {
  const [, start] = /^\[(\S+), \S+[)\]]$/.exec(name) ?? [];
  if (name.startsWith('below ')) return Number.NEGATIVE_INFINITY;
  if (name.startsWith('above ')) return Number(name.slice('above '.length));
  const value = Number(start ?? name);
  return name.trim() === '' || Number.isNaN(value) ? undefined : value;
}

/** What was found of the ids of a batch: all its losses ask the same. */
const known = new WeakMap<Int32Array, Map<number, Int32Array>>();

/** Positions of the rows of each slice among `ids`, by slice id; no entry for a slice without rows. */
export function rowsBySlice(ids: Int32Array): Map<number, Int32Array> {
  const found = known.get(ids) ?? sortedBySlice(ids);
  known.set(ids, found);
  return found;
}

/** By counting. Each loop is a function of its own: V8 compiles a function anew for each of its loops that is hot. */
function sortedBySlice(ids: Int32Array): Map<number, Int32Array> {
  const counts = countsOf(ids, largestOf(ids) + 1);
  const sorted = new Int32Array(ids.length);
  const rows = new Map<number, Int32Array>();
  const next = new Int32Array(counts.length); // where the next row of a slice goes
  let start = 0;
  for (const [id, count] of counts.entries()) {
    if (count === 0) continue;
    rows.set(id, sorted.subarray(start, start + count));
    next[id] = start;
    start += count;
  }
  putInOrder(ids, next, sorted);
  return rows;
}

function largestOf(ids: Int32Array): number {
  let largest = -1;
  for (let row = 0; row < ids.length; row++) largest = Math.max(largest, ids[row]);
  return largest;
}

function countsOf(ids: Int32Array, slices: number): Int32Array {
  const counts = new Int32Array(slices);
  for (let row = 0; row < ids.length; row++) counts[ids[row]]++;
  return counts;
}

function putInOrder(ids: Int32Array, next: Int32Array, sorted: Int32Array): void {
  for (let row = 0; row < ids.length; row++) sorted[next[ids[row]]++] = row;
}

/** The slice ids of some rows. */
export function takeIds(ids: Int32Array, rows: Int32Array): Int32Array {
  return Int32Array.from(rows, (row) => ids[row]);
}
