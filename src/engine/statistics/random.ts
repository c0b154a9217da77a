/**
 * Seeded random numbers: sfc32, "small fast counting" (C. Doty-Humphrey, PractRand, RNGs/sfc.cpp; numpy has its twin of 64 bits). Of
 * its 128 bits of state one word is a counter, so that no stream is shorter than 2^32 words. Adds, shifts and exclusive ors of
 * 32-bit words: the same on every machine.
 *
 * A stream is named by three words, `seed`, `index` and `part`, and can be begun anywhere: resample k gets what it would get in any
 * other thread or order. Not for secrets.
 */

/** PractRand's number of words to throw away after seeding with three words: neighbouring names give unrelated streams. */
const WARM_UP = 15;
const TWO_TO_32 = 2 ** 32;

const thrown = new Int32Array(WARM_UP);

export class Random {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;
  readonly #single = new Int32Array(1);

  /** The low 32 bits of each count. */
  constructor(seed: number, index = 0, part = 0) {
    this.restart(seed, index, part);
  }

  /** Begins the stream of that name: without allocating, for loops over many streams. */
  restart(seed: number, index = 0, part = 0): void {
    this.#a = seed | 0;
    this.#b = index | 0;
    this.#c = part | 0;
    this.#counter = 1;
    this.fill(thrown, WARM_UP);
  }

  /** The next `n` words, as signed integers. */
  fill(words: Int32Array, n: number): void {
    let a = this.#a;
    let b = this.#b;
    let c = this.#c;
    let counter = this.#counter;
    for (let i = 0; i < n; i++) {
      const word = (a + b + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      words[i] = word;
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#counter = counter;
  }

  /** A whole number from 0 to 2^32 - 1. */
  word(): number {
    this.fill(this.#single, 1);
    return this.#single[0] >>> 0;
  }

  /** A multiple of 2^-53 from 0 to below 1. */
  uniform(): number {
    const high = this.word() >>> 5;
    return (high * 2 ** 26 + (this.word() >>> 6)) / 2 ** 53;
  }

  /**
   * A whole number from 0 to n - 1, each equally likely: a word times n, of which the upper half counts, unless the lower half lies
   * in the part that some numbers get more of (D. Lemire, "Fast random integer generation in an interval", 2019). For n from 1 to
   * 2^21, so that the product is exact.
   */
  below(n: number): number {
    for (;;) {
      const product = this.word() * n;
      const upper = Math.floor(product / TWO_TO_32);
      const lower = product - upper * TWO_TO_32;
      if (lower >= n || lower >= TWO_TO_32 % n) return upper;
    }
  }
}
