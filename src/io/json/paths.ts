import { Fault, quote } from '../fault.ts';
import { DEEPEST } from '../vector-text.ts';
import { isObject, type JsonObject } from './parse.ts';

/** Gets a value out of a record; `undefined` where a key is missing. */
export type Getter = (record: JsonObject) => unknown;

/** Columns of records: the keys of objects inside them make one path, `output.scores`. */
export class Paths {
  /** Column name -> keys on the way to it. A `Map`, because a name may be `__proto__`. */
  readonly #keys = new Map<string, readonly string[]>();

  readonly #place: string;

  /** `place` is where the records come from, for messages. */
  constructor(place: string) {
    this.#place = place;
  }

  get names(): string[] {
    return [...this.#keys.keys()];
  }

  /** Adds the columns that a record has. */
  add(record: JsonObject, keys: readonly string[] = Object.keys(record)): void {
    // A key that itself holds a dot wins over a path that reads the same.
    for (const key of keys) if (!isObject(record[key])) this.#keys.set(key, [key]);
    for (const key of keys) this.#addInside(record[key], [key]);
  }

  #addInside(value: unknown, path: readonly string[]): void {
    if (!isObject(value)) return;
    if (path.length > DEEPEST)
      throw new Fault(`${this.#place}: column ${quote(path.slice(0, 3).join('.'))}: nested deeper than ${DEEPEST} levels`);
    for (const [key, inner] of Object.entries(value)) {
      const deeper = [...path, key];
      if (isObject(inner)) this.#addInside(inner, deeper);
      else if (!this.#keys.has(deeper.join('.'))) this.#keys.set(deeper.join('.'), deeper);
    }
  }

  /** How to get the column of this position out of a record. */
  getter(column: number): Getter {
    const keys = [...this.#keys.values()][column] as readonly string[];
    return (record) => {
      let value: unknown = record;
      for (const key of keys) {
        if (value === null || value === undefined) return value;
        // Without `hasOwn`, a missing key `constructor` would give a function.
        value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
      }
      return value;
    };
  }
}
