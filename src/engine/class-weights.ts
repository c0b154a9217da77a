/** `--class-weight balanced | effective:BETA`: weights from class counts, which are given or counted in a first pass. */
import type { Table } from '../io/batch.ts';
import { Fault } from '../io/fault.ts';
import { IGNORED } from '../losses/params.ts';
import type { Binding } from './bind.ts';
import { classWeights } from './class-scheme.ts';
import { type NanPolicy, Preparer } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import { View } from './view.ts';

/** Whether the parameters of a loss follow from class counts. */
function dependsOnCounts({ classScheme, loss }: Chosen): boolean {
  return classScheme !== undefined || loss.needs === 'classCounts';
}

function givenCounts({ params }: Chosen): readonly number[] | null {
  return Array.isArray(params.classCounts) ? params.classCounts : null;
}

/** Whether a first pass has to count the classes. Refuses counts that nothing would use. */
export function needsCounting(chosen: readonly Chosen[]): boolean {
  if (chosen.some(givenCounts) && !chosen.some(dependsOnCounts)) {
    throw new Fault('--class-counts: nothing depends on class counts', 'add --class-weight balanced, or effective:0.999');
  }
  return chosen.some((one) => dependsOnCounts(one) && givenCounts(one) === null);
}

/** The losses with what follows from class counts filled in; `counted` stands in where none are given. */
export function withClassCounts(chosen: readonly Chosen[], counted: readonly number[]): Chosen[] {
  return chosen.map((one) => {
    if (!dependsOnCounts(one)) return one;
    const { classScheme } = one;
    const counts = givenCounts(one) ?? counted;
    const weight = classScheme && { classWeight: classWeights(counts, classScheme.scheme, classScheme.beta) };
    return { ...one, params: { ...one.params, classCounts: counts, ...weight } };
  });
}

/** Rows of each class, in one pass over the targets of the first loss that needs them. */
export async function countClasses(
  table: Table,
  chosen: readonly Chosen[],
  binding: Binding,
  options: { readonly nan: NanPolicy; readonly allowInf: boolean; readonly batchRows: number },
): Promise<number[]> {
  const index = chosen.findIndex(dependsOnCounts);
  const one = chosen[index];
  const preparer = new Preparer(one, binding.losses[index], null, { ...options, nan: 'skip' }); // the evaluation itself will complain
  const counts: number[] = [];
  for await (const batch of table.read(binding.wanted, options)) {
    const { n, inputs } = preparer.prepare(new View(table, batch, binding.wanted));
    if (n === 0) continue;
    const target = [...inputs.values()].find(({ input }) => input.holds === 'classes');
    const scores = [...inputs.values()].find((input) => input !== target);
    if (!target || !scores || target.width !== (target.input.width ?? 1)) {
      throw new Fault(`${one.loss.name}: class counts need class indices as target`, 'give the counts with --class-counts');
    }
    while (counts.length < (scores.channels ?? scores.width)) counts.push(0);
    const labels = target.data.subarray(0, n * target.width); // of rows, or of the pixels of masks
    for (const label of labels) if (label !== IGNORED) counts[label]++;
  }
  return counts;
}
