/** What each row of a fold adds to its sums: held, so that a value can be had of any of the rows. */
import type { FoldLoss, Slots } from '../losses/define.ts';
import { isRising, type RowNumbers, type RowPlaces } from './kept-rows.ts';

export interface TermColumns extends RowPlaces {
  /** One for each sum. */
  readonly terms: readonly Float64Array[];
}

/** A fold of more sums is no simple function of them: bins of probabilities, products of many dimensions. */
const MOST_TERMS = 16;

/** Whether a fold of so many slots is a function of a few sums. */
function isOfFewSums(loss: FoldLoss, slots: number): boolean {
  return (
    slots <= MOST_TERMS && Array.from({ length: slots }, (_, slot) => loss.combine?.(slot) ?? 'sum').every((how) => how === 'sum')
  );
}

/** 20 bytes a row, and 8 for each sum. Rows come in the order of the input. */
export class KeptTerms implements Slots {
  readonly #numbers: RowNumbers;
  readonly #terms: Float64Array[] = [];
  #number = new Float64Array(1024);
  #slice = new Int32Array(1024);
  #n = 0;
  #isWhole = true;

  constructor(numbers: RowNumbers) {
    this.#numbers = numbers;
  }

  /** How many sums there are: before the first row. */
  ready(loss: FoldLoss, slots: number): void {
    if (!isOfFewSums(loss, slots)) this.#isWhole = false;
    while (this.#isWhole && this.#terms.length < slots) this.#terms.push(new Float64Array(this.#number.length));
  }

  get isWanted(): boolean {
    return this.#isWhole;
  }

  /** What is added from here on is of this row. */
  open(number: number, slice: number): void {
    if (this.#n === this.#number.length) this.#grow();
    this.#number[this.#n] = number;
    this.#slice[this.#n] = slice;
    this.#n++;
  }

  add(slot: number, term: number): void {
    this.#terms[slot][this.#n - 1] += term;
  }

  addAll(slot: number, terms: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) this.add(slot, terms[i]);
  }

  /** `null` for a fold that is no function of a few sums. */
  columns(): TermColumns | null {
    if (!this.#isWhole) return null;
    const order = this.#number.subarray(0, this.#n);
    if (!isRising(order, this.#n)) throw new Error('rows of a fold came out of order');
    return {
      number: this.#numbers.inInput(order),
      order,
      slice: this.#slice.subarray(0, this.#n),
      terms: this.#terms.map((column) => column.subarray(0, this.#n)),
    };
  }

  #grow(): void {
    const wider = <A extends Float64Array | Int32Array>(values: A, into: A): A => {
      into.set(values);
      return into;
    };
    const room = 2 * this.#n;
    this.#number = wider(this.#number, new Float64Array(room));
    this.#slice = wider(this.#slice, new Int32Array(room));
    this.#terms.forEach((column, k) => {
      this.#terms[k] = wider(column, new Float64Array(room));
    });
  }
}
