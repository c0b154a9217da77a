import { areFinite, type Numbers } from '../../batch.ts';
import type { NumberPiece } from '../protocol.ts';
import type { Run } from './cursor.ts';
import type { Leaf } from './leaves.ts';
import type { Meaning } from './meaning.ts';
import type { Stored } from './stored.ts';

/** Numbers of what pages hold, made once for a dictionary that many pages share. */
export class NumberCache {
  readonly #meaning: Meaning;
  #stored: Stored | undefined;
  #numbers: Numbers | undefined;

  constructor(meaning: Meaning) {
    this.#meaning = meaning;
  }

  of(stored: Stored): Numbers | undefined {
    if (stored !== this.#stored) {
      this.#stored = stored;
      this.#numbers = this.#meaning.numbers?.(stored);
    }
    return this.#numbers;
  }
}

/**
 * Rows as one array of numbers: single values, or lists that are all there and all of one shape. `undefined` for anything that must
 * be looked at cell by cell. `lends`: it may be a view of a page.
 */
export function numberPiece(runs: readonly Run[], leaf: Leaf, numbers: NumberCache, lends: boolean): NumberPiece | undefined {
  const sources: Numbers[] = [];
  for (const { page } of runs) {
    const source = numbers.of(page.stored);
    if (!source) return undefined;
    sources.push(source);
  }
  const shape = leaf.lists.length === 0 ? [] : commonShape(runs, leaf);
  if (!shape) return undefined;
  const values = (lends && viewOf(runs, sources)) || joined(runs, sources, leaf.defined);
  const width = shape.reduce((product, size) => product * size, 1);
  return { values, width, shape: shape.length === 0 ? undefined : shape.join('x'), ...missingIn(values, runs, leaf.defined) };
}

/** Values that lie one behind the other. */
function viewOf([run, ...more]: readonly Run[], [source]: readonly Numbers[]): Numbers | undefined {
  if (!run || !source || more.length > 0 || run.page.defined || run.page.indices) return undefined;
  return source.subarray(run.value, run.value + run.to - run.from);
}

function joined(runs: readonly Run[], sources: readonly Numbers[], highest: number): Numbers {
  const length = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  const values = new (kindOf(runs, sources))(length);
  let at = 0;
  for (const [k, run] of runs.entries()) {
    fill(values, at, run, sources[k] as Numbers, highest);
    at += run.to - run.from;
  }
  return values;
}

type NumbersConstructor = Float64ArrayConstructor | Float32ArrayConstructor | Int32ArrayConstructor;

/** The kind that the values have; doubles where kinds meet or a null must become NaN. */
function kindOf(runs: readonly Run[], sources: readonly Numbers[]): NumbersConstructor {
  const kind = sources[0]?.constructor as NumbersConstructor | undefined;
  if (!kind || runs.some(({ page }) => page.defined) || sources.some((source) => source.constructor !== kind)) return Float64Array;
  return kind;
}

function fill(values: Numbers, first: number, { page, from, to, value }: Run, source: Numbers, highest: number): void {
  const { defined, indices } = page;
  const count = to - from;
  if (!defined && !indices) {
    values.set(source.subarray(value, value + count), first);
    return;
  }
  let next = value;
  for (let k = 0; k < count; k++) {
    if (defined && defined[from + k] !== highest) values[first + k] = NaN;
    else values[first + k] = source[indices ? (indices[next++] as number) : next++] as number;
  }
}

/** Where NaN stands, and whether it is a null. */
function missingIn(values: Numbers, runs: readonly Run[], highest: number): Pick<NumberPiece, 'missing' | 'nulls'> {
  let count = 0;
  if (!(values instanceof Int32Array) && !areFinite(values, values.length))
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) count++;
  const missing = new Uint32Array(count);
  const nulls = new Uint8Array(count);
  if (count === 0) return { missing, nulls };
  let at = 0;
  let entry = 0;
  for (const { page, from, to } of runs) {
    for (let i = from; i < to; i++, entry++) {
      if (!Number.isNaN(values[entry])) continue;
      missing[at] = entry;
      nulls[at++] = page.defined && page.defined[i] !== highest ? 1 : 0;
    }
  }
  return { missing, nulls };
}

/**
 * The lengths that all lists have, from outside; `undefined` when they differ, are missing or empty. An entry then begins a list of
 * level r exactly when its index is a multiple of what such a list holds.
 */
function commonShape(runs: readonly Run[], { lists }: Leaf): number[] | undefined {
  const depth = lists.length;
  const inner = lists[depth - 1] as number;
  const total = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  /** Entries of a list at each depth, from a row on. */
  const sizes: number[] = [];
  let seen = 0;
  for (const { page, from, to } of runs) {
    const repeated = page.repeated as Uint8Array;
    for (let i = from; i < to; i++, seen++) {
      if (page.defined && (page.defined[i] as number) < inner) return undefined;
      const level = repeated[i] as number;
      // The first time that something of this depth begins again, the size of what is inside it is known.
      if (seen > 0) for (let d = level; d < depth; d++) sizes[d] ??= seen;
    }
  }
  for (let d = 0; d < depth; d++) sizes[d] ??= total;
  for (let d = 0; d + 1 < depth; d++) if ((sizes[d] as number) % (sizes[d + 1] as number) !== 0) return undefined;
  if (!isRegular(runs, sizes)) return undefined;
  return sizes.map((size, d) => size / (sizes[d + 1] ?? 1));
}

function isRegular(runs: readonly Run[], sizes: readonly number[]): boolean {
  const depth = sizes.length;
  /** Where the next list of each depth must begin. */
  const next = new Array<number>(depth).fill(0);
  let index = 0;
  for (const { page, from, to } of runs) {
    const repeated = page.repeated as Uint8Array;
    for (let i = from; i < to; i++, index++) {
      let level = depth;
      while (level > 0 && next[level - 1] === index) {
        level--;
        next[level] = index + (sizes[level] as number);
      }
      if (repeated[i] !== level) return false;
    }
  }
  return next[0] === index;
}
