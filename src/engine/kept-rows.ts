/** The values of the rows of one loss, held for statistics of them, for intervals, for paired comparison and for the worst rows. */
import type { Batch } from '../io/batch.ts';
import type { Rows } from './gather.ts';
import type { RowTaker } from './rows.ts';

/** Where rows stand: arrays of the same length, an entry for each. */
export interface RowPlaces {
  /** Number of the row in the input, from 0. */
  readonly number: Float64Array;
  /** Number of the row among those that were read, from 0. */
  readonly order: Float64Array;
  /** The slice of the row; -1 where nothing is sliced. */
  readonly slice: Int32Array;
}

/** The values of rows, or of the groups that begin with them. */
export interface RowColumns extends RowPlaces {
  /** The value as under `--reduction none`. */
  readonly value: Float64Array;
  /** What the row adds to the sum, and to what the sum is divided by. */
  readonly numerator: Float64Array;
  readonly denominator: Float64Array;
}

/** Of the rows as they come, with the slices as they are numbered there. */
export type RawRows = Omit<RowColumns, 'order'>;

/** Numbers of the rows in the input, where rows were left out before they came here. */
export class RowNumbers {
  readonly #firsts: number[] = [];
  readonly #indexes: Float64Array[] = [];

  note({ first, index }: Pick<Batch, 'first' | 'index'>): void {
    if (!index) return;
    this.#firsts.push(first);
    this.#indexes.push(index);
  }

  /** From the numbers of rows among those that came. */
  inInput(numbers: Float64Array): Float64Array {
    if (this.#firsts.length === 0) return numbers;
    return numbers.map((number) => {
      const at = this.#firsts.findLastIndex((first) => first <= number);
      return at < 0 ? number : (this.#indexes[at] as Float64Array)[number - (this.#firsts[at] as number)];
    });
  }
}

/** 36 bytes a row. */
export class KeptRows implements RowTaker {
  readonly #numbers: RowNumbers;
  #n = 0;
  #number = new Float64Array(1024);
  #value = new Float64Array(1024);
  #numerator = new Float64Array(1024);
  #denominator = new Float64Array(1024);
  #slice = new Int32Array(1024);

  constructor(numbers: RowNumbers) {
    this.#numbers = numbers;
  }

  take(
    { n, weight, slices, numbers }: Rows,
    value: Float64Array,
    out: Float64Array,
    norm: Float64Array | null,
    perRow: number,
  ): void {
    if (!numbers) throw new Error('rows without numbers cannot be told apart');
    while (this.#value.length < this.#n + n) this.#grow();
    const share = weight ? perRow / weight.width : 1; // elements that a weight stands for
    for (let row = 0; row < n; row++) {
      const at = this.#n + row;
      let numerator = 0;
      let denominator = 0;
      for (let i = row * perRow; i < (row + 1) * perRow; i++) {
        const w = weight ? weight.data[Math.floor(i / share)] : 1;
        numerator += w * out[i];
        denominator += norm ? w * norm[i] : w;
      }
      this.#number[at] = numbers[row];
      this.#value[at] = value[row];
      this.#numerator[at] = numerator;
      this.#denominator[at] = denominator;
      this.#slice[at] = slices ? slices[row] : -1;
    }
    this.#n += n;
  }

  /** The rows as they came, to be added to those of a table of which this one is a part. */
  raw(): RawRows {
    const [number, value, numerator, denominator] = [this.#number, this.#value, this.#numerator, this.#denominator].map((values) =>
      values.slice(0, this.#n),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    return { number, value, numerator, denominator, slice: this.#slice.slice(0, this.#n) };
  }

  /** Adds the rows of a part, `before` rows into the table; `ids[k]` is the slice here that is number `k` there. */
  add({ number, value, numerator, denominator, slice }: RawRows, before: number, ids: readonly number[]): void {
    while (this.#value.length < this.#n + number.length) this.#grow();
    this.#number.set(
      number.map((one) => one + before),
      this.#n,
    );
    this.#value.set(value, this.#n);
    this.#numerator.set(numerator, this.#n);
    this.#denominator.set(denominator, this.#n);
    this.#slice.set(
      slice.map((id) => (id < 0 ? id : ids[id])),
      this.#n,
    );
    this.#n += number.length;
  }

  /** All rows in the order of the input, whatever order groups gave them in. Shares what it holds where that is in order. */
  columns(): RowColumns {
    const order = this.#order();
    const take = (values: Float64Array) => (order ? Float64Array.from(order, (i) => values[i]) : values.subarray(0, this.#n));
    const number = take(this.#number);
    return {
      number: this.#numbers.inInput(number),
      value: take(this.#value),
      numerator: take(this.#numerator),
      denominator: take(this.#denominator),
      slice: order ? Int32Array.from(order, (i) => this.#slice[i]) : this.#slice.subarray(0, this.#n),
      order: number,
    };
  }

  /** `null` where the rows came in the order of the input. */
  #order(): Uint32Array | null {
    if (isRising(this.#number, this.#n)) return null;
    return Uint32Array.from({ length: this.#n }, (_, i) => i).sort((a, b) => this.#number[a] - this.#number[b]);
  }

  #grow(): void {
    const double = (values: Float64Array) => {
      const wider = new Float64Array(values.length * 2);
      wider.set(values);
      return wider;
    };
    this.#number = double(this.#number);
    this.#value = double(this.#value);
    this.#numerator = double(this.#numerator);
    this.#denominator = double(this.#denominator);
    const slice = new Int32Array(this.#slice.length * 2);
    slice.set(this.#slice);
    this.#slice = slice;
  }
}

export function isRising(values: Float64Array, n: number): boolean {
  for (let i = 1; i < n; i++) if (values[i] < values[i - 1]) return false;
  return true;
}

/** Some of the rows, by their positions; the rows themselves where that is all of them in their order. */
export function pickRows<R extends RowPlaces>(rows: R, positions: ArrayLike<number>): R {
  const all = Uint32Array.from(positions);
  if (all.length === rows.order.length && all.every((position, i) => position === i)) return rows;
  const take = (values: Float64Array | Int32Array) => {
    const taken = values.slice(0, all.length);
    for (let i = 0; i < taken.length; i++) taken[i] = values[all[i]];
    return taken;
  };
  const picked = Object.entries(rows).map(([name, column]) => [name, Array.isArray(column) ? column.map(take) : take(column)]);
  return Object.fromEntries(picked);
}

/** The rows of one slice. */
export function rowsOfSlice(rows: RowColumns, slice: number): RowColumns {
  return pickRows(
    rows,
    Uint32Array.from(rows.slice.keys()).filter((i) => rows.slice[i] === slice),
  );
}

export interface RawClusters {
  readonly texts: readonly string[];
  readonly ids: Int32Array;
}

/** The cluster of each row, by the text of a column. */
export class Clusters {
  readonly #known = new Map<string, number>();
  readonly #ids: number[] = [];

  note(texts: readonly string[]): void {
    for (const text of texts) {
      const id = this.#known.get(text) ?? this.#known.size;
      this.#known.set(text, id);
      this.#ids.push(id);
    }
  }

  /** The texts, and for each row which of them: to be added to those of a table of which this one is a part. */
  raw(): RawClusters {
    return { texts: [...this.#known.keys()], ids: Int32Array.from(this.#ids) };
  }

  add({ texts, ids }: RawClusters): void {
    this.note(Array.from(ids, (id) => texts[id]));
  }
}
