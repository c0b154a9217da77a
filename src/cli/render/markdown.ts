import type { Gate, Report, Result } from '../../engine/result.ts';
import { type Column, columnsOf } from './columns.ts';
import { codeSpan } from './escape.ts';
import { amount, errorTexts, gateText, markOf, verdictText } from './gates.ts';
import type { Renderer } from './renderer.ts';

/** GitHub's table syntax, for pull requests and job summaries. Whatever comes from data stands in a code span. */
export const markdown: Renderer = {
  name: 'markdown',
  extensions: ['.md', '.markdown'],
  help: 'a GitHub table, for job summaries and pull requests',
  render: (report) => markdownText(report),
};

/** `most`: of the results and of the gates, where there is no room for all. The verdict is that of all. */
export function markdownText(report: Report, most = Number.POSITIVE_INFINITY): string {
  const results = kept(report.results, most, ({ slice }) => slice === null);
  const gates = kept(report.gates, most, ({ pass }) => !pass);
  const parts = [
    resultTable(results),
    gateList(gates),
    errorTexts(report)
      .map((text) => `- **ERROR** ${codeSpan(text)}`)
      .join('\n'),
    leftOut([report.results.length - results.length, 'result'], [report.gates.length - gates.length, 'gate']),
    verdictText(report).replace(/^[A-Z ]+/, '**$&**'),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** What had no room; empty where all had. */
export function leftOut(...counts: readonly (readonly [count: number, what: string])[]): string {
  const left = counts.flatMap(([count, what]) => (count ? [amount(count, what)] : []));
  return left.length ? `Left out, for lack of room: ${left.join(' and ')}.` : '';
}

/** The important ones first, where not all have room. */
export function kept<T>(items: readonly T[], most: number, important: (item: T) => boolean): readonly T[] {
  if (items.length <= most) return items;
  return [...items.filter(important), ...items.filter((item) => !important(item))].slice(0, most);
}

function resultTable(results: readonly Result[]): string {
  if (!results.length) return '';
  return columnTable(results, columnsOf(results));
}

/** A row for each item. */
export function columnTable<T>(items: readonly T[], columns: readonly Column<T>[]): string {
  const head = columns.map(({ title, holds, right }) => ({ title: holds === 'slice' ? codeSpan(title) : title, right }));
  const rows = items.map((item) => columns.map((column) => cellText(column, item)));
  return markdownTable(head, rows);
}

function cellText<T>({ holds, cell }: Column<T>, item: T): string {
  return holds === 'id' || holds === 'slice' ? codeSpan(cell(item)) : cell(item);
}

/** Cells are markdown already. */
export function markdownTable(
  head: readonly { title: string; right?: boolean | undefined }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head.map((h) => h.title)), line(head.map((h) => (h.right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

export function gateList(gates: readonly Gate[]): string {
  return gates.map((gate) => `- ${gate.pass ? markOf(gate) : `**${markOf(gate)}**`} ${codeSpan(gateText(gate))}`).join('\n');
}
