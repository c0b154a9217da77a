/** One line per result: CSV as RFC 4180 quotes it, and the same with tabs. */
import type { Result } from '../../engine/result.ts';
import { textCell } from './escape.ts';
import { fullDigits } from './numbers.ts';
import type { Renderer } from './renderer.ts';
import { sliceText } from './slice.ts';

/** A name, and what stands below it. */
export type DelimitedColumn<T> = readonly [name: string, cell: (item: T) => string | number];

/** Of a suite, in front. */
const DATA: DelimitedColumn<Result> = ['data', (r) => r.data ?? ''];

const COLUMNS: readonly DelimitedColumn<Result>[] = [
  ['id', (r) => r.id],
  ['loss', (r) => r.loss],
  ['reduction', (r) => r.reduction],
  ['slice', (r) => (r.slice ? sliceText(r.slice) : '')],
  ['value', (r) => (r.status === 'empty' ? '' : r.value)],
  ['status', (r) => r.status],
  ['n', (r) => r.n],
  ['skipped', (r) => r.skipped],
  ['ignored', (r) => r.ignored],
  ['weight_sum', (r) => r.weightSum],
  ['denominator', (r) => r.denominator],
  ['unit', (r) => r.unit],
  ['signature', (r) => r.signature],
];

function columnsOf(results: readonly Result[]): readonly DelimitedColumn<Result>[] {
  return results.some(({ data }) => data !== undefined) ? [DATA, ...COLUMNS] : COLUMNS;
}

/** A status is one of our own words: `-inf` is not text from data. */
const OWN: ReadonlySet<string> = new Set(['status', 'reduction']);

export function delimited<T>(columns: readonly DelimitedColumn<T>[], items: readonly T[], separator: ',' | '\t'): string {
  const lines = [columns.map(([name]) => name).join(separator)];
  for (const item of items) {
    const cells = columns.map(([name, cell]) => {
      const content = cell(item);
      if (typeof content === 'number') return fullDigits(content);
      return OWN.has(name) ? content : textCell(content, separator);
    });
    lines.push(cells.join(separator));
  }
  return `${lines.join('\n')}\n`;
}

export const csv: Renderer = {
  name: 'csv',
  extensions: ['.csv'],
  help: 'one line per result, full precision',
  render: (report) => delimited(columnsOf(report.results), report.results, ','),
};

export const tsv: Renderer = {
  name: 'tsv',
  extensions: ['.tsv'],
  help: 'the same with tabs',
  render: (report) => delimited(columnsOf(report.results), report.results, '\t'),
};
