/** Evaluates the chosen losses over the rows of a table, batch by batch, or over the rows that other threads evaluated. */
import type { Batch, Table } from '../io/batch.ts';
import { escapeText, Fault } from '../io/fault.ts';
import { type GroupLoss, kebab } from '../losses/define.ts';
import type { Binding, BoundInput } from './bind.ts';
import { RowBook } from './book.ts';
import { addFacts } from './checks/check.ts';
import { RowIdentities, type RowIdentity } from './compare/identity.ts';
import { Fingerprint } from './fingerprint.ts';
import { foldRunner } from './folds.ts';
import { Gaps } from './gaps.ts';
import { Clusters, KeptRows, RowNumbers } from './kept-rows.ts';
import { KeptTerms } from './kept-terms.ts';
import type { RunOptions } from './options.ts';
import type { Part } from './part.ts';
import { Preparer } from './prepare.ts';
import { pushConstants } from './relative.ts';
import type { Chosen } from './resolve.ts';
import type { Result, Warning } from './result.ts';
import { type Run, resultsOf, type Treatment } from './results.ts';
import { groupRunner, type RowTaker, type Runner, rowRunner } from './rows.ts';
import { Slicer } from './split.ts';
import { addLossState } from './state/add.ts';
import { type Finished, lossState } from './state/state.ts';
import { View } from './view.ts';
import { findingsOf, type Watching, watchesFor } from './watching.ts';

export interface Outcome {
  readonly rows: number;
  readonly results: readonly Result[];
  /** What the checks found in the data. */
  readonly findings: readonly Warning[];
  /** Which rows were read, where it is asked for. */
  readonly fingerprint: string | null;
  /** What tells the rows apart that were read, where it is asked for. */
  readonly identity: RowIdentity | null;
  /** What was added up: to be written down, and merged with other parts of the data. */
  readonly finished: Finished;
}

export class Pass {
  /** Seen so far. */
  rows = 0;
  #first = 0;
  readonly #table: Table;
  readonly #chosen: readonly Chosen[];
  readonly #binding: Binding;
  readonly #options: RunOptions;
  readonly #book: RowBook | null;
  readonly #watches: readonly (readonly Watching[])[];
  readonly #numbers = new RowNumbers();
  readonly #clusters: Clusters | null;
  readonly #fingerprint: Fingerprint | null;
  readonly #identities: RowIdentities | null;
  readonly #runs: readonly Run<Runner>[];
  readonly #preparers: readonly Preparer[];
  readonly #gaps: Gaps;
  readonly #slicer: Slicer;
  readonly #groups: Set<string> | null;
  /** No loss waits for a group to be complete. */
  readonly #streaming: boolean;

  constructor(table: Table, chosen: readonly Chosen[], binding: Binding, options: RunOptions) {
    this.#table = table;
    this.#chosen = chosen;
    this.#binding = binding;
    this.#options = options;
    this.#book = options.onRow ? new RowBook(chosen.length, options.onRow) : null;
    this.#watches = chosen.map((one, index) => watchesFor(one, binding.losses[index], table, binding, options));
    this.#clusters = binding.cluster === null ? null : new Clusters();
    this.#fingerprint = options.fingerprint ? new Fingerprint(targetsOf(binding), binding.keys) : null;
    this.#identities = options.identify ? new RowIdentities(binding, options.identify) : null;
    this.#runs = chosen.map((one, index): Run<Runner> => {
      const runner = (taker: RowTaker | null, watching: readonly Watching[], of: KeptTerms | null = null) =>
        runnerFor(one, binding, options, taker, index, watching, of);
      const isFold = one.loss.kind === 'fold';
      const keep = () => (options.keepRows && !isFold ? new KeptRows(this.#numbers) : null);
      const terms = options.keepRows && options.identify && isFold ? new KeptTerms(this.#numbers) : null;
      const [kept, overall, sliced] = [keep(), keep(), keep()];
      const constants = options.constants
        ? { overall: runner(overall, []), sliced: runner(sliced, []), kept: { overall, sliced } }
        : null;
      const roles = binding.losses[index].map(({ role }) => kebab(role));
      const totals = runner(this.#book?.taker(index) ?? kept, this.#watches[index], terms);
      return { chosen: one, roles, totals, constants, kept, terms };
    });
    this.#preparers = chosen.map((one, index) => new Preparer(one, binding.losses[index], binding.weight, options));
    this.#gaps = new Gaps(options.nan === 'error' ? this.#preparers.flatMap(({ checks }) => checks) : []);
    this.#slicer = new Slicer(binding.slices);
    this.#groups = binding.group === null ? null : new Set<string>();
    this.#streaming = chosen.every(({ loss }, index) => loss.kind !== 'group' || isAlone(loss, binding.losses[index]));
  }

  see(batch: Batch): void {
    const { constants: given, keepRows } = this.#options;
    const binding = this.#binding;
    if (this.rows === 0) this.#first = batch.first;
    this.rows += batch.rows;
    if (keepRows) this.#numbers.note(batch);
    const view = new View(this.#table, batch, binding.wanted);
    if (this.#gaps.note(view)) return; // only the count is still of use
    this.#fingerprint?.see(view);
    this.#identities?.see(view);
    if (this.#clusters && binding.cluster !== null) this.#clusters.note(view.texts(binding.cluster));
    const slices = this.#slicer.ids(view);
    if (this.#groups && binding.group !== null) for (const name of view.texts(binding.group)) this.#groups.add(name);
    this.#book?.open(batch, binding.weight && view.matrix(binding.weight).data);
    this.#runs.forEach(({ totals: runner, constants }, index) => {
      const chunk = this.#preparers[index].prepare(view);
      runner.tally.countLeftOut(chunk.fate, slices);
      for (const { watch } of this.#watches[index]) watch.see?.(chunk);
      runner.push(chunk, view, slices);
      if (constants && given) pushConstants(constants, given[index], chunk, view, slices);
    });
    if (this.#streaming) this.#book?.flush();
  }

  /** After the last batch. */
  finish(): Outcome {
    this.#gaps.check();
    if (this.rows === 0)
      throw new Fault(`${this.#table.name}: there are no rows`, 'an empty file proves nothing: check how it was written', 'D09');
    for (const { totals } of this.#runs) totals.end();
    this.#book?.flush();
    const findings = this.#runs.flatMap(({ totals }, index) =>
      findingsOf(this.#chosen[index].id, this.#watches[index], totals.tally.overall.n),
    );
    const treatment = treatmentOf(this.#binding, this.#options);
    const { keys: slices } = this.#slicer;
    const by = this.#binding.slices.map(({ name }) => name);
    const clusters = this.#clusters?.raw() ?? null;
    return {
      rows: this.rows,
      results: this.#book ? [] : resultsOf(this.#runs, slices, treatment, this.#options.minN),
      findings,
      finished: { runs: this.#runs, slices, by, treatment, groups: this.#groups && [...this.#groups], clusters },
      fingerprint: this.#fingerprint?.text() ?? null,
      identity: this.#identities?.finish(escapeText(this.#table.name)) ?? null,
    };
  }

  /**
   * Whether rows may be evaluated apart and added up: none is written out, waits for its group, or has a number that depends on the
   * rows before it, as identities do, keys and the constants of slices.
   */
  get divides(): boolean {
    const { wanted, slices } = this.#binding;
    const { constants, keepRows } = this.#options;
    const numbered =
      this.#identities || wanted.some(({ as }) => as === 'identity') || (constants && (slices.length > 0 || keepRows));
    return this.#streaming && !this.#book && !numbered;
  }

  get hasGaps(): boolean {
    return this.#gaps.any;
  }

  /** What was added up, for the pass over the table that these rows are a part of; `null` where it has to look at them itself. */
  part(): Part | null {
    if (this.hasGaps) return null;
    const slices = this.#slicer.keys.map((key) => [...key.values()]);
    const state = (runner: Runner) => lossState(runner, slices.length);
    return {
      rows: this.rows,
      first: this.#first,
      slices,
      losses: this.#runs.map(({ totals, constants, kept }, index) => ({
        totals: state(totals),
        constants: constants && [state(constants.overall), state(constants.sliced)],
        conventions: this.#preparers[index].conventions,
        facts: this.#watches[index].map(({ watch }) => watch.facts ?? {}),
        kept: kept?.raw() ?? null,
      })),
      negativeLabel: this.#binding.labels.negativeLabel,
      fingerprint: this.#fingerprint?.sums ?? [],
      clusters: this.#clusters?.raw() ?? null,
    };
  }

  /**
   * Adds the rows that come next. False, and nothing is counted, where they contradict those before, or have a place to be told that is not known:
   * they have to be seen. `placeless`: the part does not know where its rows came from.
   */
  absorb(part: Part, placeless: boolean): boolean {
    const agrees =
      !(placeless && this.#takesPlaceOf(part)) &&
      this.#binding.labels.absorb(part.negativeLabel) &&
      part.losses.every(({ conventions }, index) => this.#preparers[index].absorbConventions(conventions));
    if (!agrees) return false;
    const ids = part.slices.map((values) => this.#slicer.id(values));
    for (const [index, { chosen, totals, constants, kept }] of this.#runs.entries()) {
      const next = part.losses[index];
      addLossState(totals, chosen.loss, next.totals, ids);
      if (constants && next.constants) {
        addLossState(constants.overall, chosen.loss, next.constants[0], ids);
        addLossState(constants.sliced, chosen.loss, next.constants[1], ids);
      }
      for (const [k, { watch }] of this.#watches[index].entries()) {
        if (watch.absorb) watch.absorb(next.facts[k]);
        else if (watch.facts) addFacts(watch.facts, next.facts[k]);
      }
      if (next.kept) kept?.add(next.kept, this.rows - part.first, ids);
    }
    this.#fingerprint?.add(part.fingerprint);
    if (part.clusters) this.#clusters?.add(part.clusters);
    this.rows += part.rows;
    return true;
  }

  /** Whether a part has found something first. */
  #takesPlaceOf(part: Part): boolean {
    return part.losses.some(({ conventions, facts }, index) => {
      const known = this.#preparers[index].conventions;
      const labels = [...conventions].some(([name, places]) => places.some((place, k) => place && !known.get(name)?.[k]));
      return labels || this.#watches[index].some(({ watch }, k) => facts[k].first && !watch.facts?.first);
    });
  }
}

/** The columns of every target, each once, in however many ways losses read it. */
function targetsOf({ losses, wanted }: Binding): (readonly number[])[] {
  const targets = losses.flatMap((inputs) => inputs.flatMap(({ name, parts }) => (name === 'target' ? [parts] : [])));
  return [...new Map(targets.map((parts) => [parts.map((part) => wanted[part].column).join(), parts])).values()];
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
