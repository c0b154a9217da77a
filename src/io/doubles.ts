import type { Numbers } from './batch.ts';

/**
 * Arrays whose numbers nobody needs any more. A new one for each batch costs more than reading its numbers does: the system has to map and clear its
 * memory, and V8 to collect it.
 */
const free: Float64Array<ArrayBuffer>[] = [];
const MOST_FREE = 64;

/** Numbers that `take` gave, and nobody looks at any more. */
export function recycle(values: Numbers): void {
  if (values instanceof Float64Array && free.length < MOST_FREE) free.push(new Float64Array(values.buffer as ArrayBuffer));
}

/** Room for `n` numbers at least: of those that are free, or twice what there was. */
function room(n: number, before: number): Float64Array<ArrayBuffer> {
  const known = free.at(-1);
  if (known && known.length >= n) return free.pop() as Float64Array<ArrayBuffer>;
  return new Float64Array(Math.max(n, 2 * before, LEAST));
}

const NONE = new Float64Array(0);
const LEAST = 64;

/** Numbers that come one by one or in blocks: an array of them that grows. */
export class Doubles {
  #values = NONE;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#reserve(1);
    this.#values[this.#length++] = value;
  }

  /** The first `n` of `values`. */
  append(values: Float64Array, n: number): void {
    this.#reserve(n);
    this.#values.set(n === values.length ? values : values.subarray(0, n), this.#length);
    this.#length += n;
  }

  /** What came since the last time. */
  take(): Float64Array {
    const taken = this.#values.subarray(0, this.#length);
    this.#values = NONE;
    this.#length = 0;
    return taken;
  }

  #reserve(n: number): void {
    const needed = this.#length + n;
    if (needed <= this.#values.length) return;
    const wider = room(needed, this.#values.length);
    wider.set(this.#values.subarray(0, this.#length));
    this.#values = wider;
  }
}
