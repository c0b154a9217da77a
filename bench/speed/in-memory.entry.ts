/**
 * `in-memory LOSS PREDICTIONS TARGETS COLUMN`: the loss of arrays that are in memory already, on one thread: what checking, kernel and sums
 * take. Prints its value, and the seconds on standard error.
 */
import { bind } from '../../src/engine/bind.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { run } from '../../src/engine/run.ts';
import type { Batch } from '../../src/io/batch.ts';
import { open } from '../../src/io/open.ts';
import { zipped } from '../../src/io/tables/zip.ts';
import { LOSSES } from '../../src/losses/index.ts';

const BATCH_ROWS = 8192;

async function main(): Promise<void> {
  const [loss, predictions, targets, column] = process.argv.slice(2) as [string, string, string, string];
  const table = zipped(await open({ name: predictions }, { header: true }), await open({ name: targets }, { header: true }));
  const chosen = resolve(LOSSES, { specs: [loss], flags: new Map(), reduction: undefined });
  const binding = bind(table, chosen, { roles: new Map([['target', column]]), by: [] });
  const batches: Batch[] = [];
  for await (const batch of table.read(binding.wanted, { batchRows: BATCH_ROWS })) batches.push(batch);
  async function* read(): AsyncGenerator<Batch> {
    yield* batches;
  }
  const started = performance.now();
  const options = {
    nan: 'error',
    allowInf: false,
    batchRows: BATCH_ROWS,
    groupSize: Number.POSITIVE_INFINITY,
    allow: new Set<string>(),
  } as const;
  const { results } = await run({ ...table, read }, chosen, binding, options);
  const seconds = (performance.now() - started) / 1000;
  await table.close();
  console.log(`${results[0].id} ${results[0].value}`);
  console.error(`seconds ${seconds}`);
}

main();
