/** Terms -> a few terms with the same exact sum: WebAssembly passes over a block with SIMD instructions, where the machine has them. */
import type { Numbers } from '../define.ts';
import { CODE } from './condense-code.ts';

/** Fewer terms are not worth being copied. */
const WORTHWHILE = 32;
/** Terms in a thread after which loading has paid. */
const LONG = 32 * 1024;

/** What condense.as.ts exports. */
interface Condense {
  readonly TERMS: WebAssembly.Global<number>;
  readonly SUMS: WebAssembly.Global<number>;
  readonly MOST_TERMS: WebAssembly.Global<number>;
  readonly MOST_SUMS: WebAssembly.Global<number>;
  condense(n: number): number;
}

/** condense.as.ts with memory of its own, for all sums of a thread. The memory never grows: V8 reads every typed array more slowly then. */
export class Condenser {
  /** What the terms were condensed to last. */
  readonly sums: Float64Array;
  readonly #terms: Float64Array;
  readonly #condense: Condense;

  constructor(code: Uint8Array) {
    const memory = new WebAssembly.Memory({ initial: 1 });
    this.#condense = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } }).exports as Condense;
    const { TERMS, SUMS, MOST_TERMS, MOST_SUMS } = this.#condense;
    this.#terms = new Float64Array(memory.buffer, TERMS.value, MOST_TERMS.value);
    this.sums = new Float64Array(memory.buffer, SUMS.value, MOST_SUMS.value);
  }

  /** Condenses `n` terms, 1024 at most; returns to how many `sums`: 0 where a term is too large, or not finite. */
  condense(terms: Numbers, start: number, n: number): number {
    this.#terms.set(terms.subarray(start, start + n));
    return this.#condense.condense(n);
  }
}

let seen = 0;
let loaded: Condenser | undefined;

/** For `n` terms; undefined where they are better added as they are. */
export function condenserFor(n: number): Condenser | undefined {
  if (n < WORTHWHILE || loaded) return n < WORTHWHILE ? undefined : loaded;
  const before = seen;
  seen += n;
  if (before < LONG && seen >= LONG) loaded = load();
  return loaded;
}

function load(): Condenser | undefined {
  if (typeof WebAssembly !== 'object' || !WebAssembly.validate(CODE)) return undefined;
  try {
    return new Condenser(CODE);
  } catch (error) {
    // V8 sets 10 GB of addresses aside for each memory, which a limit on them (ulimit -v) may not allow.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
