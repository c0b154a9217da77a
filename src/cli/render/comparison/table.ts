import type { ChalkInstance } from 'chalk';
import type { CandidateReport, Comparison, ComparisonReport, WorsePair } from '../../../engine/compare/result.ts';
import { printable } from '../escape.ts';
import { shortDigits } from '../numbers.ts';
import type { Renderer } from '../renderer.ts';
import { cellLines, columnLines, gateLines, paragraphs } from '../table.ts';
import { adjustmentText, comparisonColumns, headText } from './columns.ts';

export const comparisonTable: Renderer<ComparisonReport> = {
  name: 'table',
  extensions: [],
  help: 'for reading; gates and the verdict below',
  render(report, { colors }) {
    const blocks = report.candidates.flatMap((candidate) => candidateBlocks(report, candidate, colors));
    return paragraphs([...blocks, gateLines(report, colors)]);
  },
};

function candidateBlocks(report: ComparisonReport, candidate: CandidateReport, colors: ChalkInstance): string[][] {
  const { comparisons } = candidate;
  const adjustment = adjustmentText(report, candidate);
  return [
    [colors.dim(printable(headText(report, candidate)))],
    [...columnLines(comparisons, comparisonColumns(comparisons, report), colors), ...(adjustment ? [colors.dim(adjustment)] : [])],
    ...comparisons.flatMap((comparison) =>
      comparison.top?.length ? [topLines(comparison, comparison.top, report.on, colors)] : [],
    ),
  ];
}

/** The pairs whose loss grew most. Of the base only what is another text there. */
function topLines({ id }: Comparison, top: readonly WorsePair[], on: string | null, colors: ChalkInstance): string[] {
  const names = [...(top[0]?.candidateCells.keys() ?? [])];
  const changed = names.filter((name) =>
    top.some(({ baseCells, candidateCells }) => baseCells.has(name) && baseCells.get(name) !== candidateCells.get(name)),
  );
  const keyed = on !== null && !names.includes(on);
  const titles = [
    'row',
    ...(keyed ? ['key'] : []),
    `${id} base`,
    'candidate',
    'difference',
    ...names,
    ...changed.map((name) => `${name} (base)`),
  ];
  const rows = top.map(({ key, candidateRow, base, candidate, difference, baseCells, candidateCells }) => [
    String(candidateRow),
    ...(keyed ? [key ?? ''] : []),
    ...[base, candidate, difference].map(shortDigits),
    ...names.map((name) => candidateCells.get(name) ?? ''),
    ...changed.map((name) => baseCells.get(name) ?? ''),
  ]);
  return cellLines(titles, rows, colors);
}
