/** Other readers of text, short and slow, for comparison: what they read of a damaged file, ours must read too, or refuse. */
import { numberText } from './read.ts';
import type { Reference } from './seed.ts';

const decode = (bytes: Buffer, encoding = 'utf-8') => new TextDecoder(encoding, { fatal: true }).decode(bytes);

const trim = (text: string) => text.replace(/^[ \t]+|[ \t]+$/g, '');
const unquoted = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);

/** Cells between delimiters or in quotes, and what ends them. */
function cells(text: string, delimiter: string): string[][] {
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^"\r\n${delimiter}]*)([${delimiter}]|\r\n|\n|\r|$)`, 'y');
  const records: string[][] = [[]];
  while (pattern.lastIndex < text.length) {
    const [, cell, end] = pattern.exec(text) ?? [];
    if (cell === undefined) throw new Error('no delimited text');
    records.at(-1)?.push(unquoted(cell));
    if (end === delimiter && pattern.lastIndex === text.length) records.at(-1)?.push('');
    if (end !== delimiter && pattern.lastIndex < text.length) records.push([]);
  }
  return records;
}

/** Cells between spaces, of lines that have any. */
const spaced = (text: string) =>
  text
    .split(/\r\n|\n|\r/)
    .filter((line) => trim(line) !== '')
    .map((line) => (trim(line).match(/"(?:[^"]|"")*"|[^ \t"]+/g) ?? []).map(unquoted));

function columnsOf(names: readonly string[], rows: readonly (readonly unknown[])[]): ReadonlyMap<string, readonly unknown[]> {
  if (rows.some((row) => row.length !== names.length)) throw new Error('a row of more or fewer cells');
  return new Map(names.map((name, k) => [name, rows.map((row) => row[k])]));
}

export const delimited =
  (delimiter: string, encoding?: string): Reference =>
  (bytes) => {
    const text = decode(bytes, encoding);
    const records = delimiter === ' ' ? spaced(text.replace(/^# +/, '')) : cells(text, delimiter);
    const isBlank = (row: readonly string[]) => row.length === 1 && trim(row[0] as string) === '';
    const start = records.findIndex((row) => !isBlank(row));
    const names = (records[start] as string[]).map(trim);
    const rows = records.slice(start + 1);
    // Of one column, a blank line is a row without a value.
    return columnsOf(
      names,
      rows.filter((row) => names.length === 1 || !isBlank(row)),
    );
  };

export const fields =
  (...names: string[]): Reference =>
  (bytes) =>
    columnsOf(names, spaced(decode(bytes)));

type Records = readonly Readonly<Record<string, unknown>>[];

const fromRecords = (records: Records, keys: readonly string[]) =>
  new Map(keys.map((key) => [key, records.map((record) => record[key])]));

/** JSON, with the columns of all records; `records` finds them in it. */
export const json =
  (records: (value: never) => Records): Reference =>
  (bytes) => {
    const all = records(JSON.parse(decode(bytes)) as never);
    return fromRecords(all, [...new Set(all.flatMap(Object.keys))]);
  };

/** A record on each line, with the columns of the first. */
export const jsonLines: Reference = (bytes) => {
  const lines = decode(bytes)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const records = lines.map((line) => JSON.parse(line.trim()));
  return fromRecords(records, Object.keys(records[0]));
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const INFINITE = /^[+-]?inf(inity)?$/i;
const MISSING = ['', 'NA', 'N/A', 'n/a', '<NA>', 'NaN', 'nan', 'NAN', '-nan', 'null', 'NULL', 'None', 'NaT'];

function listText(list: readonly unknown[], as: 'number' | 'text'): string {
  const cells = list.map((value) => cellText(value, as));
  if (as === 'text') return `[${cells.join()}]`;
  return cells.length === 1 ? (cells[0] as string) : `${cells.length}: ${cells.join(' ')}`;
}

/** As `read` shows a value. Throws where it is none of the kind that is asked for. */
export function cellText(value: unknown, as: 'number' | 'text'): string {
  if (Array.isArray(value)) return listText(value, as);
  if (as === 'text')
    return typeof value === 'string'
      ? value
      : value === null || value === undefined
        ? ''
        : typeof value === 'object'
          ? JSON.stringify(value)
          : String(value);
  if (typeof value === 'number') return numberText(value, Number.isNaN(value) ? 'NaN' : undefined);
  if (value === null || value === undefined) return `missing ${value === null ? 'null' : ''}`;
  const text = typeof value === 'string' ? trim(value) : '';
  if (MISSING.includes(text) && typeof value === 'string') return `missing ${text}`;
  if (NUMBER.test(text)) return numberText(Number(text));
  if (INFINITE.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  throw new Error(`no number: ${String(value)}`);
}
