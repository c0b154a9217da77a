import { isMissing } from '../batch.ts';
import { parseNumber, trimCell } from '../cells.ts';
import { Fault, quote } from '../fault.ts';
import { type Limits, limitFault } from '../limits.ts';
import { isObject, type JsonObject, type Place } from './parse.ts';

/** Gets a value out of a record; `undefined` where a key is missing. `place` is the record's. */
export type Getter = (record: JsonObject, place: Place) => unknown;

/** A list on the way to a value, and how long it was at most where the columns were found. */
interface List {
  readonly name: string;
  length: number;
}

/** One step on the way to a value: a key of an object, or a position in a list. */
type Step = string | { readonly list: List; readonly at: number };

/** A longer list that holds more than numbers is text or a sequence, not a few values that somebody wants one by one. */
const MOST_ELEMENTS = 256;

/**
 * Columns of records. The keys of objects inside them, and the positions in lists that are no vectors of numbers, make one path:
 * `output.scores`, `choices.0.logprob`.
 */
export class Paths {
  /** Column name -> steps on the way to it. A `Map`, because a name may be `__proto__`. */
  readonly #steps = new Map<string, readonly Step[]>();
  readonly #lists = new Map<string, List>();
  readonly #place: string;
  readonly #limits: Limits;

  /** `place` is where the records come from, for messages. */
  constructor(place: string, limits: Limits) {
    this.#place = place;
    this.#limits = limits;
  }

  get names(): string[] {
    return [...this.#steps.keys()];
  }

  /** Adds the columns that a record has. */
  add(record: JsonObject, keys: readonly string[] = Object.keys(record)): void {
    // A key that itself holds a dot wins over a path that reads the same.
    for (const key of keys) if (!isObject(record[key])) this.#steps.set(key, [key]);
    for (const key of keys) this.#addInside(record[key], key, [key]);
    if (this.#steps.size <= this.#limits.columns) return;
    throw limitFault(`${this.#place}: more than ${this.#limits.columns} columns`, 'columns', this.#limits);
  }

  #addInside(value: unknown, name: string, steps: readonly Step[]): void {
    if (Array.isArray(value)) {
      if (!hasPlaces(value)) return;
      const list = this.#lists.get(name) ?? { name, length: 0 };
      this.#lists.set(name, list);
      list.length = Math.max(list.length, value.length);
      value.forEach((inner, at) => {
        this.#addStep(inner, `${name}.${at}`, [...steps, { list, at }]);
      });
    } else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) this.#addStep(inner, `${name}.${key}`, [...steps, key]);
    }
  }

  #addStep(value: unknown, name: string, steps: readonly Step[]): void {
    const isLeaf = !isObject(value) && !(Array.isArray(value) && hasPlaces(value));
    if (isLeaf && !this.#steps.has(name)) this.#steps.set(name, steps);
    this.#addInside(value, name, steps);
  }

  /** How to get the column of this position out of a record. */
  getter(column: number): Getter {
    const steps = [...this.#steps.values()][column] as readonly Step[];
    return (record, place) => {
      let value: unknown = record;
      for (const step of steps) {
        if (value === null || value === undefined) return value;
        if (typeof step !== 'string') value = element(value, step.list, step.at, place);
        // Without `hasOwn`, a missing key `constructor` would give a function.
        else value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
      }
      return value;
    };
  }
}

/** The elements of a longer list are no columns: to leave them out would be another result, of fewer classes or of fewer rows. */
function element(value: unknown, { name, length }: List, at: number, place: Place): unknown {
  if (!Array.isArray(value)) return undefined;
  if (value.length <= length) return value[at];
  throw new Fault(
    `${place()}: the list ${quote(name)} has ${value.length} elements, and ${length} in the first record`,
    'the columns come from the first record: put one with the longest list first, or choose rows of one length',
  );
}

/** Whether the places of a list are columns, because it is no vector of numbers. */
function hasPlaces(list: readonly unknown[]): boolean {
  return list.length <= MOST_ELEMENTS && list.some(isNoNumber);
}

/** Whether this element keeps a list from being a vector of numbers. */
function isNoNumber(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isNoNumber);
  if (typeof value !== 'string') return isObject(value);
  const text = trimCell(value);
  return !isMissing(text) && parseNumber(text) === undefined;
}
