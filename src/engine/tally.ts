/** Partials of one loss: over all rows, and over each slice. */
import type { Matrix } from '../losses/define.ts';
import { Partial } from './partial.ts';
import { IGNORED, SKIPPED, take } from './prepare.ts';
import { Scratch } from './scratch.ts';
import { rowsBySlice } from './split.ts';

/** Losses of some rows, in any order. */
export interface Outcome {
  /** Rows that were evaluated. */
  readonly rows: number;
  /** Values they gave: as many as rows, or one for a whole group. */
  readonly n: number;
  /** Elements of a value. */
  readonly perRow: number;
  readonly out: Float64Array;
  /** `null`: 1 each. */
  readonly norm: Float64Array | null;
  readonly weight: Matrix | null;
  /** Slice of each value; `null` when nothing is sliced. */
  readonly slices: Int32Array | null;
}

const outs = new Scratch();
const norms = new Scratch();

/** The elements of some rows, until they are added up. */
function gather(elements: Float64Array, rows: Int32Array, perRow: number, into: Scratch): Float64Array {
  const gathered = into.of(rows.length * perRow);
  if (perRow === 1) for (let i = 0; i < rows.length; i++) gathered[i] = elements[rows[i]];
  else for (const [i, row] of rows.entries()) gathered.set(elements.subarray(row * perRow, (row + 1) * perRow), i * perRow);
  return gathered;
}

export class Tally {
  readonly overall = new Partial();
  readonly #slices: Partial[] = [];

  /** Partial of a slice, by its id. */
  slice(id: number): Partial {
    this.#slices[id] ??= new Partial();
    return this.#slices[id];
  }

  add({ rows: evaluated, n, perRow, out, norm, weight, slices }: Outcome): void {
    this.overall.add(out, norm, weight, { rows: evaluated, n, perRow });
    if (!slices) return;
    for (const [id, rows] of rowsBySlice(slices)) {
      const counts = { rows: (evaluated / n) * rows.length, n: rows.length, perRow };
      const own = norm && gather(norm, rows, perRow, norms);
      this.slice(id).add(gather(out, rows, perRow, outs), own, weight && take(weight, rows), counts);
    }
  }

  /** Counts the rows that no loss was computed for. */
  countLeftOut(fate: Uint8Array | null, slices: Int32Array | null): void {
    if (!fate) return;
    for (let row = 0; row < fate.length; row++) {
      const partials = slices ? [this.overall, this.slice(slices[row])] : [this.overall];
      for (const partial of partials) {
        if (fate[row] === SKIPPED) partial.skipped++;
        else if (fate[row] === IGNORED) partial.ignored++;
      }
    }
  }
}
