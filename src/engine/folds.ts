/** Losses that are a function of sums over all rows: a state for the whole file and one for each slice. */
import { Fault } from '../io/fault.ts';
import type { FoldLoss } from '../losses/define.ts';
import type { BoundMatrix } from './domain.ts';
import type { KeptTerms } from './kept-terms.ts';
import { SlotValues } from './partial.ts';
import { type Chunk, take } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import type { Runner } from './rows.ts';
import { rowsBySlice, takeIds } from './split.ts';
import { Tally } from './tally.ts';
import { kernelValues } from './values.ts';

/** `kept` gets what each row adds, beside the sums. */
export function foldRunner(chosen: Chosen, loss: FoldLoss, kept: KeptTerms | null): Runner {
  const tally = new Tally();
  const slots = new Map<number | null, SlotValues>();

  const fold = (slice: number | null, inputs: ReadonlyMap<string, BoundMatrix>, n: number, weight: Float64Array) => {
    const values = kernelValues(loss, inputs);
    const into = slots.get(slice) ?? slotsFor(loss, loss.slots(values, chosen.params));
    slots.set(slice, into);
    loss.fold(values, chosen.params, n, weight, into);
    (slice === null ? tally.overall : tally.slice(slice)).count(n, weight);
  };

  /** Row by row: that terms are added up in any order is what makes a fold. */
  const keep = (into: KeptTerms, first: number, { n, inputs, rows }: Chunk, weight: Float64Array, slices: Int32Array | null) => {
    into.ready(loss, loss.slots(kernelValues(loss, inputs), chosen.params));
    for (let row = 0; row < n && into.isWanted; row++) {
      into.open(first + (rows ? rows[row] : row), slices ? slices[row] : -1);
      loss.fold(kernelValues(loss, rowOf(inputs, row)), chosen.params, 1, weight.subarray(row, row + 1), into);
    }
  };

  return {
    tally,
    components: new Map(),
    slots,
    groups: null,
    push(chunk, view, slices) {
      if (chunk.n === 0) return;
      const weight = rowWeights(chunk, loss.name);
      fold(null, chunk.inputs, chunk.n, weight);
      const sliceOf = slices && chunk.rows ? takeIds(slices, chunk.rows) : slices;
      if (kept) keep(kept, view.batch.first, chunk, weight, sliceOf);
      if (!sliceOf) return;
      for (const [slice, rows] of rowsBySlice(sliceOf)) {
        const inputs = new Map([...chunk.inputs].map(([name, matrix]) => [name, { ...matrix, ...take(matrix, rows) }]));
        fold(
          slice,
          inputs,
          rows.length,
          Float64Array.from(rows, (row) => weight[row]),
        );
      }
    },
    end() {},
  };
}

function rowOf(inputs: ReadonlyMap<string, BoundMatrix>, row: number): ReadonlyMap<string, BoundMatrix> {
  return new Map(
    [...inputs].map(([name, matrix]) => [
      name,
      { ...matrix, data: matrix.data.subarray(row * matrix.width, (row + 1) * matrix.width) },
    ]),
  );
}

export function slotsFor(loss: FoldLoss, count: number): SlotValues {
  return new SlotValues(count, (slot) => loss.combine?.(slot) ?? 'sum');
}

function rowWeights(chunk: Chunk, name: string): Float64Array {
  if (!chunk.weight) return new Float64Array(chunk.n).fill(1);
  if (chunk.weight.width !== 1) throw new Fault(`${name}: --weight has ${chunk.weight.width} values a row`, 'name one column');
  return Float64Array.from(chunk.weight.data.subarray(0, chunk.n));
}
