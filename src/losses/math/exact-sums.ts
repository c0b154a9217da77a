import { BINS, ExactSum, type SumState } from './exact-sum.ts';

/**
 * Many exact sums, at rest 4 bytes for each bin that any of them uses: 20 or so a sum, where an `ExactSum` takes 800. One at a time
 * is unpacked to be added to, so terms should come in blocks.
 */
export class ExactSums {
  readonly #count: number;
  /** The bins from `#low` on of each sum, `#span` of them. */
  #packed = new Int32Array(0);
  #low = 0;
  #span = 0;
  /** NaN or an infinity, of the sums that are one. */
  readonly #beyond = new Map<number, number>();
  readonly #open = new ExactSum();
  readonly #bins = new Int32Array(BINS);

  constructor(count: number) {
    this.#count = count;
  }

  /** Adds the first `n` terms to sum `index`. */
  add(index: number, terms: Float64Array, n: number): void {
    const sum = this.get(index);
    sum.add(terms, n);
    this.#keep(index, sum);
  }

  /** Adds the terms of a sum that was written down to sum `index`. */
  addState(index: number, state: SumState): void {
    const sum = this.get(index);
    sum.addState(state);
    this.#keep(index, sum);
  }

  #keep(index: number, sum: ExactSum): void {
    if (sum.beyond !== 0) this.#beyond.set(index, sum.beyond);
    const bins = this.#bins;
    sum.pack(bins);
    let low = 0;
    let end = BINS;
    while (low < BINS && bins[low] === 0) low++;
    while (end > low && bins[end - 1] === 0) end--;
    if (end > low && (low < this.#low || end > this.#low + this.#span)) this.#widen(low, end);
    const start = index * this.#span;
    for (let k = 0; k < this.#span; k++) this.#packed[start + k] = bins[this.#low + k];
  }

  /** Sum `index`, until the next one is asked for. */
  get(index: number): ExactSum {
    const sum = this.#open;
    sum.clear();
    sum.unpack(this.#packed, index * this.#span, this.#span, this.#low);
    const beyond = this.#beyond.get(index);
    if (beyond !== undefined) sum.addOne(beyond);
    return sum;
  }

  /** Makes room for the bins from `low` to `end`. */
  #widen(low: number, end: number): void {
    const oldLow = this.#span > 0 ? this.#low : low;
    const newLow = Math.min(oldLow, low);
    const span = Math.max(oldLow + this.#span, end) - newLow;
    const packed = new Int32Array(this.#count * span);
    for (let index = 0; index < this.#count; index++) {
      for (let k = 0; k < this.#span; k++) {
        packed[index * span + oldLow - newLow + k] = this.#packed[index * this.#span + k];
      }
    }
    this.#packed = packed;
    this.#low = newLow;
    this.#span = span;
  }
}
