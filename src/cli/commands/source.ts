/** The files of a run as one table: shards one behind the other, targets beside predictions, only the rows asked for. */
import { existsSync } from 'node:fs';
import { select } from '../../engine/select.ts';
import type { Table } from '../../io/batch.ts';
import { escapeText, Fault, quote } from '../../io/fault.ts';
import { open } from '../../io/open.ts';
import { type Condition, filtered } from '../../io/tables/filter.ts';
import { type JoinCounts, joined } from '../../io/tables/join.ts';
import { shards } from '../../io/tables/shards.ts';
import { zipped } from '../../io/tables/zip.ts';
import type { World } from '../world.ts';
import type { ReadingOptions } from './reading-options.ts';
import { parseCondition } from './where.ts';

export interface SourceOptions extends ReadingOptions {
  readonly targets?: string;
  readonly targetsFormat?: string;
  readonly on?: string;
  readonly unmatched?: 'error' | 'drop';
  readonly where?: readonly string[];
}

export interface Source {
  readonly table: Table;
  /** What became of the rows of a join, once the table has been read. */
  readonly join: JoinCounts | null;
}

/** `files` are paths as `filesOf` gives them. */
export async function openSource(world: World, files: readonly string[], options: SourceOptions): Promise<Source> {
  let opened = await openFiles(world, files, options);
  try {
    const { table, join } = await withTargets(world, opened, options);
    opened = table; // which closes both
    const conditions = (options.where ?? []).map((text) => conditionOf(table, text));
    return { table: conditions.length ? filtered(table, conditions) : table, join };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openFiles(world: World, files: readonly string[], options: SourceOptions): Promise<Table> {
  const openOne = (name: string) => openFile(world, name, options);
  const head = await openOne(files[0] as string);
  return files.length === 1 ? head : shards(head, files, openOne);
}

function openFile(world: World, name: string, options: ReadingOptions): Promise<Table> {
  const { inputFormat, delimiter, header, lenientJson, limit } = options;
  const source = name === '-' ? { name: '<stdin>', stream: world.stdin } : { name };
  return open(source, {
    header,
    ...(inputFormat && { format: inputFormat }),
    ...(delimiter && { delimiter }),
    ...(lenientJson && { lenientJson }),
    ...(limit && { limits: limit }),
  });
}

async function withTargets(world: World, predictions: Table, options: SourceOptions): Promise<Source> {
  const { targets: name, on, unmatched = 'error' } = options;
  if (name === undefined) return { table: predictions, join: null };
  const { inputFormat: _ofPredictions, targetsFormat, ...rest } = options;
  const targets = await openFile(world, name, { ...rest, ...(targetsFormat && { inputFormat: targetsFormat }) });
  try {
    if (on === undefined) return { table: zipped(predictions, targets), join: null };
    const keys = { left: select(predictions.columns, on, '--on'), right: select(targets.columns, on, `--on, in ${name}`) };
    const { table, counts } = joined(predictions, targets, { on: keys, unmatched });
    return { table, join: counts };
  } catch (error) {
    await targets.close();
    throw error;
  }
}

function conditionOf(table: Table, text: string): Condition {
  const { column: name, ...rest } = parseCondition(text);
  const [column, ...more] = select(table.columns, name, '--where');
  if (column === undefined || more.length > 0) throw new Fault(`--where ${quote(text)}: names several columns`, 'name one');
  return { column, ...rest };
}

/** The files that were named, globs written out; standard input when none was. */
export async function filesOf(world: World, named: readonly string[]): Promise<string[]> {
  const given = named.length ? named : ['-'];
  const files = (await Promise.all(given.map(expanded))).flat();
  if (files.includes('-')) {
    if (files.length > 1) throw new Fault('standard input is one file, and cannot be a shard of a table', 'name the files alone');
    if (world.stdin.isTTY) throw new Fault('no input: standard input is a terminal', 'name a file, or pipe one in');
  }
  const twice = files.find((file, k) => files.indexOf(file) < k);
  if (twice !== undefined) throw new Fault(`${escapeText(twice)} is named twice`, 'its rows would count twice: name it once');
  return files;
}

async function expanded(name: string): Promise<string[]> {
  const found = await matching(name);
  if (found.length > 0) return found;
  throw new Fault(`${escapeText(name)}: no file matches`, 'check the path; a relative one starts from the current folder');
}

/** A name with `*`, `?` or `[` that is no file is a glob; its files come in the order of their numbers: part-10 after part-9. */
export async function matching(name: string): Promise<string[]> {
  if (name === '-' || !/[*?[]/.test(name) || existsSync(name)) return [name];
  const { glob } = await import('tinyglobby');
  const found = await glob(name, { expandDirectories: false, dot: false });
  return found.sort(new Intl.Collator('en', { numeric: true }).compare);
}

/** How messages name some files: `base.csv`, `part-1.csv and 3 more`. Escaped. */
export function nameOf(files: readonly string[]): string {
  const [first = '', ...more] = files.map((file) => (file === '-' ? '<stdin>' : escapeText(file)));
  return more.length ? `${first} and ${more.length} more` : first;
}
