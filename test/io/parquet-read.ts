/** Reading the fixtures that make_parquet.js wrote. */
import { join } from 'node:path';
import { open } from '../../src/io/open.ts';
import type { Kind } from './read.ts';

export const FOLDER = join(import.meta.dirname, '../../fixtures/formats/parquet');
export const path = (name: string) => join(FOLDER, `${name}.parquet`);
export const fixture = (name: string) => open({ name: path(name) }, { header: true });

/** One column of a file; each test opens it anew, as a run does. */
export async function column(name: string, wanted: string, kind: Kind = 'number', batchRows = 3) {
  const table = await fixture(name);
  const at = table.columns.indexOf(wanted);
  const values: unknown[] = [];
  const arrays = new Set<string>();
  const widths = new Set<number>();
  try {
    const want = typeof kind === 'string' ? { as: kind } : kind;
    for await (const batch of table.read([{ column: at, ...want }], { batchRows })) {
      const [one] = batch.columns;
      values.push(...(one?.values ?? []));
      arrays.add(one?.values.constructor.name ?? '');
      if (one?.kind === 'number') widths.add(one.width);
    }
  } finally {
    await table.close();
  }
  return { values, array: [...arrays].join(), width: [...widths].join() };
}

type Whole = ReadonlyMap<string, { values: readonly unknown[]; array: string }>;

/** Columns of a file by their names, read in one go; every start of a decoder takes time. */
export async function read(file: string, as: 'number' | 'text', names: readonly string[], batchRows = 3): Promise<Whole> {
  const table = await fixture(file);
  const wanted = names.map((name) => ({ column: table.columns.indexOf(name), as }));
  const all = names.map(() => ({ values: [] as unknown[], array: '' }));
  for await (const { columns } of table.read(wanted, { batchRows })) {
    for (const [k, { values }] of columns.entries()) {
      all[k]?.values.push(...values);
      Object.assign(all[k] as object, { array: values.constructor.name });
    }
  }
  await table.close();
  return new Map(names.map((name, k) => [name, all[k] as (typeof all)[number]]));
}
