import type { CandidateReport, ComparisonReport } from '../../../engine/compare/result.ts';
import { codeSpan } from '../escape.ts';
import { verdictText } from '../gates.ts';
import { columnTable, gateList, kept, leftOut } from '../markdown.ts';
import type { Renderer } from '../renderer.ts';
import { adjustmentText, comparisonColumns, headText } from './columns.ts';

export const comparisonMarkdownFormat: Renderer<ComparisonReport> = {
  name: 'markdown',
  extensions: ['.md', '.markdown'],
  help: 'GitHub tables, for job summaries and pull requests',
  render: (report) => comparisonMarkdown(report),
};

/** `most`: comparisons of each candidate, and gates, where there is no room for all. The verdict is that of all. */
export function comparisonMarkdown(report: ComparisonReport, most = Number.POSITIVE_INFINITY): string {
  const gates = kept(report.gates, most, ({ pass }) => !pass);
  const all = report.candidates.reduce((sum, { comparisons }) => sum + comparisons.length, 0);
  const shown = report.candidates.reduce((sum, { comparisons }) => sum + Math.min(most, comparisons.length), 0);
  const parts = [
    ...report.candidates.map((candidate) => candidateText(report, candidate, most)),
    gateList(gates),
    leftOut([all - shown, 'comparison'], [report.gates.length - gates.length, 'gate']),
    verdictText(report).replace(/^\w+/, '**$&**'),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function candidateText(report: ComparisonReport, candidate: CandidateReport, most: number): string {
  const comparisons = kept(candidate.comparisons, most, ({ slice }) => slice === null);
  if (!comparisons.length) return '';
  const table = columnTable(comparisons, comparisonColumns(comparisons, report));
  return [codeSpan(headText(report, candidate)), table, adjustmentText(report, candidate)].filter(Boolean).join('\n\n');
}
