import type { Column, Table, Wanted } from '../../src/io/batch.ts';
import { Fault } from '../../src/io/fault.ts';

/** Columns as a user asks for them: by their names. */
export interface Asked {
  readonly name: string;
  readonly as: 'number' | 'text';
}

/** Every cell of every column that was asked for, as text that differs where the bits do. Or why there is none. */
export type Reading = { readonly cells: readonly (readonly string[])[] } | { readonly fault: string };

/** Opens and reads it all. Anything but a table or a fault is thrown. */
export async function read(open: () => Promise<Table>, asked: readonly Asked[], batchRows: number): Promise<Reading> {
  let table: Table | undefined;
  try {
    table = await open();
    const wanted = asked.map((one) => wantedOf(table as Table, one));
    const cells = asked.map((): string[] => []);
    let rows = 0;
    for await (const batch of table.read(wanted, { batchRows })) {
      if (batch.first !== rows || batch.rows < 1 || batch.rows > batchRows) throw new Error('a batch of wrong size or place');
      if (batch.columns.length !== asked.length) throw new Error('a batch of more or fewer columns than asked for');
      rows += batch.rows;
      for (const [k, column] of batch.columns.entries()) cells[k]?.push(...texts(column, batch.rows));
    }
    return { cells };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  } finally {
    await table?.close();
  }
}

function wantedOf(table: Table, { name, as }: Asked): Wanted {
  const column = table.columns.indexOf(name);
  if (column < 0) throw new Fault(`no column ${name}`);
  if (table.columns.indexOf(name, column + 1) >= 0) throw new Fault(`two columns ${name}`);
  return { column, as };
}

function texts(column: Column, rows: number): readonly string[] {
  if (column.kind === 'text') {
    if (column.values.length !== rows) throw new Error('a text column of wrong length');
    return column.values;
  }
  const { values, width, missing, dims = [] } = column;
  if (values.length !== rows * width) throw new Error('a number column of wrong length');
  const elements = Array.from(values, (value, i) => numberText(value, missing.get(i)));
  if (width === 1) return elements;
  const shape = dims.length > 0 ? dims.join('x') : width;
  return Array.from({ length: rows }, (_, row) => `${shape}: ${elements.slice(row * width, (row + 1) * width).join(' ')}`);
}

/** Digits that only this number has. */
export function numberText(value: number, missing?: string): string {
  if (missing !== undefined) return `missing ${missing}`;
  return Object.is(value, -0) ? '-0' : String(value);
}
