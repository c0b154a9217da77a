import type { Gate, Report, Result, WorstRow } from '../../engine/result.ts';
import { columnsOf } from './columns.ts';
import { shortened } from './escape.ts';
import { differenceText, errorTexts, gateText, markOf, verdictText } from './gates.ts';
import { shortDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';
import { messageText } from './warnings.ts';
import { xmlText } from './xml.ts';

/** Colours of the reader's own system; numbers in columns. */
const STYLE = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { padding: 0.2rem 0.8rem; text-align: left; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
th { font-weight: 600; }
.right { text-align: right; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
.verdict { font-size: 1.3rem; padding: 0.5rem 1rem; border-left: 0.4rem solid gray; }
.pass { color: #1a7f37; border-color: #1a7f37; }
.fail, .error { color: #cf222e; border-color: #cf222e; }
.inconclusive, .no-evidence, .warn { color: #9a6700; border-color: #9a6700; }
@media (prefers-color-scheme: dark) {
  .pass { color: #3fb950; }
  .fail, .error { color: #f85149; }
  .inconclusive, .no-evidence, .warn { color: #d29922; }
}
`;

/**
 * One page that needs nothing else: no script, no font, no picture. Whatever comes from data is escaped, and the policy in its head
 * forbids a browser to run or load anything, should that ever fail.
 */
export const html: Renderer = {
  name: 'html',
  extensions: ['.html', '.htm'],
  help: 'one page for a browser, without scripts or other files',
  render(report, { version }) {
    const title = verdictText(report) || 'Results';
    const parts = [
      `<h1>lossctl</h1>`,
      `<p class="verdict ${report.verdict}">${xmlText(title)}</p>`,
      ...section('Not evaluated', errorTexts(report), (texts) => list(texts)),
      ...section('Gates', report.gates, gateTable),
      ...section('Results', report.results, resultTable),
      ...report.results.flatMap((result) => (result.top ? [topTable(result, result.top)] : [])),
      ...section('Warnings and notes', report.warnings, (all) => list(all.map((one) => `${one.code}: ${messageText(one)}`))),
      ...section('Files', filesOf(report), list),
    ];
    const head = [
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
      '<meta name="viewport" content="width=device-width">',
      `<meta name="generator" content="lossctl ${version}">`,
      `<title>lossctl: ${xmlText(title)}</title>`,
      `<style>${STYLE}</style>`,
    ];
    return `<!DOCTYPE html>\n<html lang="en">\n<head>\n${head.join('\n')}\n</head>\n<body>\n${parts.join('\n')}\n</body>\n</html>\n`;
  },
};

function section<T>(title: string, items: readonly T[], body: (items: readonly T[]) => string): string[] {
  return items.length ? [`<h2>${title}</h2>`, body(items)] : [];
}

function list(texts: readonly string[]): string {
  return `<ul>\n${texts.map((text) => `<li>${xmlText(text)}</li>`).join('\n')}\n</ul>`;
}

interface Cell {
  readonly text: string;
  /** Names of our own for the style. */
  readonly style?: string | undefined;
}

function table(head: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const line = (tag: 'th' | 'td', cells: readonly Cell[]) =>
    `<tr>${cells.map(({ text, style }) => `<${tag}${style ? ` class="${style}"` : ''}>${xmlText(text)}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table>\n${[line('th', head), ...rows.map((cells) => line('td', cells))].join('\n')}\n</table></div>`;
}

function gateTable(gates: readonly Gate[]): string {
  const head = [{ text: '' }, { text: 'gate' }, { text: 'value less limit', style: 'right' }];
  return table(
    head,
    gates.map((gate) => {
      const mark = markOf(gate);
      return [
        { text: mark, style: mark.toLowerCase().replace(' ', '-') },
        { text: gateText(gate) },
        { text: differenceText(gate), style: 'right' },
      ];
    }),
  );
}

function resultTable(results: readonly Result[]): string {
  const columns = columnsOf(results);
  const style = (right: boolean | undefined) => (right ? 'right' : undefined);
  return table(
    columns.map(({ title, right }) => ({ text: title, style: style(right) })),
    results.map((result) => columns.map(({ cell, right }) => ({ text: cell(result), style: style(right) }))),
  );
}

/** The worst rows of a loss, with what stands in them. */
function topTable({ id, data }: Result, top: readonly WorstRow[]): string {
  const names = [...(top[0]?.cells.keys() ?? [])];
  const head = ['row', data === undefined ? id : `${data}: ${id}`, ...names].map((text) => ({
    text: shortened(text, 40),
    style: 'right',
  }));
  const rows = top.map(({ row, value, cells }) =>
    [String(row), shortDigits(value), ...names.map((name) => shortened(cells.get(name) ?? '', 40))].map((text) => ({
      text,
      style: 'right',
    })),
  );
  return table(head, rows);
}

function filesOf({ inputs, data }: Report): string[] {
  const rows = (name: string, { files, rows: count }: Report['inputs']) => `${name}${files.join(', ')}: ${count} rows`;
  if (!data) return [rows('', inputs)];
  return data.flatMap((set) => (set.inputs ? [rows(`${set.name}: `, set.inputs)] : []));
}
