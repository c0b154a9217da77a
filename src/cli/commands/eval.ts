/** `lossctl eval`: predictions in, losses and a verdict out. */
import { type Assertion, parseAssertion } from '../../engine/assert.ts';
import { baselineOf } from '../../engine/baseline.ts';
import { findConstants } from '../../engine/best-constant.ts';
import { type Binding, type BindOptions, bind } from '../../engine/bind.ts';
import type { By } from '../../engine/bins.ts';
import { parseCombination } from '../../engine/combine.ts';
import { KeyNumbers } from '../../engine/compare/keys.ts';
import { sideOf } from '../../engine/compare/side.ts';
import type { Constants, RunOptions } from '../../engine/options.ts';
import type { Outcome } from '../../engine/pass.ts';
import { resolve } from '../../engine/resolve.ts';
import type { GateMark, Result, Verdict } from '../../engine/result.ts';
import { withStatistics } from '../../engine/row-statistics.ts';
import { run } from '../../engine/run.ts';
import { stateOf } from '../../engine/state/state.ts';
import { topState } from '../../engine/state/top.ts';
import { columnWarnings } from '../../engine/warnings.ts';
import type { Table } from '../../io/batch.ts';
import { escapeText, Fault } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import { type Declared, givenParams, givenRoles } from '../flags.ts';
import { writeFileAtomic } from '../output.ts';
import { openProgress } from '../progress.ts';
import { assign } from '../threads/assignment.ts';
import { crewsOf } from '../threads/crew.ts';
import type { World } from '../world.ts';
import { write } from '../world.ts';
import { type Against, readAgainst } from './baseline-file.ts';
import { summaryPath } from './ci.ts';
import { checkQuestions, conclude, type Evaluated, type Questions } from './conclude.ts';
import { openRowOutputs, type RowOutputs } from './deliver.ts';
import { joinWarnings } from './eval-evidence.ts';
import type { EvalOptions } from './eval-options.ts';
import { bindOptions, firstPass, quantileBins, readAgain, withCountedClasses } from './eval-passes.ts';
import { readTop } from './eval-rows.ts';
import { checkUsage } from './eval-usage.ts';
import { writeRowsFile } from './rows-file.ts';
import { filesOf, nameOf, openSource, type Source } from './source.ts';
import { askedStatistics, rowsFlag } from './statistics-options.ts';

/** Returns the exit code. */
export async function evaluate(
  world: World,
  losses: readonly Loss[],
  declared: Declared,
  named: readonly string[],
  options: EvalOptions,
  version: string,
): Promise<number> {
  const demands = { assertions: (options.assert ?? []).map(parseAssertion) };
  const { questions, evaluated } = await evaluation(world, losses, declared, named, options, demands, version);
  return conclude(world, questions, evaluated, options, version);
}

/** What results have to fulfil. */
export interface Demands {
  readonly assertions: readonly Assertion[];
  /** Of the gates against the baseline. */
  readonly baseline?: GateMark;
}

/** Everything about one table but its judgement. */
export interface Evaluation {
  readonly questions: Questions;
  readonly evaluated: Evaluated;
}

export async function evaluation(
  world: World,
  losses: readonly Loss[],
  declared: Declared,
  named: readonly string[],
  options: EvalOptions,
  { assertions, baseline }: Demands,
  version: string,
): Promise<Evaluation> {
  const inputs = await filesOf(world, named);
  const questions = questionsOf(losses, declared, options, assertions);
  if (options.summary) summaryPath(world);
  const roles = givenRoles(declared, options);
  const against = await readAgainst(options, baseline);
  const bins = await quantileBins(world, inputs, options);
  const first = firstPass(world, inputs, roles, options, bins);
  const weighted = await withCountedClasses(questions.chosen, first);
  const constants = options.relative
    ? await first('finding the best constant', 'write the data to a file, and name that', weighted, findConstants)
    : undefined;
  const source = await openSource(world, inputs, options);
  try {
    return await evaluateTable(
      world,
      source,
      { ...questions, files: inputs, chosen: weighted, roles, constants, bins, against },
      options,
      version,
    );
  } finally {
    await source.table.close();
  }
}

/** What is asked, as far as it can be told before any data are read. */
export function questionsOf(
  losses: readonly Loss[],
  declared: Declared,
  options: EvalOptions,
  assertions: readonly Assertion[],
): Questions {
  const { loss: specs = [], reduction, compat, combine = [] } = options;
  const chosen = resolve(losses, { specs, flags: givenParams(declared, options), reduction, compat });
  checkUsage(chosen, assertions, options);
  return { chosen, assertions, combinations: combine.map((text) => parseCombination(text, chosen)) };
}

interface Plan extends Questions {
  readonly files: readonly string[];
  readonly roles: ReadonlyMap<string, string>;
  /** What the results are held against. */
  readonly against: Omit<Against, 'fingerprint'> | null;
  /** The columns of `--by`, where their bins took a pass. */
  readonly bins: readonly By[] | null;
  /** Of each loss, with `--relative`. */
  readonly constants: readonly Constants[] | undefined;
}

async function evaluateTable(
  world: World,
  { table, join }: Source,
  plan: Plan,
  options: EvalOptions,
  version: string,
): Promise<Evaluation> {
  const started = performance.now();
  const { chosen } = plan;
  const files = [...plan.files, ...(options.targets === undefined ? [] : [options.targets])];
  const bindWith = { ...bindOptions(options, table.columns, plan.bins), roles: plan.roles };
  const binding = bind(table, chosen, bindWith);
  checkQuestions(
    plan,
    binding.slices.map(({ name }) => name),
  );
  if (options.verbose) await write(world.stderr, mappingText(binding.columns));

  const rowOutputs =
    options.reduction === 'none' ? await openRowOutputs(world, options, chosen, binding.weight !== null, files) : null;
  const outcome = await readThrough(world, table, plan, { binding, bindWith }, options, rowOutputs);
  const { rows, findings: found, finished } = outcome;
  if (options.verbose) await write(world.stderr, `${rows} rows in ${((performance.now() - started) / 1000).toFixed(2)} s\n`);
  const { on = null, where = [] } = options;
  const targets = options.targets === undefined ? null : { file: options.targets, on, join };
  const inputs = { files: plan.files, targets, where, rows, columns: binding.columns };
  const findings = [...found, ...joinWarnings(join), ...columnWarnings(binding)];
  const asked = askedStatistics(options, plan.assertions);
  const told = asked ? withStatistics(outcome.results, finished, asked) : outcome.results;
  const again = readAgain(world, plan.files, options);
  const results = options.top ? await readTop(told, finished.runs, binding, options.top, again, options.chunkRows) : told;
  const fingerprint = outcome.fingerprint ?? '';
  const keep = async (concluded: { results: readonly Result[]; verdict: Verdict }) => {
    const { stateOut, to } = options;
    if (stateOut !== undefined) {
      const state = stateOf(finished, inputs, findings, version, topState(options.top, results));
      await writeFileAtomic(stateOut, `${JSON.stringify(state)}\n`, files);
    }
    if (to === undefined) return;
    refuseFailing(concluded.verdict, options);
    const baseline = baselineOf(concluded.results, inputs, fingerprint, version, options.reason);
    if (options.rows !== undefined) {
      const about = { version, files: plan.files, on, group: options.group ?? null };
      await writeRowsFile(options.rows, sideOf(nameOf(plan.files), outcome), chosen, about, files);
    }
    await writeFileAtomic(to, `${JSON.stringify(baseline, null, 2)}\n`, files);
  };
  const against = plan.against && { ...plan.against, fingerprint };
  return { questions: plan, evaluated: { inputs, results, findings, against, keep } };
}

/** A baseline that a gate would fail must be wanted, and say why. */
function refuseFailing(verdict: Verdict, { force, reason }: EvalOptions): void {
  if (verdict !== 'fail' && verdict !== 'inconclusive') return;
  if (!force)
    throw new Fault(
      `the gates say ${verdict}: this is no baseline`,
      '--force --reason TEXT writes it all the same, with the reason',
    );
  if (!reason) throw new Fault('--force needs a reason, which stays in the file', "--reason 'new labels since March'");
}

/** The one pass over the data, with progress, and rows out as they come where rows are asked for. */
async function readThrough(
  world: World,
  table: Table,
  { chosen, constants, assertions }: Plan,
  { binding, bindWith }: { readonly binding: Binding; readonly bindWith: BindOptions },
  options: EvalOptions,
  rowOutputs: RowOutputs | null,
): Promise<Outcome> {
  const progress = openProgress(world, options, table);
  const how: RunOptions = {
    nan: options.nan,
    allowInf: options.allowInf ?? false,
    batchRows: options.chunkRows,
    groupSize: options.batchSize ?? Number.POSITIVE_INFINITY,
    allow: new Set(options.allow),
    ...(options.rows !== undefined && { identify: new KeyNumbers() }),
    keepRows: options.rows !== undefined || rowsFlag(options) !== null || askedStatistics(options, assertions) !== null,
    fingerprint: options.baseline !== undefined || options.to !== undefined,
    ...(options.minN !== undefined && { minN: options.minN }),
    ...(constants && { constants }),
    ...(rowOutputs && { onRow: rowOutputs.row }),
    async onBatch(rows) {
      progress.show(rows);
      await rowOutputs?.flush();
    },
  };
  const { threads } = options;
  const crews = threads > 1 ? crewsOf(threads, assign(table, chosen, bindWith, how)) : undefined;
  try {
    const outcome = await run(table, chosen, binding, how, crews);
    await rowOutputs?.commit();
    return outcome;
  } catch (error) {
    await rowOutputs?.discard();
    throw error;
  } finally {
    progress.clear();
  }
}

export function mappingText(columns: ReadonlyMap<string, string>): string {
  return [...columns].map(([role, names]) => `${role}: ${escapeText(names)}\n`).join('');
}
