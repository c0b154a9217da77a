import { Readable } from 'node:stream';
import type { Batch, Table, Wanted } from '../../src/io/batch.ts';
import { type OpenOptions, open } from '../../src/io/open.ts';
import { linesOf } from '../support/lines.ts';

/** All batches put together, in a form that `toEqual` compares bit by bit. */
export interface Whole {
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of number columns: width, bits in hexadecimal, missing indexes. Of text columns: the texts. */
  readonly cells: readonly unknown[];
  readonly lines: readonly number[] | undefined;
}

export type Kind = Wanted['as'] | Omit<Wanted, 'column'>;

/** Opens bytes as if they came from a file of this name. */
export function openBytes(
  name: string,
  bytes: Uint8Array | readonly Uint8Array[] | string,
  options: Partial<OpenOptions> = {},
): Promise<Table> {
  const chunks = typeof bytes === 'string' || bytes instanceof Uint8Array ? [Buffer.from(bytes as Uint8Array)] : [...bytes];
  return open({ name, stream: Readable.from(chunks) }, { header: true, ...options });
}

/** Reads the first columns as the given kinds; number for those without one. */
export async function batches(table: Table, kinds: readonly Kind[] = [], batchRows = 1000): Promise<Batch[]> {
  const wanted = table.columns.map((_, column): Wanted => {
    const kind = kinds[column] ?? 'number';
    return typeof kind === 'string' ? { column, as: kind } : { column, ...kind };
  });
  const all: Batch[] = [];
  for await (const batch of table.read(wanted, { batchRows })) all.push(batch);
  await table.close();
  return all;
}

export async function whole(table: Table, kinds: readonly Kind[] = [], batchRows = 1000): Promise<Whole> {
  const all = await batches(table, kinds, batchRows);
  let rows = 0;
  for (const batch of all) {
    if (batch.first !== rows || batch.rows === 0 || batch.rows > batchRows) throw new Error('a batch of wrong size or place');
    rows += batch.rows;
  }
  const cells = table.columns.map((_, k) => merge(all, k));
  const lines = all.every(({ lines }) => lines !== undefined) ? all.flatMap(linesOf) : undefined;
  return { columns: table.columns, rows, cells, lines: all.length > 0 ? lines : undefined };
}

function merge(all: readonly Batch[], k: number): unknown {
  const texts: string[] = [];
  const bits: string[] = [];
  const missing: number[] = [];
  const widths = new Set<number>();
  for (const { columns, rows } of all) {
    const column = columns[k];
    if (column?.kind === 'text') {
      if (column.values.length !== rows) throw new Error('a text column of wrong length');
      texts.push(...column.values);
    } else if (column) {
      if (column.values.length !== rows * column.width) throw new Error('a number column of wrong length');
      for (const index of column.missing.keys()) missing.push(bits.length + index);
      for (const value of column.values) bits.push(hex(value));
      widths.add(column.width);
    }
  }
  return texts.length > 0 ? texts : { widths: [...widths], bits, missing: missing.sort((a, b) => a - b) };
}

/** The bits of a float64; all NaN are one. */
export function hex(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** What `whole` gives for numbers; `null` is missing. */
export function numbers(values: readonly (number | null)[], width = 1): unknown {
  return {
    widths: [width],
    bits: values.map((value) => hex(value ?? NaN)),
    missing: values.flatMap((value, i) => (value === null ? [i] : [])),
  };
}

/** Only the columns, as plain numbers and texts: easier to read in a table of cases. */
export async function plain(table: Table, kinds: readonly Kind[] = [], batchRows = 1000): Promise<unknown[][]> {
  const all = await batches(table, kinds, batchRows);
  return table.columns.map((_, k) => all.flatMap(({ columns }) => [...(columns[k]?.values ?? [])] as unknown[]));
}

/** The message and the hint of what reading ends with. */
export async function failure(work: () => Promise<unknown>): Promise<{ message: string; hint: string | undefined }> {
  try {
    await work();
  } catch (error) {
    const { name, message, hint } = error as Error & { hint?: string };
    if (name !== 'Fault') throw error;
    return { message, hint };
  }
  throw new Error('no fault');
}
