/**
 * Weighted sums of columns and of their products, from which covariances follow once all rows have been seen. Sums are exact, and
 * their terms to 32 digits: covariances keep their digits however large the means are.
 */
import type { Matrix, Numbers, Slots } from '../define.ts';
import { centredProducts, productRest } from './double-double.ts';

/** Slots 0 and 1 hold the sums of the weights and of their squares. */
export const WEIGHT_SLOTS = 2;

/** Rows at a time: a block of an exact sum, and few enough that copies of their columns stay in the cache. */
const ROWS = 1024;

const terms = new Float64Array(2 * ROWS);

/** The columns of a block of rows, one after the other: as they are, and times the weights of the rows. */
export class WeightedColumns {
  readonly #n: number;
  readonly #values: Float64Array;
  /** w x, and what rounding took from it; `null` where all weights are 1 and it took nothing. */
  readonly #shares: Float64Array;
  readonly #rests: Float64Array | null;

  constructor({ data, width }: Matrix, start: number, n: number, weight: Numbers) {
    const plain = weight.subarray(start, start + n).every((w) => w === 1);
    this.#n = n;
    this.#values = new Float64Array(n * width);
    this.#shares = plain ? this.#values : new Float64Array(n * width);
    this.#rests = plain ? null : new Float64Array(n * width);
    for (let i = 0; i < n; i++) {
      const w = weight[start + i];
      for (let j = 0; j < width; j++) {
        const x = data[(start + i) * width + j];
        const share = w * x;
        this.#values[j * n + i] = x;
        this.#shares[j * n + i] = share;
        if (this.#rests) this.#rests[j * n + i] = productRest(w, x, share);
      }
    }
  }

  /** Adds sum(w x) of column `j`. */
  addSum(into: Slots, slot: number, j: number): void {
    const n = this.#n;
    into.addAll(slot, this.#shares.subarray(j * n, (j + 1) * n), n);
    if (this.#rests) into.addAll(slot, this.#rests.subarray(j * n, (j + 1) * n), n);
  }

  /** Adds sum(w x y) of column `j` and column `k` of `other`. */
  addProducts(into: Slots, slot: number, j: number, other: WeightedColumns, k: number): void {
    const n = this.#n;
    const shares = this.#shares;
    const values = other.#values;
    for (let i = 0; i < n; i++) {
      const product = shares[j * n + i] * values[k * n + i];
      terms[i] = product;
      terms[n + i] = productRest(shares[j * n + i], values[k * n + i], product);
    }
    into.addAll(slot, terms, 2 * n);
    const rests = this.#rests;
    if (!rests) return;
    for (let i = 0; i < n; i++) terms[i] = rests[j * n + i] * values[k * n + i];
    into.addAll(slot, terms, n);
  }
}

/** Adds the weights, then calls `add` with the columns of some matrices, a block of rows at a time. */
export function addByColumns(
  matrices: readonly Matrix[],
  n: number,
  weight: Numbers,
  into: Slots,
  add: (columns: readonly WeightedColumns[]) => void,
): void {
  for (let i = 0; i < n; i++) {
    into.add(0, weight[i]);
    into.add(1, weight[i] * weight[i]);
  }
  for (let start = 0; start < n; start += ROWS) {
    const rows = Math.min(ROWS, n - start);
    add(matrices.map((matrix) => new WeightedColumns(matrix, start, rows, weight)));
  }
}

/** Reads covariances from finished slots. */
export class Covariances {
  readonly #slots: Float64Array;
  readonly #rest: Float64Array;
  /**
   * What a variance divides by: sum(w) - sum(w^2) / sum(w), as numpy's `aweights`. For equal weights n - 1 times their size, so that
   * the unit of the weights does not matter.
   */
  readonly freedom: number;

  constructor(slots: Float64Array, rest: Float64Array) {
    this.#slots = slots;
    this.#rest = rest;
    this.freedom = slots[0] - slots[1] / slots[0];
  }

  /** sum(w (x - mean x) (y - mean y)), from the slots of sum(w x), sum(w y) and sum(w x y). */
  centred(x: number, y: number, products: number): number {
    return centredProducts(this.#double(0), this.#double(x), this.#double(y), this.#double(products));
  }

  /** The variance of a column, from the slots of sum(w x) and sum(w x^2); no less than 0. */
  variance(x: number, squares: number): number {
    return Math.max(0, this.centred(x, x, squares)) / this.freedom;
  }

  #double(slot: number) {
    return { high: this.#slots[slot], low: this.#rest[slot] };
  }
}

/** The number of columns for which there are as many slots. */
export function widthFor(slots: number, slotsOf: (width: number) => number): number {
  let width = 1;
  while (slotsOf(width) < slots) width++;
  return width;
}
