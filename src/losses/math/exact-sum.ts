/**
 * The exact sum of float64 terms, rounded once: the same bits for any order, grouping or split of the terms.
 *
 * The sum is kept as whole numbers of units in bins of 32 bits of exponent; bin k counts units of 2^(32 k - 1074), so bin 0
 * reaches the smallest subnormal. A block of terms is split, from its top bin downward, into multiples of each bin's unit:
 * `q = (v + M) - M` rounds v to a multiple of ulp(M) without error, and the rest `v - q` goes on to the next bin (Rump, Ogita
 * and Oishi 2008, extraction; Demmel and Nguyen, reproducible summation; Neal 2015, superaccumulators).
 */
import type { Numbers } from '../define.ts';
import { condenserFor } from './condense.ts';

const BIN_BITS = 32;
const BIN = 2 ** BIN_BITS;
/** From 2^-1074 to 2^1024, and room for carries. */
export const BINS = 68;
/** Terms split at a time: small enough for the cache, so that the passes over them cost little. */
const BLOCK = 1024;
/** A block adds less than 2^43 units to a bin, and a bin must stay below 2^53. */
const BLOCKS_BEFORE_CARRY = 1000;
/** Above this, v + M could overflow; such terms are scaled down by two bins. */
const HUGE = 2 ** 960;
const HUGE_SCALE = 2 ** -64;
const HUGE_BINS = 2;

/** Unit of each bin. Built by exact doubling: `2 ** -1074` is not to be trusted near the ends. */
const UNIT = new Float64Array(BINS);
for (let k = 0, unit = Number.MIN_VALUE; k < BINS; k++, unit *= BIN) UNIT[k] = unit;

/** M of each bin: its ulp is the unit of the bin. */
const MAGNET = UNIT.map((unit) => 1.5 * 2 ** 52 * unit);

/** 2^(exponent of x + 1074), as the index of the bin that holds the leading bit of x > 0. */
function binOf(x: number): number {
  let k = Math.min(BINS - 1, Math.max(0, Math.floor((Math.log2(x) + 1074) / BIN_BITS)));
  if (x < UNIT[k])
    k--; // log2 may round across the border, either way
  else if (k + 1 < BINS && x >= UNIT[k + 1]) k++;
  return k;
}

/** A sum as plain data: units of the bins from `low` on, carried; a sum that is not finite says so in `beyond`. */
export interface SumState {
  readonly low: number;
  readonly units: readonly number[];
  readonly beyond?: 'nan' | 'inf' | '-inf';
}

const BEYOND = new Map([
  ['nan', Number.NaN],
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

const block = new Float64Array(BLOCK);
const huge = new Float64Array(BLOCK);
const single = new Float64Array(1);

export class ExactSum {
  readonly #bins = new Float64Array(BINS);
  #blocksSinceCarry = 0;
  #nan = false;
  #positiveInfinity = false;
  #negativeInfinity = false;

  /** Adds the first `n` terms. */
  add(terms: Numbers, n: number = terms.length): void {
    for (let start = 0; start < n; start += BLOCK) {
      const size = Math.min(BLOCK, n - start);
      const condenser = condenserFor(size);
      const sums = condenser?.condense(terms, start, size) ?? 0;
      if (condenser && sums > 0) this.#addBlock(condenser.sums, 0, sums);
      else this.#addBlock(terms, start, size);
    }
  }

  #addBlock(terms: Numbers, start: number, size: number): void {
    let largest = 0;
    for (let i = 0; i < size; i++) {
      const term = terms[start + i];
      block[i] = term;
      largest = Math.max(largest, Math.abs(term)); // keeps NaN
    }
    if (!(largest < HUGE)) largest = this.#addHuge(size);
    this.#split(block, size, largest, 0);
  }

  addOne(term: number): void {
    single[0] = term;
    this.add(single, 1);
  }

  /** Adds the terms of another sum. */
  merge(other: ExactSum): void {
    this.#carry();
    other.#carry();
    for (let k = 0; k < BINS; k++) this.#bins[k] += other.#bins[k];
    this.#carry();
    this.#nan ||= other.#nan;
    this.#positiveInfinity ||= other.#positiveInfinity;
    this.#negativeInfinity ||= other.#negativeInfinity;
  }

  clear(): void {
    this.#bins.fill(0);
    this.#blocksSinceCarry = 0;
    this.#nan = this.#positiveInfinity = this.#negativeInfinity = false;
  }

  /** The float64 nearest to the exact sum, ties to even; 0 for no terms. NaN and infinities as IEEE addition gives them. */
  value(): number {
    if (this.beyond !== 0) return this.beyond;
    this.#carry();
    const bins = this.#bins;
    let low = 0;
    while (low < BINS && bins[low] === 0) low++;
    if (low === BINS) return 0;
    let units = 0n; // of bin `low`
    for (let k = BINS - 1; k >= low; k--) if (units !== 0n || bins[k] !== 0) units = (units << BigInt(BIN_BITS)) + BigInt(bins[k]);
    return units < 0n ? -nearest(-units, low) : nearest(units, low);
  }

  /** The exact sum less `value()`, rounded: the digits after the first sixteen. 0 where the sum is not finite. */
  rest(): number {
    const value = this.value();
    if (!Number.isFinite(value)) return 0;
    const rest = new ExactSum();
    rest.merge(this);
    rest.addOne(-value);
    return rest.value();
  }

  /** What the sum is not by its bins: NaN or an infinity; 0 where it is finite. */
  get beyond(): number {
    if (this.#nan || (this.#positiveInfinity && this.#negativeInfinity)) return Number.NaN;
    if (this.#positiveInfinity) return Number.POSITIVE_INFINITY;
    return this.#negativeInfinity ? Number.NEGATIVE_INFINITY : 0;
  }

  state(): SumState {
    this.#carry();
    let low = this.#bins.findIndex((units) => units !== 0);
    if (low < 0) low = 0;
    const end = this.#bins.findLastIndex((units) => units !== 0) + 1;
    const name = [...BEYOND].find(([, value]) => Object.is(value, this.beyond))?.[0] as SumState['beyond'];
    return { low, units: [...this.#bins.subarray(low, Math.max(low, end))], ...(name && { beyond: name }) };
  }

  /** Adds the terms of a sum that was written down. */
  addState({ low, units, beyond }: SumState): void {
    this.#carry();
    units.forEach((count, k) => {
      this.#bins[low + k] += count;
    });
    this.#carry();
    if (beyond !== undefined) this.addOne(BEYOND.get(beyond) as number);
  }

  /** Writes its bins, which fit 32 bits each once they are carried. */
  pack(into: Int32Array): void {
    this.#carry();
    for (let k = 0; k < BINS; k++) into[k] = this.#bins[k];
  }

  /** Adds `count` bins of another sum, from bin `low` on, that stand at `start`. */
  unpack(bins: Int32Array, start: number, count: number, low: number): void {
    for (let k = 0; k < count; k++) this.#bins[low + k] += bins[start + k];
  }

  /** Splits the first `size` terms, none larger than `largest`, into the bins; `terms` is used up. */
  #split(terms: Float64Array, size: number, largest: number, offset: number): void {
    if (largest === 0) return;
    if (++this.#blocksSinceCarry > BLOCKS_BEFORE_CARRY) this.#carry();
    for (let k = binOf(largest), rest = true; rest; k -= 3) rest = this.#splitThrice(terms, size, k, offset);
  }

  /** Splits terms into bin k and the two below it in one go, which is enough for most; returns whether anything is left of them. */
  #splitThrice(terms: Float64Array, size: number, k: number, offset: number): boolean {
    const [first, second, third] = [MAGNET[k], k > 0 ? MAGNET[k - 1] : 0, k > 1 ? MAGNET[k - 2] : 0];
    let [high, middle, low] = [0, 0, 0]; // exact: multiples of the unit of a bin, below 2^53 of them
    let rest = 0;
    for (let i = 0; i < size; i++) {
      const term = terms[i];
      const top = term + first - first;
      const below = term - top;
      const next = below + second - second;
      const last = below - next;
      const bottom = last + third - third;
      const left = last - bottom;
      high += top;
      middle += next;
      low += bottom;
      terms[i] = left;
      rest += Math.abs(left);
    }
    this.#bins[k + offset] += high / UNIT[k];
    if (k > 0) this.#bins[k - 1 + offset] += middle / UNIT[k - 1];
    if (k > 1) this.#bins[k - 2 + offset] += low / UNIT[k - 2];
    return rest > 0;
  }

  /** Takes terms out of the block that are too large to split there; returns the largest magnitude of what stays. */
  #addHuge(size: number): number {
    let largest = 0;
    let largestHuge = 0;
    for (let i = 0; i < size; i++) {
      const term = block[i];
      const magnitude = Math.abs(term);
      huge[i] = 0;
      if (magnitude < HUGE) {
        largest = Math.max(largest, magnitude);
        continue;
      }
      block[i] = 0;
      if (Number.isNaN(term)) this.#nan = true;
      else if (term === Number.POSITIVE_INFINITY) this.#positiveInfinity = true;
      else if (term === Number.NEGATIVE_INFINITY) this.#negativeInfinity = true;
      else {
        huge[i] = term * HUGE_SCALE;
        largestHuge = Math.max(largestHuge, Math.abs(huge[i]));
      }
    }
    this.#split(huge, size, largestHuge, HUGE_BINS);
    return largest;
  }

  /** Brings every bin back below 2^31 units. Changes no value. */
  #carry(): void {
    for (let k = 0; k + 1 < BINS; k++) {
      const units = this.#bins[k];
      if (units === 0) continue;
      const carried = Math.round(units / BIN);
      this.#bins[k] = units - carried * BIN;
      this.#bins[k + 1] += carried;
    }
    this.#blocksSinceCarry = 0;
  }
}

/** `units` of bin `low`, correctly rounded. */
function nearest(units: bigint, low: number): number {
  const excess = units.toString(16).length * 4 - 96;
  const k = Math.max(0, Math.ceil(excess / BIN_BITS));
  const shift = BigInt(k * BIN_BITS);
  const leading = units >> shift;
  const sticky = leading << shift === units ? 0n : 1n; // below the 53 bits that count, but it breaks ties
  return Number(leading | sticky) * UNIT[k + low];
}
