/** Rows -> slices, by the texts in the `--by` columns. */
import type { SliceKey } from './result.ts';
import type { View } from './view.ts';

export class Slicer {
  /** Slices in the order in which they were first seen; a row's id is a position here. */
  readonly keys: SliceKey[] = [];
  readonly #columns: readonly { readonly name: string; readonly part: number }[];
  readonly #known = new Map<string, number>();

  constructor(columns: readonly { readonly name: string; readonly part: number }[]) {
    this.#columns = columns;
  }

  /** The slice of each row of the batch; `null` when nothing is sliced. */
  ids(view: View): Int32Array | null {
    if (this.#columns.length === 0) return null;
    const texts = this.#columns.map(({ part }) => view.texts(part));
    const ids = new Int32Array(view.batch.rows);
    for (let row = 0; row < ids.length; row++) ids[row] = this.#id(texts.map((column) => column[row]));
    return ids;
  }

  /** Ids in an order that depends on the names only, never on the order of rows: numbers by size, then text. */
  sorted(): number[] {
    const order = (a: number, b: number) => {
      const left = [...this.keys[a].values()];
      const right = [...this.keys[b].values()];
      const differing = left.findIndex((value, index) => value !== right[index]);
      return differing < 0 ? 0 : compareNames(left[differing], right[differing]);
    };
    return this.keys.map((_, id) => id).sort(order);
  }

  #id(values: readonly string[]): number {
    const key = values.length === 1 ? values[0] : JSON.stringify(values);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = this.keys.push(new Map(this.#columns.map(({ name }, index) => [name, values[index]]))) - 1;
    this.#known.set(key, id);
    return id;
  }
}

/** Numbers before texts, numbers by size, texts by code unit; `010` and `10` differ and keep a fixed order. */
function compareNames(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  const numeric = (text: string, value: number) => text.trim() !== '' && !Number.isNaN(value);
  if (numeric(a, x) && numeric(b, y) && x !== y) return x - y;
  if (numeric(a, x) !== numeric(b, y)) return numeric(a, x) ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Positions of the rows of each slice among `ids`, by slice id; no entry for a slice without rows. */
export function rowsBySlice(ids: Int32Array): Map<number, Int32Array> {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const rows = new Map([...counts].map(([id, count]) => [id, new Int32Array(count)]));
  counts.clear();
  ids.forEach((id, row) => {
    const at = counts.get(id) ?? 0;
    (rows.get(id) as Int32Array)[at] = row;
    counts.set(id, at + 1);
  });
  return rows;
}

/** The slice ids of some rows. */
export function takeIds(ids: Int32Array, rows: Int32Array): Int32Array {
  return Int32Array.from(rows, (row) => ids[row]);
}
