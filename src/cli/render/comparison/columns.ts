/** Which columns the readable formats show of a comparison. */
import type { CandidateReport, Comparison, ComparisonReport, Paired, PairedRows, PValues } from '../../../engine/compare/result.ts';
import { type Column, percentText, sliceColumns, valueText } from '../columns.ts';
import { fullDigits, shortDigits } from '../numbers.ts';

export function comparisonColumns(
  comparisons: readonly Comparison[],
  { method }: Pick<ComparisonReport, 'method'>,
): readonly Column<Comparison>[] {
  const fact = (title: string, cell: (comparison: Comparison) => string): Column<Comparison> => ({
    title,
    holds: 'fact',
    right: true,
    cell,
  });
  const paired = (title: string, cell: (paired: Paired) => string) => fact(title, ({ paired: some }) => (some ? cell(some) : ''));
  const ofRows = (title: string, cell: (rows: PairedRows) => string) =>
    fact(title, ({ paired: one }) => (one?.rows ? cell(one.rows) : ''));
  const some = (says: (one: Comparison) => boolean, column: Column<Comparison>) => (comparisons.some(says) ? [column] : []);
  const how = method.interval === 'percentile' ? '' : ` ${method.interval}`;
  return [
    { title: 'loss', holds: 'id', cell: ({ id }) => id },
    ...sliceColumns(comparisons),
    fact('base', ({ base }) => shortDigits(base)),
    fact('candidate', ({ candidate }) => shortDigits(candidate)),
    {
      title: 'difference',
      holds: 'value',
      right: true,
      cell: ({ difference, status }) => valueText({ value: difference, status }),
    },
    fact('relative', ({ relative }) => shareText(relative)),
    paired(`${percentText(method.level)}${how} interval`, ({ low, high }) =>
      Number.isNaN(low) ? '' : `[${short(low, 4)}, ${short(high, 4)}]`,
    ),
    paired('noise', noiseText),
    ofRows('win/tie/loss', ({ wins, ties, losses }) => `${wins}/${ties}/${losses}`),
    ofRows('effect', ({ effect }) => short(effect)),
    ofRows('sign-flip p', pValue('signFlip')),
    ofRows('Wilcoxon p', pValue('wilcoxon')),
    ...some((one) => typeof one.paired?.rows?.pValues.mcnemar === 'number', ofRows('McNemar p', pValue('mcnemar'))),
    fact('n', ({ n, few }) => `${fullDigits(n)}${few ? ' (few)' : ''}`),
    ...some(
      ({ paired: one, n }) => one !== null && one.units !== n,
      paired('clusters', ({ units }) => fullDigits(units)),
    ),
  ];
}

function pValue(test: keyof PValues): (rows: PairedRows) => string {
  return ({ adjusted }) => {
    const p = adjusted[test];
    return p === null ? '' : short(p);
  };
}

/** `0.0383 (3.04%)`. */
function noiseText({ noise, relativeNoise }: Paired): string {
  const share = shareText(relativeNoise).replace('+', '');
  return `${short(noise)}${share && ` (${share})`}`;
}

/** Empty where there is no number to show. */
function short(value: number, digits = 3): string {
  if (Number.isNaN(value)) return '';
  return Number.isFinite(value) ? shortDigits(Number(value.toPrecision(digits))) : fullDigits(value);
}

/** `+1.25%`; empty where the base is 0. */
function shareText(share: number): string {
  return Number.isFinite(share) ? `${share > 0 ? '+' : ''}${short(100 * share)}%` : '';
}

/** `candidate.csv against base.csv: 442 pairs by order`. Not escaped. */
export function headText({ base, on }: ComparisonReport, candidate: CandidateReport): string {
  const { matched, unmatchedBase, unmatchedCandidate, inputs } = candidate;
  const lost = unmatchedBase + unmatchedCandidate > 0 ? `; without a partner: ${unmatchedBase} and ${unmatchedCandidate}` : '';
  return `${inputs.files.join(' ')} against ${base.files.join(' ')}: ${matched} pairs by ${on === null ? 'order' : on}${lost}`;
}

/** What is to be known of the p-values of slices; empty without slices. */
export function adjustmentText({ method }: ComparisonReport, { comparisons }: CandidateReport): string {
  const [id] = comparisons.map((one) => one.id);
  const slices = comparisons.filter((one) => one.id === id && one.slice && one.paired && !one.few).length;
  if (slices < 2 || method.adjust === 'none') return '';
  return `p-values of slices: ${method.adjust === 'holm' ? 'Holm' : 'Benjamini-Hochberg'} over ${slices}`;
}
