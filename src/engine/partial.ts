/**
 * What has been added up so far for one loss and one slice. Every sum is exact, so partials do not depend on the order or the
 * grouping of rows, and two of them merge into what one pass would have given.
 */
import type { Matrix, Slots } from '../losses/define.ts';
import { ExactSum, type SumState } from '../losses/math/exact-sum.ts';
import { ExactSums } from '../losses/math/exact-sums.ts';

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

  /** Adds `n` values of `perRow` elements. `out` and `norm` hold an entry per element, 1 where `norm` is `null`; `weight` one per value or per element. */
  add(out: Float64Array, norm: Float64Array | null, weight: Matrix | null, { rows, n, perRow }: Counts): void {
    const elements = n * perRow;
    this.n += rows;
    this.units += n;
    this.elements += elements;
    if (!weight) {
      this.loss.add(out, elements);
      if (norm) this.norm.add(norm, elements);
      else this.norm.addOne(elements);
      return;
    }
    this.weight.add(weight.data, n * weight.width);
    const weighted = new Float64Array(elements);
    this.loss.add(times(out, weight, perRow, weighted), elements);
    this.norm.add(norm ? times(norm, weight, perRow, weighted) : spread(weight, perRow, weighted), elements);
  }

  /** Counts rows whose values are kept elsewhere, in the slots of a fold. */
  count(rows: number, weight: Float64Array): void {
    this.n += rows;
    this.units += rows;
    this.elements += rows;
    this.weight.add(weight);
  }

  state(): PartialState {
    const { n, skipped, ignored, units, elements } = this;
    const [loss, norm, weight] = [this.loss, this.norm, this.weight].map((sum) => sum.state());
    return { n, skipped, ignored, units, elements, loss, norm, weight };
  }

  /** Adds what another run, or another part of this one, has added up. */
  addState(other: PartialState): void {
    this.n += other.n;
    this.skipped += other.skipped;
    this.ignored += other.ignored;
    this.units += other.units;
    this.elements += other.elements;
    this.loss.addState(other.loss);
    this.norm.addState(other.norm);
    this.weight.addState(other.weight);
  }
}

/** A partial as plain data. */
export interface PartialState {
  readonly n: number;
  readonly skipped: number;
  readonly ignored: number;
  readonly units: number;
  readonly elements: number;
  readonly loss: SumState;
  readonly norm: SumState;
  readonly weight: SumState;
}

function times(values: Float64Array, { data, width }: Matrix, perRow: number, into: Float64Array): Float64Array {
  const share = perRow / width; // elements that a weight stands for
  for (let i = 0, w = 0; i < into.length; w++) {
    for (const end = i + share; i < end; i++) into[i] = values[i] * data[w];
  }
  return into;
}

/** The weight of each element. */
function spread({ data, width }: Matrix, perRow: number, into: Float64Array): Float64Array {
  const share = perRow / width;
  for (let i = 0, w = 0; i < into.length; i += share, w++) into.fill(data[w], i, i + share);
  return into;
}

const BUFFER = 1024;

/** The slots of a fold: exact sums, or maxima. Single terms wait in a buffer, because adding a block costs a fraction of adding one by one. */
export class SlotValues implements Slots {
  readonly #sums: ExactSums;
  readonly #isMax: Uint8Array;
  readonly #buffers: (Float64Array | undefined)[];
  readonly #filled: Int32Array;
  /** Of the slots that keep their largest term; NaN once a term was NaN. */
  readonly #largest: Float64Array;

  constructor(slots: number, combine: (slot: number) => 'sum' | 'max') {
    this.#sums = new ExactSums(slots);
    this.#isMax = Uint8Array.from({ length: slots }, (_, slot) => (combine(slot) === 'max' ? 1 : 0));
    this.#buffers = new Array(slots);
    this.#filled = new Int32Array(slots);
    this.#largest = new Float64Array(slots).fill(Number.NEGATIVE_INFINITY);
  }

  add(slot: number, term: number): void {
    const buffer = this.#buffers[slot] ?? this.#buffer(slot);
    buffer[this.#filled[slot]++] = term;
    if (this.#filled[slot] === BUFFER) this.#flush(slot);
  }

  addAll(slot: number, terms: Float64Array, n: number): void {
    if (!this.#isMax[slot]) this.#sums.add(slot, terms, n);
    else for (let i = 0; i < n; i++) this.#largest[slot] = Math.max(this.#largest[slot], terms[i]);
  }

  /** The value of each slot, and what rounding took from it. */
  finished(): { values: Float64Array; rest: Float64Array } {
    const values = this.#largest.slice();
    const rest = new Float64Array(values.length);
    for (let slot = 0; slot < values.length; slot++) {
      this.#flush(slot);
      if (this.#isMax[slot]) {
        values[slot] = this.#largest[slot];
        continue;
      }
      const sum = this.#sums.get(slot);
      values[slot] = sum.value();
      rest[slot] = sum.rest();
    }
    return { values, rest };
  }

  /** A sum for each slot, or its largest term. */
  state(): SlotState[] {
    return Array.from({ length: this.#isMax.length }, (_, slot) => {
      this.#flush(slot);
      return this.#isMax[slot] ? maxState(this.#largest[slot]) : this.#sums.get(slot).state();
    });
  }

  addState(slots: readonly SlotState[]): void {
    slots.forEach((state, slot) => {
      if (!('max' in state)) this.#sums.addState(slot, state);
      else this.#largest[slot] = Math.max(this.#largest[slot], state.max === null ? Number.NaN : Number(state.max));
    });
  }

  #buffer(slot: number): Float64Array {
    const buffer = new Float64Array(BUFFER);
    this.#buffers[slot] = buffer;
    return buffer;
  }

  #flush(slot: number): void {
    const buffer = this.#buffers[slot];
    if (buffer) this.addAll(slot, buffer, this.#filled[slot]);
    this.#filled[slot] = 0;
  }
}

/** A slot as plain data. The largest term is text where JSON has no number for it: `Infinity`, `-Infinity`; `null` for NaN. */
export type SlotState = SumState | { readonly max: number | string | null };

function maxState(largest: number): SlotState {
  return { max: Number.isFinite(largest) ? largest : Number.isNaN(largest) ? null : String(largest) };
}
