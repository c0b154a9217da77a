import type { Report, Result } from '../../engine/result.ts';
import { type Column, columnsOf } from './columns.ts';
import { codeSpan } from './escape.ts';
import { gateText, markOf, verdictText } from './gates.ts';
import type { Renderer } from './renderer.ts';

/** GitHub's table syntax, for pull requests and job summaries. Whatever comes from data stands in a code span. */
export const markdown: Renderer = {
  name: 'markdown',
  extensions: ['.md', '.markdown'],
  help: 'a GitHub table, for job summaries and pull requests',
  render(report) {
    const parts = [resultTable(report.results), gateList(report), verdictText(report).replace(/^\w+/, '**$&**')];
    return `${parts.filter(Boolean).join('\n\n')}\n`;
  },
};

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

function gateList(report: Report): string {
  return report.gates.map((gate) => `- ${gate.pass ? markOf(gate) : `**${markOf(gate)}**`} ${codeSpan(gateText(gate))}`).join('\n');
}
