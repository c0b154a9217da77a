/** A look at a table: what its columns hold. */
import type { Table, Wanted } from '../batch.ts';
import { familiesOf } from './families.ts';
import { type ColumnFacts, Profile } from './profile.ts';

export interface Inspection {
  readonly format: string;
  readonly rows: number;
  /** The whole table was read; else only the first `rows` rows. */
  readonly whole: boolean;
  readonly columns: readonly ColumnFacts[];
  readonly families: readonly ColumnFacts[];
}

/** Looks at the first `most` rows. */
export async function inspect(table: Table, { most, batchRows }: { most: number; batchRows: number }): Promise<Inspection> {
  const profiles = table.columns.map((name) => new Profile(name));
  const families = familiesOf(table.columns).map((family) => ({ ...family, profile: new Profile(family.name) }));
  const wanted = table.columns.map((_, column): Wanted => ({ column, as: 'text' }));
  let rows = 0;
  let whole = true;
  for await (const batch of table.read(wanted, { batchRows })) {
    const columns = batch.columns.map((column) => (column.kind === 'text' ? column.values : []));
    const end = Math.min(batch.rows, most - rows);
    for (let row = 0; row < end; row++) {
      for (const [k, profile] of profiles.entries()) profile.see(columns[k]?.[row] ?? '');
      for (const { profile, columns: members } of families) profile.seeRow(members.map((k) => columns[k]?.[row] ?? ''));
    }
    rows += end;
    if (end === batch.rows && rows < most) continue;
    whole = false;
    break;
  }
  return {
    format: table.format,
    rows,
    whole,
    columns: profiles.map((profile) => profile.facts()),
    families: families.map(({ profile }) => profile.facts()),
  };
}
