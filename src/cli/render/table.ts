import type { ChalkInstance } from 'chalk';
import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Judged, Result, WorstRow } from '../../engine/result.ts';
import { type Column, columnsOf } from './columns.ts';
import { printable, shortened } from './escape.ts';
import { errorTexts, gateText, markOf, VERDICTS, verdictText } from './gates.ts';
import { shortDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';

export const table: Renderer = {
  name: 'table',
  extensions: [],
  help: 'for reading; gates and the verdict below',
  render(report, { colors }) {
    const tops = report.results.flatMap((result) => (result.top ? [topLines(result, result.top, colors)] : []));
    const parts = [resultLines(report.results, colors), ...tops, gateLines(report, colors)];
    return paragraphs(parts);
  },
};

/** With an empty line between them. */
export function paragraphs(parts: readonly (readonly string[])[]): string {
  return parts
    .filter((lines) => lines.length)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function resultLines(results: readonly Result[], colors: ChalkInstance): string[] {
  if (!results.length) return [];
  const columns = columnsOf(results);
  return columnLines(results, columns, colors);
}

/** A line for each item, below the titles. */
export function columnLines<T extends Pick<Result, 'status'>>(
  items: readonly T[],
  columns: readonly Column<T>[],
  colors: ChalkInstance,
): string[] {
  const rows = items.map((item) =>
    columns.map((column) => {
      const text = shown(column, column.cell(item));
      return column.holds === 'value' ? (item.status === 'ok' ? colors.bold(text) : colors.red(text)) : text;
    }),
  );
  const head = columns.map((column) => colors.dim(shown(column, column.title)));
  return drawTable(
    head,
    rows,
    columns.map((column) => (column.right ? 'right' : 'left')),
  );
}

/** The worst rows of a loss, with what stands in them. */
function topLines({ id, data }: Result, top: readonly WorstRow[], colors: ChalkInstance): string[] {
  const names = [...(top[0]?.cells.keys() ?? [])];
  const loss = data === undefined ? id : `${data}: ${id}`;
  const rows = top.map(({ row, value, cells }) => [String(row), shortDigits(value), ...names.map((name) => cells.get(name) ?? '')]);
  return cellLines(['row', loss, ...names], rows, colors);
}

/** Rows with what stands in them. */
export function cellLines(titles: readonly string[], rows: readonly (readonly string[])[], colors: ChalkInstance): string[] {
  return drawTable(
    titles.map((title) => colors.dim(shortened(title, 40))),
    rows.map((cells) => cells.map((cell) => shortened(cell, 40))),
    titles.map(() => 'right'),
  );
}

function shown<T>(column: Column<T>, text: string): string {
  return column.holds === 'id' || column.holds === 'slice' ? shortened(text) : text;
}

// biome-ignore format: one line per edge
const NO_LINES = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '',
  bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  mid: '', 'mid-mid': '', 'left-mid': '', 'right-mid': '',
  left: '', right: '', middle: '  ',
};

/** cli-table3 lays out n rows in n^2 time: longer tables are drawn in parts, which must agree on their widths. */
const PART = 100;

/** Columns two blanks apart, without borders: easy on the eye, on `awk` and on `diff`. */
export function drawTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  colAligns: ('left' | 'right')[],
): string[] {
  const all = [head, ...rows];
  const colWidths = head.map((_, column) => all.reduce((widest, row) => Math.max(widest, stringWidth(row[column] as string)), 1));
  const lines: string[] = [];
  for (let first = 0; first < all.length; first += PART) {
    // Colours are ours to give: cli-table3 would paint its head red.
    const style = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
    const part = new Table({ chars: NO_LINES, colAligns, colWidths, style });
    part.push(...all.slice(first, first + PART).map((row) => [...row]));
    for (const line of part.toString().split('\n')) lines.push(line.trimEnd());
  }
  return lines;
}

export function gateLines(report: Judged, colors: ChalkInstance): string[] {
  const { green, red, yellow, dim } = colors;
  const paints = { PASS: green, FAIL: red, 'NO EVIDENCE': yellow, WARN: yellow, INFO: dim };
  const lines = report.gates.map((gate) => `${printable(gateText(gate))}  ${paints[markOf(gate)](markOf(gate))}`);
  const errors = errorTexts(report).map((text) => `${printable(text)}  ${red('ERROR')}`);
  const verdict = verdictText(report);
  if (!verdict) return lines;
  const paint = { none: dim, pass: green, fail: red, inconclusive: yellow, error: red }[report.verdict];
  return [...lines, ...errors, verdict.replace(VERDICTS[report.verdict], (word) => paint.bold(word))];
}
