/**
 * One value per row and loss, for `--reduction none`. Rows stream: a renderer gives the text before, of and after them, and
 * the caller joins and writes it.
 */
import type { RowValues } from '../../engine/result.ts';
import { textCell } from './escape.ts';
import { fullDigits } from './numbers.ts';
import { jsonString } from './tojson.ts';

export interface RowRenderer {
  start(ids: readonly string[], weighted: boolean): string;
  row(values: RowValues): string;
  end(): string;
}

export interface RowFormat {
  readonly name: string;
  readonly extensions: readonly string[];
  readonly help: string;
  /** A renderer has state: a new one for each output. */
  create(): RowRenderer;
}

/** `row,huber,mse,weight`; nothing between the separators where a row was skipped or ignored. */
function delimitedRows(separator: ',' | '\t'): RowRenderer {
  let weighted = false;
  return {
    start(ids, withWeight) {
      weighted = withWeight;
      const names = ['row', ...ids.map((id) => textCell(id, separator)), ...(weighted ? ['weight'] : [])];
      return `${names.join(separator)}\n`;
    },
    row({ row, values, weight }) {
      let line = `${row}`;
      for (const value of values) line += value === null ? separator : separator + fullDigits(value);
      if (weighted) line += weight === null ? separator : separator + fullDigits(weight);
      return `${line}\n`;
    },
    end: () => '',
  };
}

/** An object per row, the rest of its line included; `null` also for what is not finite, which JSON cannot write. */
function objectRows(open: string, between: string, close: string): RowRenderer {
  let keys: readonly string[] = [];
  let weighted = false;
  let before = '';
  const number = (value: number | null) => (value !== null && Number.isFinite(value) ? fullDigits(value) : 'null');
  return {
    start(ids, withWeight) {
      keys = ids.map((id) => `,${jsonString(id)}:`);
      weighted = withWeight;
      return open;
    },
    row({ row, values, weight }) {
      let line = `${before}{"row":${row}`;
      for (let i = 0; i < keys.length; i++) line += keys[i] + number(values[i]);
      if (weighted) line += `,"weight":${number(weight)}`;
      before = between;
      return `${line}}`;
    },
    end: () => (before ? `\n${close}` : close),
  };
}

export const ROW_RENDERERS: readonly RowFormat[] = [
  { name: 'csv', extensions: ['.csv'], help: 'a line per row', create: () => delimitedRows(',') },
  { name: 'tsv', extensions: ['.tsv'], help: 'the same with tabs', create: () => delimitedRows('\t') },
  {
    name: 'ndjson',
    extensions: ['.ndjson', '.jsonl'],
    help: 'a line per row, each an object',
    create: () => objectRows('', '\n', ''),
  },
  { name: 'json', extensions: ['.json'], help: 'one array of objects', create: () => objectRows('[\n', ',\n', ']\n') },
];
