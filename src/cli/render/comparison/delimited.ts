/** One line per comparison. */
import type { Comparison, ComparisonReport, PairedRows } from '../../../engine/compare/result.ts';
import { type DelimitedColumn, delimited } from '../delimited.ts';
import type { Renderer } from '../renderer.ts';
import { sliceText } from '../slice.ts';

interface Line extends Comparison {
  readonly file: string;
}

const paired = (cell: (some: NonNullable<Comparison['paired']>) => number | null) => (line: Line) =>
  (line.paired && cell(line.paired)) ?? '';

const ofRows = (cell: (rows: PairedRows) => number | null) => paired(({ rows }) => rows && cell(rows));

const COLUMNS: readonly DelimitedColumn<Line>[] = [
  ['candidate_file', ({ file }) => file],
  ['id', ({ id }) => id],
  ['loss', ({ loss }) => loss],
  ['reduction', ({ reduction }) => reduction],
  ['slice', ({ slice }) => (slice ? sliceText(slice) : '')],
  ['base', ({ base }) => base],
  ['candidate', ({ candidate }) => candidate],
  ['difference', ({ difference }) => difference],
  ['relative', ({ relative }) => relative],
  ['status', ({ status }) => status],
  ['n', ({ n }) => n],
  ['low', paired(({ low }) => low)],
  ['high', paired(({ high }) => high)],
  ['noise', paired(({ noise }) => noise)],
  ['better', ofRows(({ wins }) => wins)],
  ['same', ofRows(({ ties }) => ties)],
  ['worse', ofRows(({ losses }) => losses)],
  ['effect', ofRows(({ effect }) => effect)],
  ['p_sign_flip', ofRows(({ pValues }) => pValues.signFlip)],
  ['p_wilcoxon', ofRows(({ pValues }) => pValues.wilcoxon)],
  ['p_mcnemar', ofRows(({ pValues }) => pValues.mcnemar)],
  ['adjusted_p_sign_flip', ofRows(({ adjusted }) => adjusted.signFlip)],
  ['adjusted_p_wilcoxon', ofRows(({ adjusted }) => adjusted.wilcoxon)],
  ['adjusted_p_mcnemar', ofRows(({ adjusted }) => adjusted.mcnemar)],
];

function linesOf({ candidates }: ComparisonReport): Line[] {
  return candidates.flatMap(({ inputs, comparisons }) => comparisons.map((one) => ({ ...one, file: inputs.files.join(' ') })));
}

export const comparisonCsv: Renderer<ComparisonReport> = {
  name: 'csv',
  extensions: ['.csv'],
  help: 'one line per comparison, full precision',
  render: (report) => delimited(COLUMNS, linesOf(report), ','),
};

export const comparisonTsv: Renderer<ComparisonReport> = {
  name: 'tsv',
  extensions: ['.tsv'],
  help: 'the same with tabs',
  render: (report) => delimited(COLUMNS, linesOf(report), '\t'),
};
