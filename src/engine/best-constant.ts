/** The best constant prediction of a loss, found in a pass of its own: what `--relative` measures a model against. */
import type { Table } from '../io/batch.ts';
import { Fault } from '../io/fault.ts';
import type { BestConstant } from '../losses/define.ts';
import type { Binding } from './bind.ts';
import type { BoundMatrix } from './domain.ts';
import type { Constants, RunOptions } from './options.ts';
import { SlotValues } from './partial.ts';
import { type Chunk, Preparer } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import { rowsBySlice, Slicer, takeIds } from './split.ts';
import { View } from './view.ts';

/** Refuses what no constant is known for. */
export function bestConstantOf({ id, loss, params }: Chosen): BestConstant {
  const best = loss.bestConstant?.(params);
  if (best) return best;
  const why = loss.bestConstant ? 'with these parameters the best constant is no mean and no quantile' : 'it has no best constant';
  throw new Fault(`--relative: ${id}: ${why}`, '"lossctl list --relative" shows the losses that take it');
}

/** The constants of each chosen loss. */
export async function findConstants(
  table: Table,
  chosen: readonly Chosen[],
  binding: Binding,
  options: Pick<RunOptions, 'nan' | 'allowInf' | 'batchRows'>,
): Promise<Constants[]> {
  const finders = chosen.map((one) => new Finder(bestConstantOf(one)));
  const preparers = chosen.map((one, index) => new Preparer(one, binding.losses[index], binding.weight, options));
  const slicer = new Slicer(binding.slices);
  for await (const batch of table.read(binding.wanted, options)) {
    const view = new View(table, batch, binding.wanted);
    const slices = slicer.ids(view);
    finders.forEach((finder, index) => {
      const chunk = preparers[index].prepare(view);
      finder.see(chunk, slices && chunk.rows ? takeIds(slices, chunk.rows) : slices);
    });
  }
  return finders.map((finder) => finder.constants());
}

/** Something that takes weighted targets, element by element, and gives one number for each element. */
interface Location {
  add(element: number, value: number, weight: number): void;
  finished(): Float64Array;
}

class Finder {
  readonly #best: BestConstant;
  readonly #locations = new Map<number | null, Location>();

  constructor(best: BestConstant) {
    this.#best = best;
  }

  see(chunk: Chunk, slices: Int32Array | null): void {
    const rows = Int32Array.from({ length: chunk.n }, (_, row) => row);
    this.#add(null, chunk, rows);
    if (slices) for (const [slice, members] of rowsBySlice(slices)) this.#add(slice, chunk, members);
  }

  constants(): Constants {
    return new Map([...this.#locations].map(([slice, location]) => [slice, location.finished()]));
  }

  #add(slice: number | null, { inputs, weight }: Chunk, rows: Int32Array): void {
    const target = inputs.get('target');
    const prediction = predictionOf(inputs);
    if (!target || !prediction) throw new Error('a loss with a best constant has a target and a prediction');
    if (weight && weight.width !== 1) throw new Fault('--relative: --weight has a weight for each element', 'name one column');
    const isIndex = target.input.holds === 'classes' && target.width === 1;
    const elements = isIndex ? Math.max(2, prediction.width) : target.width;
    const location = this.#locations.get(slice) ?? locationFor(this.#best, elements);
    this.#locations.set(slice, location);
    for (const row of rows) {
      const w = weight ? weight.data[row] : 1;
      for (let j = 0; j < elements; j++) {
        const value = isIndex ? Number(target.data[row] === j) : target.data[row * elements + j];
        location.add(j, value, w);
      }
    }
  }
}

function locationFor(best: BestConstant, elements: number): Location {
  if (best === 'mean') return means(elements, (value) => value);
  if (best === 'log1p-mean') return means(elements, Math.log1p, Math.expm1);
  return quantiles(elements, best.quantile);
}

function means(elements: number, into: (value: number) => number, back = (mean: number) => mean): Location {
  const slots = new SlotValues(2 * elements, () => 'sum');
  return {
    add(element, value, weight) {
      slots.add(element, weight * into(value));
      slots.add(elements + element, weight);
    },
    finished() {
      const { values } = slots.finished();
      return Float64Array.from({ length: elements }, (_, j) => back(values[j] / values[elements + j]));
    },
  };
}

/** Holds every target: a quantile needs them all. */
function quantiles(elements: number, level: number): Location {
  const held = Array.from({ length: elements }, (): { value: number; weight: number }[] => []);
  return {
    add(element, value, weight) {
      if (weight > 0 || Number.isNaN(value)) held[element].push({ value, weight });
    },
    finished: () => Float64Array.from(held, (pairs) => quantile(pairs, level)),
  };
}

/** The smallest value with at least this share of the weight at or below it: one of those that cost least. */
function quantile(pairs: { value: number; weight: number }[], level: number): number {
  if (pairs.some(({ value }) => Number.isNaN(value))) return Number.NaN;
  pairs.sort((a, b) => a.value - b.value || a.weight - b.weight); // by weight too: equal values must add up alike in any order
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  let below = 0;
  for (const { value, weight } of pairs) {
    below += weight;
    if (below >= level * total) return value;
  }
  return pairs.at(-1)?.value ?? Number.NaN;
}

/** The one input that is not the target. */
export function predictionOf(inputs: ReadonlyMap<string, BoundMatrix>): BoundMatrix | undefined {
  return [...inputs].find(([name]) => name !== 'target')?.[1];
}

/** The rows of a chunk with constants in place of the prediction: those of all rows, or of the slice of each row. */
export function withConstants(chunk: Chunk, constants: Constants, slices: Int32Array | null): Chunk {
  const name = [...chunk.inputs.keys()].find((key) => key !== 'target');
  const prediction = predictionOf(chunk.inputs);
  if (name === undefined || !prediction) return chunk;
  const { width } = prediction;
  const scaled = new Map([...constants].map(([slice, values]) => [slice, onScaleOf(prediction, values)]));
  const data = new Float64Array(chunk.n * width);
  for (let row = 0; row < chunk.n; row++) {
    const slice = slices ? slices[chunk.rows ? chunk.rows[row] : row] : null;
    data.set(scaled.get(slice) as Float64Array, row * width);
  }
  return { ...chunk, inputs: new Map([...chunk.inputs, [name, { ...prediction, data }]]) };
}

/** Shares of classes as the prediction gives them: probabilities, logits or log-probabilities, of all classes or of class 1 alone. */
function onScaleOf({ input: { holds, shape }, width }: BoundMatrix, values: Float64Array): Float64Array {
  const ofClassOne = width === 1 && values.length === 2;
  const kept = ofClassOne ? values.subarray(1) : values;
  if (holds === 'log-prob') return kept.map(Math.log);
  if (holds !== 'logit') return kept;
  return shape === 'element' || ofClassOne ? kept.map((p) => Math.log(p) - Math.log1p(-p)) : kept.map(Math.log);
}
