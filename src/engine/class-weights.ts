/** `--class-weight balanced | effective:BETA`: weights from class counts, which are given or counted in a first pass. */
import type { Table } from '../io/batch.ts';
import { Fault } from '../io/fault.ts';
import type { Binding } from './bind.ts';
import { classWeights } from './class-scheme.ts';
import { type NanPolicy, Preparer } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import { View } from './view.ts';

/** The losses with their class weights filled in. */
export function withClassWeights(chosen: readonly Chosen[], counts: readonly number[]): Chosen[] {
  return chosen.map((one) => {
    if (!one.classScheme) return one;
    const { scheme, beta } = one.classScheme;
    const { classScheme: _, ...rest } = one;
    return { ...rest, params: { ...one.params, classWeight: classWeights(counts, scheme, beta) } };
  });
}

/** Rows of each class, in one pass over the targets of the first loss that needs them. */
export async function countClasses(
  table: Table,
  chosen: readonly Chosen[],
  binding: Binding,
  options: { readonly nan: NanPolicy; readonly allowInf: boolean; readonly batchRows: number },
): Promise<number[]> {
  const index = chosen.findIndex(({ classScheme }) => classScheme);
  const one = chosen[index];
  const preparer = new Preparer(one, binding.losses[index], null, { ...options, nan: 'skip' }); // the evaluation itself will complain
  const counts: number[] = [];
  for await (const batch of table.read(binding.wanted, options)) {
    const { n, inputs } = preparer.prepare(new View(table, batch, binding.wanted));
    const target = [...inputs.values()].find(({ input }) => input.holds === 'classes');
    const scores = [...inputs.values()].find((input) => input !== target);
    if (!target || !scores || (n > 0 && target.width !== 1)) {
      throw new Fault(`${one.loss.name}: class counts need class indices as target`, 'give the counts with --class-counts');
    }
    while (counts.length < scores.width) counts.push(0);
    for (let row = 0; row < n; row++) counts[target.data[row]]++;
  }
  return counts;
}
