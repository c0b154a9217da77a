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
  const left = [
    [report.results.length - results.length, 'result'] as const,
    [report.gates.length - gates.length, 'gate'] as const,
  ].flatMap(([count, what]) => (count ? [amount(count, what)] : []));
  const parts = [
    resultTable(results),
    gateList(gates),
    errorTexts(report)
      .map((text) => `- **ERROR** ${codeSpan(text)}`)
      .join('\n'),
    left.length ? `Left out, for lack of room: ${left.join(' and ')}.` : '',
    verdictText(report).replace(/^[A-Z ]+/, '**$&**'),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** The important ones first, where not all have room. */
function kept<T>(items: readonly T[], most: number, important: (item: T) => boolean): readonly T[] {
  if (items.length <= most) return items;
  return [...items.filter(important), ...items.filter((item) => !important(item))].slice(0, most);
}

function resultTable(results: readonly Result[]): string {
  if (!results.length) return '';
  const columns = columnsOf(results);
  const head = columns.map(({ title, holds, right }) => ({ title: holds === 'slice' ? codeSpan(title) : title, right }));
  const rows = results.map((result) => columns.map((column) => cellText(column, result)));
  return markdownTable(head, rows);
}

function cellText({ holds, cell }: Column, result: Result): string {
  return holds === 'id' || holds === 'slice' ? codeSpan(cell(result)) : cell(result);
}

/** Cells are markdown already. */
export function markdownTable(
  head: readonly { title: string; right?: boolean | undefined }[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head.map((h) => h.title)), line(head.map((h) => (h.right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

function gateList(gates: readonly Gate[]): string {
  return gates.map((gate) => `- ${gate.pass ? markOf(gate) : `**${markOf(gate)}**`} ${codeSpan(gateText(gate))}`).join('\n');
}
