/** Batches in, results out: one pass over the data for all losses. */
import type { Table } from '../io/batch.ts';
import { Fault } from '../io/fault.ts';
import type { Binding } from './bind.ts';
import { RowBook } from './book.ts';
import { foldRunner } from './folds.ts';
import { Gaps } from './gaps.ts';
import type { RunOptions } from './options.ts';
import { Preparer } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import type { Result, Warning } from './result.ts';
import { type Run, resultsOf } from './results.ts';
import { groupRunner, rowRunner } from './rows.ts';
import { Slicer } from './split.ts';
import { View } from './view.ts';
import { findingsOf, watchesFor } from './watching.ts';

export interface Outcome {
  readonly rows: number;
  readonly results: readonly Result[];
  /** What the checks found in the data. */
  readonly findings: readonly Warning[];
}

/** Evaluates the chosen losses over the whole table. Throws a `Fault` when the input is not fit to be evaluated. */
export async function run(table: Table, chosen: readonly Chosen[], binding: Binding, options: RunOptions): Promise<Outcome> {
  const book = options.onRow ? new RowBook(chosen.length, options.onRow) : null;
  const runs = chosen.map((one, index): Run => ({ chosen: one, runner: runnerFor(one, binding, options, book, index) }));
  const preparers = chosen.map((one, index) => new Preparer(one, binding.losses[index], binding.weight, options));
  const gaps = new Gaps(options.nan === 'error' ? preparers.flatMap(({ checks }) => checks) : []);
  const watches = chosen.map((one, index) => watchesFor(one, binding.losses[index], table, binding, options));
  const slicer = new Slicer(binding.slices);
  const streaming = chosen.every(({ loss }) => loss.kind !== 'group');
  let rows = 0;
  for await (const batch of table.read(binding.wanted, { batchRows: options.batchRows })) {
    rows += batch.rows;
    const view = new View(table, batch, binding.wanted);
    if (gaps.note(view)) continue; // only the count is still of use
    const slices = slicer.ids(view);
    book?.open(batch.first, batch.rows, binding.weight && view.matrix(binding.weight).data);
    runs.forEach(({ runner }, index) => {
      const chunk = preparers[index].prepare(view);
      runner.tally.countLeftOut(chunk.fate, slices);
      for (const { watch } of watches[index]) watch.see(chunk);
      runner.push(chunk, view, slices);
    });
    if (streaming) book?.flush();
    await options.onBatch?.(rows);
  }
  gaps.check();
  if (rows === 0)
    throw new Fault(`${table.name}: there are no rows`, 'an empty file proves nothing: check how it was written', 'D09');
  for (const { runner } of runs) runner.end();
  book?.flush();
  const findings = runs.flatMap(({ runner }, index) => findingsOf(chosen[index].id, watches[index], runner.tally.overall.n));
  return { rows, results: book ? [] : resultsOf(runs, slicer, binding, options), findings };
}

function runnerFor(chosen: Chosen, binding: Binding, options: RunOptions, book: RowBook | null, index: number): Run['runner'] {
  const { loss } = chosen;
  switch (loss.kind) {
    case 'row':
      return rowRunner(chosen, loss, book, index);
    case 'group':
      return groupRunner(chosen, loss, book, index, { size: options.groupSize, column: binding.group });
    case 'fold':
      return foldRunner(chosen, loss);
  }
}
