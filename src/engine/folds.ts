/** Losses that are a function of sums over all rows: a state for the whole file and one for each slice. */
import { Fault } from '../io/fault.ts';
import type { FoldLoss } from '../losses/define.ts';
import type { BoundMatrix } from './domain.ts';
import { SlotValues } from './partial.ts';
import { type Chunk, take } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import type { Runner } from './rows.ts';
import { rowsBySlice, takeIds } from './split.ts';
import { Tally } from './tally.ts';
import { kernelValues } from './values.ts';

export function foldRunner(chosen: Chosen, loss: FoldLoss): Runner {
  const tally = new Tally();
  const slots = new Map<number | null, SlotValues>();

  const fold = (slice: number | null, inputs: ReadonlyMap<string, BoundMatrix>, n: number, weight: Float64Array) => {
    const values = kernelValues(loss, inputs);
    const into = slots.get(slice) ?? slotsFor(loss, loss.slots(values, chosen.params));
    slots.set(slice, into);
    loss.fold(values, chosen.params, n, weight, into);
    (slice === null ? tally.overall : tally.slice(slice)).count(n, weight);
  };

  return {
    tally,
    components: new Map(),
    slots,
    groups: null,
    push(chunk, _view, slices) {
      if (chunk.n === 0) return;
      const weight = rowWeights(chunk, loss.name);
      fold(null, chunk.inputs, chunk.n, weight);
      if (!slices) return;
      const kept = chunk.rows ? takeIds(slices, chunk.rows) : slices;
      for (const [slice, rows] of rowsBySlice(kept)) {
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

export function slotsFor(loss: FoldLoss, count: number): SlotValues {
  return new SlotValues(count, (slot) => loss.combine?.(slot) ?? 'sum');
}

function rowWeights(chunk: Chunk, name: string): Float64Array {
  if (!chunk.weight) return new Float64Array(chunk.n).fill(1);
  if (chunk.weight.width !== 1) throw new Fault(`${name}: --weight has ${chunk.weight.width} values a row`, 'name one column');
  return Float64Array.from(chunk.weight.data.subarray(0, chunk.n));
}
