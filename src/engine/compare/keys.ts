/** The keys that pair rows, as numbers: a text is held once, whichever sides have it. */

/** A number for each key, from 0 in the order in which they come, the same for all sides. Takes about 100 bytes a key. */
export class KeyNumbers {
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#numbers.size;
  }

  of(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** By their numbers. */
  texts(): string[] {
    return [...this.#numbers.keys()];
  }

  /** Of some numbers. */
  textsOf(numbers: ReadonlySet<number>): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    for (const [text, number] of this.#numbers) if (numbers.has(number)) found.set(number, text);
    return found;
  }
}

/** The key of each row of one side. */
export interface RowKeys {
  readonly numbers: Int32Array;
  readonly names: KeyNumbers;
}

/** Notes the keys of one side as its rows come, and which of them come again. */
export class KeyColumn {
  readonly #names: KeyNumbers;
  #numbers = new Int32Array(1024);
  #seen = new Uint8Array(1024);
  #rows = 0;

  constructor(names: KeyNumbers) {
    this.#names = names;
  }

  /** `false` where an earlier row has this key. */
  note(key: string): boolean {
    const number = this.#names.of(key);
    this.#numbers = withRoom(this.#numbers, this.#rows, Int32Array);
    this.#seen = withRoom(this.#seen, number, Uint8Array);
    this.#numbers[this.#rows++] = number;
    const isNew = this.#seen[number] === 0;
    this.#seen[number] = 1;
    return isNew;
  }

  finish(): RowKeys {
    return { numbers: this.#numbers.subarray(0, this.#rows), names: this.#names };
  }
}

/** The array itself, or one of twice the length where it has no such index. */
export function withRoom<A extends Int32Array | Uint8Array>(array: A, index: number, kind: new (length: number) => A): A {
  if (index < array.length) return array;
  const wider = new kind(Math.max(2 * array.length, index + 1));
  wider.set(array);
  return wider;
}
