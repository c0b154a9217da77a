/** `--relative`: each loss as skill, 1 - loss of the model / loss of the best constant: R2 of mse, D2 of the others. */
import { withConstants } from './best-constant.ts';
import type { KeptRows } from './kept-rows.ts';
import type { Constants } from './options.ts';
import type { Chunk } from './prepare.ts';
import { statusOf } from './reduce.ts';
import type { Result } from './result.ts';
import type { Runner } from './rows.ts';
import type { Totals } from './totals.ts';
import type { View } from './view.ts';

/** The same loss with constants in place of the prediction: for all rows, and for each slice with constants of its own. */
export interface ConstantRuns<T extends Totals> {
  readonly overall: T;
  readonly sliced: T;
  /** The values of their rows, where they are asked for. */
  readonly kept: { readonly overall: KeptRows | null; readonly sliced: KeptRows | null };
}

export function pushConstants(
  { overall, sliced }: ConstantRuns<Runner>,
  constants: Constants,
  chunk: Chunk,
  view: View,
  slices: Int32Array | null,
): void {
  if (chunk.n === 0) return;
  overall.push(withConstants(chunk, constants, null), view, null);
  if (slices) sliced.push(withConstants(chunk, constants, slices), view, slices);
}

/** Both losses stay visible as components. Without any error to explain there is no skill: the result is then not finite. */
export function skillOf(model: Result, constant: Result): Result {
  const value = 1 - model.value / constant.value;
  return {
    ...model,
    value,
    status: statusOf(value, model.n),
    unit: 'skill',
    direction: 'higher',
    signature: `${model.signature}|relative`,
    components: new Map([
      ['loss', model.value],
      ['constant', constant.value],
    ]),
  };
}
