/** Batches in, results out: one pass over the data for all losses. */
import type { Table } from '../io/batch.ts';
import { escapeText, Fault } from '../io/fault.ts';
import { type GroupLoss, kebab } from '../losses/define.ts';
import type { Binding, BoundInput } from './bind.ts';
import { RowBook } from './book.ts';
import { RowIdentities, type RowIdentity } from './compare/identity.ts';
import { Fingerprint } from './fingerprint.ts';
import { foldRunner } from './folds.ts';
import { Gaps } from './gaps.ts';
import { Clusters, KeptRows, RowNumbers } from './kept-rows.ts';
import { KeptTerms } from './kept-terms.ts';
import type { RunOptions } from './options.ts';
import { Preparer } from './prepare.ts';
import { pushConstants } from './relative.ts';
import type { Chosen } from './resolve.ts';
import type { Result, Warning } from './result.ts';
import { type Run, resultsOf, type Treatment } from './results.ts';
import { groupRunner, type RowTaker, type Runner, rowRunner } from './rows.ts';
import { Slicer } from './split.ts';
import type { Finished } from './state/state.ts';
import { View } from './view.ts';
import { findingsOf, type Watching, watchesFor } from './watching.ts';

export interface Outcome {
  readonly rows: number;
  readonly results: readonly Result[];
  /** What the checks found in the data. */
  readonly findings: readonly Warning[];
  /** Which rows were read, where it is asked for. */
  readonly fingerprint: string | null;
  /** The cluster of each row that was read. */
  readonly clusters: Int32Array | null;
  /** What tells the rows apart that were read, where it is asked for. */
  readonly identity: RowIdentity | null;
  /** What was added up: to be written down, and merged with other parts of the data. */
  readonly finished: Finished;
}

/** Evaluates the chosen losses over the whole table. Throws a `Fault` when the input is not fit to be evaluated. */
export async function run(table: Table, chosen: readonly Chosen[], binding: Binding, options: RunOptions): Promise<Outcome> {
  const book = options.onRow ? new RowBook(chosen.length, options.onRow) : null;
  const watches = chosen.map((one, index) => watchesFor(one, binding.losses[index], table, binding, options));
  const numbers = new RowNumbers();
  const clusters = binding.cluster === null ? null : new Clusters();
  const fingerprint = options.fingerprint ? new Fingerprint(targetsOf(binding), binding.keys) : null;
  const identities = options.identify ? new RowIdentities(binding, options.identify) : null;
  const runs = chosen.map((one, index): Run<Runner> => {
    const terms = options.keepRows && one.loss.kind === 'fold' ? new KeptTerms(numbers) : null;
    const runner = (taker: RowTaker | null, watching: readonly Watching[], kept: KeptTerms | null = null) =>
      runnerFor(one, binding, options, taker, index, watching, kept);
    const keep = () => (options.keepRows && one.loss.kind !== 'fold' ? new KeptRows(numbers) : null);
    const [kept, overall, sliced] = [keep(), keep(), keep()];
    const constants = options.constants
      ? { overall: runner(overall, []), sliced: runner(sliced, []), kept: { overall, sliced } }
      : null;
    const roles = binding.losses[index].map(({ role }) => kebab(role));
    return { chosen: one, roles, totals: runner(book?.taker(index) ?? kept, watches[index], terms), constants, kept, terms };
  });
  const preparers = chosen.map((one, index) => new Preparer(one, binding.losses[index], binding.weight, options));
  const gaps = new Gaps(options.nan === 'error' ? preparers.flatMap(({ checks }) => checks) : []);
  const slicer = new Slicer(binding.slices);
  const groups = binding.group === null ? null : new Set<string>();
  const streaming = chosen.every(({ loss }, index) => loss.kind !== 'group' || isAlone(loss, binding.losses[index]));
  let rows = 0;
  for await (const batch of table.read(binding.wanted, { batchRows: options.batchRows })) {
    rows += batch.rows;
    if (options.keepRows) numbers.note(batch);
    const view = new View(table, batch, binding.wanted);
    if (gaps.note(view)) continue; // only the count is still of use
    fingerprint?.see(view);
    identities?.see(view);
    if (clusters && binding.cluster !== null) clusters.note(view.texts(binding.cluster));
    const slices = slicer.ids(view);
    if (groups && binding.group !== null) for (const name of view.texts(binding.group)) groups.add(name);
    book?.open(batch, binding.weight && view.matrix(binding.weight).data);
    runs.forEach(({ totals: runner, constants }, index) => {
      const chunk = preparers[index].prepare(view);
      runner.tally.countLeftOut(chunk.fate, slices);
      for (const { watch } of watches[index]) watch.see?.(chunk);
      runner.push(chunk, view, slices);
      if (constants && options.constants) pushConstants(constants, options.constants[index], chunk, view, slices);
    });
    if (streaming) book?.flush();
    await options.onBatch?.(rows);
  }
  gaps.check();
  if (rows === 0)
    throw new Fault(`${table.name}: there are no rows`, 'an empty file proves nothing: check how it was written', 'D09');
  for (const { totals } of runs) totals.end();
  book?.flush();
  const findings = runs.flatMap(({ totals }, index) => findingsOf(chosen[index].id, watches[index], totals.tally.overall.n));
  const treatment = treatmentOf(binding, options);
  const by = binding.slices.map(({ name }) => name);
  const finished = { runs, slices: slicer.keys, by, treatment, groups: groups && [...groups] };
  return {
    rows,
    results: book ? [] : resultsOf(runs, slicer.keys, treatment, options.minN),
    findings,
    finished,
    fingerprint: fingerprint?.text() ?? null,
    clusters: clusters?.ids() ?? null,
    identity: identities?.finish(escapeText(table.name)) ?? null,
  };
}

/** The columns of every target, each once. */
function targetsOf({ losses }: Binding): (readonly number[])[] {
  const targets = losses.flatMap((inputs) => inputs.flatMap(({ name, parts }) => (name === 'target' ? [parts] : [])));
  return [...new Map(targets.map((parts) => [parts.join(), parts])).values()];
}

function treatmentOf(binding: Binding, { groupSize, nan }: RunOptions): Treatment {
  const group = binding.group !== null ? 'column' : Number.isFinite(groupSize) ? groupSize : null;
  return { weighted: binding.weight !== null, group, nan };
}

function isAlone(loss: GroupLoss, inputs: readonly BoundInput[]): boolean {
  return loss.alone?.(inputs.map(({ role }) => role)) ?? false;
}

function runnerFor(
  chosen: Chosen,
  binding: Binding,
  options: RunOptions,
  taker: RowTaker | null,
  index: number,
  watching: readonly Watching[],
  terms: KeptTerms | null,
): Runner {
  const { loss } = chosen;
  switch (loss.kind) {
    case 'row':
      return rowRunner(chosen, loss, taker);
    case 'group':
      if (isAlone(loss, binding.losses[index])) return rowRunner(chosen, loss, taker);
      return groupRunner(chosen, loss, taker, { size: options.groupSize, column: binding.group }, (group) => {
        for (const { watch } of watching) watch.seeGroup?.(group);
      });
    case 'fold':
      return foldRunner(chosen, loss, terms);
  }
}
