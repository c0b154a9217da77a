/**
 * What has been added up so far for one loss and one slice. Every sum is exact, so partials do not depend on the order or the
 * grouping of rows, and two of them merge into what one pass would have given.
 */
import type { Matrix, Slots } from '../losses/define.ts';
import { ExactSum } from '../losses/math/exact-sum.ts';

/** How many of what is added. */
export interface Counts {
  /** Rows that were evaluated. */
  readonly rows: number;
  /** Values they gave. */
  readonly n: number;
  /** Elements of a value. */
  readonly perRow: number;
}

export class Partial {
  /** Rows evaluated. */
  n = 0;
  skipped = 0;
  ignored = 0;
  /** What has a value: rows, or groups where a group has one. */
  units = 0;
  /** Values evaluated: units times elements. */
  elements = 0;
  /** Sum of weight * loss over elements. */
  readonly loss = new ExactSum();
  /** Sum of weight * norm over elements: what `mean` divides by. */
  readonly norm = new ExactSum();
  /** Sum of the row weights. */
  readonly weight = new ExactSum();

  /** Adds `n` values of `perRow` elements. `out` and `norm` hold an entry per element; `weight` one per value or per element. */
  add(out: Float64Array, norm: Float64Array, weight: Matrix | null, { rows, n, perRow }: Counts): void {
    const elements = n * perRow;
    this.n += rows;
    this.units += n;
    this.elements += elements;
    if (!weight) {
      this.loss.add(out, elements);
      if (onlyOnes(norm, elements))
        this.norm.addOne(elements); // nearly always: a count, for a tenth of the time
      else this.norm.add(norm, elements);
      return;
    }
    this.weight.add(weight.data, n * weight.width);
    const weighted = new Float64Array(elements);
    this.loss.add(times(out, weight, perRow, weighted), elements);
    this.norm.add(times(norm, weight, perRow, weighted), elements);
  }

  /** Counts rows whose values are kept elsewhere, in the slots of a fold. */
  count(rows: number, weight: Float64Array): void {
    this.n += rows;
    this.units += rows;
    this.elements += rows;
    this.weight.add(weight);
  }

  merge(other: Partial): void {
    this.n += other.n;
    this.skipped += other.skipped;
    this.ignored += other.ignored;
    this.units += other.units;
    this.elements += other.elements;
    this.loss.merge(other.loss);
    this.norm.merge(other.norm);
    this.weight.merge(other.weight);
  }
}

function onlyOnes(values: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) if (values[i] !== 1) return false;
  return true;
}

function times(values: Float64Array, { data, width }: Matrix, perRow: number, into: Float64Array): Float64Array {
  const share = perRow / width; // elements that a weight stands for
  for (let i = 0, w = 0; i < into.length; w++) {
    for (const end = i + share; i < end; i++) into[i] = values[i] * data[w];
  }
  return into;
}

const BUFFER = 512;

/** The slots of a fold: exact sums with a buffer each, because adding a block costs a fraction of adding one by one, or maxima. */
export class SlotValues implements Slots {
  readonly #sums: (ExactSum | null)[];
  readonly #buffers: Float64Array[];
  readonly #filled: Int32Array;
  /** Of the slots that keep their largest term; NaN once a term was NaN. */
  readonly #largest: Float64Array;

  constructor(slots: number, combine: (slot: number) => 'sum' | 'max') {
    this.#sums = Array.from({ length: slots }, (_, slot) => (combine(slot) === 'sum' ? new ExactSum() : null));
    this.#buffers = this.#sums.map(() => new Float64Array(BUFFER));
    this.#filled = new Int32Array(slots);
    this.#largest = new Float64Array(slots).fill(Number.NEGATIVE_INFINITY);
  }

  add(slot: number, term: number): void {
    this.#buffers[slot][this.#filled[slot]++] = term;
    if (this.#filled[slot] === BUFFER) this.#flush(slot);
  }

  /** The value of each slot, and what rounding took from it. */
  finished(): { values: Float64Array; rest: Float64Array } {
    for (let slot = 0; slot < this.#sums.length; slot++) this.#flush(slot);
    const values = Float64Array.from(this.#sums, (sum, slot) => (sum ? sum.value() : this.#largest[slot]));
    return { values, rest: Float64Array.from(this.#sums, (sum) => sum?.rest() ?? 0) };
  }

  #flush(slot: number): void {
    const sum = this.#sums[slot];
    const buffer = this.#buffers[slot];
    const filled = this.#filled[slot];
    if (sum) sum.add(buffer, filled);
    else for (let i = 0; i < filled; i++) this.#largest[slot] = Math.max(this.#largest[slot], buffer[i]);
    this.#filled[slot] = 0;
  }
}
