/** Batches in, results out: one pass over the data for all losses. */
import type { Table } from '../io/batch.ts';
import type { Binding } from './bind.ts';
import type { RunOptions } from './options.ts';
import { type Outcome, Pass } from './pass.ts';
import type { Chosen } from './resolve.ts';
import { type Crews, shared } from './threads.ts';

/** Evaluates the chosen losses over the whole table, with `crews` in threads: the same result. Throws a `Fault` when the input is not fit to be evaluated. */
export async function run(
  table: Table,
  chosen: readonly Chosen[],
  binding: Binding,
  options: RunOptions,
  crews?: Crews,
): Promise<Outcome> {
  const pass = new Pass(table, chosen, binding, options);
  const { wanted } = binding;
  const reading = { ...options, transient: !options.onRow }; // rows that are written out wait for their groups, with their weights
  for await (const batch of crews && pass.divides ? shared(pass, table, wanted, reading, crews) : table.read(wanted, reading)) {
    pass.see(batch);
    await options.onBatch?.(pass.rows);
  }
  return pass.finish();
}
