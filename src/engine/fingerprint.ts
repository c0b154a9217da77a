/** Which rows were evaluated: a hash of their keys and targets that does not depend on their order. */
import type { Matrix } from '../losses/define.ts';
import type { View } from './view.ts';

/** Rows, and two sums of 32 bits over the hashes of their rows. */
export class Fingerprint {
  readonly #targets: readonly (readonly number[])[];
  readonly #keys: readonly number[];
  #rows = 0;
  #first = 0;
  #second = 0;

  /** Parts of the binding: the columns of each target, and the columns whose text names a row. */
  constructor(targets: readonly (readonly number[])[], keys: readonly number[]) {
    this.#targets = targets;
    this.#keys = keys;
  }

  see(view: View): void {
    const targets = this.#targets.map((parts) => view.matrix(parts));
    const keys = this.#keys.map((part) => view.texts(part));
    for (let row = 0; row < view.batch.rows; row++) {
      const hash = new Hash();
      for (const target of targets) hash.row(target, row);
      for (const texts of keys) hash.text(texts[row]);
      this.#first = (this.#first + hash.first) | 0;
      this.#second = (this.#second + hash.second) | 0;
    }
    this.#rows += view.batch.rows;
  }

  /** Rows and sums, to be added to those of other rows. */
  get sums(): readonly number[] {
    return [this.#rows, this.#first, this.#second];
  }

  add([rows, first, second]: readonly number[]): void {
    this.#rows += rows;
    this.#first = (this.#first + first) | 0;
    this.#second = (this.#second + second) | 0;
  }

  /** `442:9f3a...`: how many rows, and which. */
  text(): string {
    const hex = (word: number) => (word >>> 0).toString(16).padStart(8, '0');
    return `${this.#rows}:${hex(this.#first)}${hex(this.#second)}`;
  }
}

const number = new Float64Array(1);
const words = new Int32Array(number.buffer);

/** Two hashes of 32 bits with the mixing step of MurmurHash3 (Appleby), from different seeds. */
export class Hash {
  first = 0x2f0b4c47;
  second = 0x5a1d3e95;

  number(value: number): void {
    number[0] = value + 0; // -0 and 0 are the same target
    this.#mix(words[0]);
    this.#mix(words[1]);
  }

  /** The elements of one row. */
  row({ data, width }: Matrix, row: number): void {
    for (let i = row * width; i < (row + 1) * width; i++) this.number(data[i]);
  }

  text(text: string): void {
    for (let i = 0; i < text.length; i++) this.#mix(text.charCodeAt(i));
    this.#mix(-1 - text.length);
  }

  #mix(word: number): void {
    this.first = mixed(this.first, word, 0xcc9e2d51, 0x1b873593);
    this.second = mixed(this.second, word, 0x239b961b, 0xab0e9789);
  }
}

function mixed(hash: number, word: number, a: number, b: number): number {
  let k = Math.imul(word, a);
  k = Math.imul((k << 15) | (k >>> 17), b);
  const mixedIn = hash ^ k;
  return (Math.imul((mixedIn << 13) | (mixedIn >>> 19), 5) + 0xe6546b64) | 0;
}
