/** Numbers that are the same in every run: a mutant is known by its name. */
export class Random {
  #state = 2166136261;

  constructor(key: string) {
    for (const byte of Buffer.from(key)) this.#state = Math.imul(this.#state ^ byte, 16777619);
  }

  /** An integer from 0 to `n` - 1. */
  below(n: number): number {
    return Math.floor(this.#next() * n);
  }

  chance(share: number): boolean {
    return this.#next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  /** Mulberry32. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    x ^= x + Math.imul(x ^ (x >>> 7), 61 | x);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  }
}
