/** The slices of one loss and one candidate: tests that are held against each other, because one of many may be extreme by chance. */
import { benjaminiHochberg, holm } from '../statistics/multiplicity.ts';
import type { Judgement } from './judge.ts';
import type { PValues } from './result.ts';
import type { Adjustment } from './settings.ts';

const ADJUST: { readonly [A in Adjustment]: (pValues: readonly number[]) => number[] } = {
  holm,
  bh: benjaminiHochberg,
  none: (pValues) => [...pValues],
};

/** The judgements of the slices with their p-values adjusted. Slices that are not judged are not of the family. */
export function adjusted(slices: readonly Judgement[], adjustment: Adjustment): Judgement[] {
  const family = slices.filter(({ comparison, measured }) => measured && !comparison.few);
  const adjust = (of: (one: Judgement) => number | null): ReadonlyMap<Judgement, number> => {
    const tested = family.filter((one) => of(one) !== null);
    const values = ADJUST[adjustment](tested.map((one) => of(one) as number));
    return new Map(tested.map((one, k) => [one, values[k]]));
  };
  const beyond = adjust(({ measured }) => measured?.beyond.pValue ?? null);
  const tests = {
    signFlip: adjust(({ measured }) => measured?.rows?.pValues.signFlip ?? null),
    wilcoxon: adjust(({ measured }) => measured?.rows?.pValues.wilcoxon ?? null),
    mcnemar: adjust(({ measured }) => measured?.rows?.pValues.mcnemar ?? null),
  };
  return slices.map((one) => {
    const { paired } = one.comparison;
    const mine = beyond.get(one);
    if (!paired || mine === undefined) return one;
    const pValues: PValues = {
      signFlip: tests.signFlip.get(one) ?? Number.NaN,
      wilcoxon: tests.wilcoxon.get(one) ?? Number.NaN,
      mcnemar: tests.mcnemar.get(one) ?? null,
    };
    const rows = paired.rows && { ...paired.rows, adjusted: pValues };
    const comparison = { ...one.comparison, paired: { ...paired, rows } };
    return { ...one, comparison, adjusted: adjustment === 'none' || family.length < 2 ? null : mine };
  });
}
