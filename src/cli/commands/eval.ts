/** `lossctl eval`: predictions in, losses and a verdict out. */
import { type Assertion, parseAssertion } from '../../engine/assert.ts';
import { type Binding, type BindOptions, bind } from '../../engine/bind.ts';
import { countClasses, needsCounting, withClassCounts } from '../../engine/class-weights.ts';
import { COMBINED, type Combination, combined, parseCombination } from '../../engine/combine.ts';
import { checkAssertions, judge, verdictOf } from '../../engine/gate.ts';
import { type Chosen, resolve } from '../../engine/resolve.ts';
import type { Report } from '../../engine/result.ts';
import { type Outcome, run } from '../../engine/run.ts';
import { warningsFor } from '../../engine/warnings.ts';
import type { Table } from '../../io/batch.ts';
import { escapeText, Fault, quote } from '../../io/fault.ts';
import { open } from '../../io/open.ts';
import type { Loss } from '../../losses/define.ts';
import { exitCodeOf } from '../errors.ts';
import { type Declared, givenParams, givenRoles } from '../flags.ts';
import { openProgress } from '../progress.ts';
import type { World } from '../world.ts';
import { write } from '../world.ts';
import { deliverReport, openRowOutputs, type RowOutputs } from './deliver.ts';
import { refuseSkipped, refuseWarnings, warningText } from './eval-evidence.ts';
import type { EvalOptions } from './eval-options.ts';
import { checkUsage } from './eval-usage.ts';

/** Returns the exit code. */
export async function evaluate(
  world: World,
  losses: readonly Loss[],
  declared: Declared,
  files: readonly string[],
  options: EvalOptions,
  version: string,
): Promise<number> {
  const file = onlyFile(world, files);
  const chosen = resolve(losses, {
    specs: options.loss ?? [],
    flags: givenParams(declared, options),
    reduction: options.reduction,
  });
  checkUsage(chosen, options);
  const assertions = (options.assert ?? []).map(parseAssertion);
  const combinations = (options.combine ?? []).map((text) => parseCombination(text, chosen));
  const roles = givenRoles(declared, options);
  const weighted = await withCountedClasses(world, chosen, file, roles, options);
  const table = await openTable(world, file, options);
  try {
    return await evaluateTable(world, table, { file, chosen: weighted, roles, assertions, combinations }, options, version);
  } finally {
    await table.close();
  }
}

function openTable(world: World, file: string, { inputFormat, delimiter, header }: EvalOptions): Promise<Table> {
  const source = file === '-' ? { name: '<stdin>', stream: world.stdin } : { name: file };
  return open(source, { header, ...(inputFormat && { format: inputFormat }), ...(delimiter && { delimiter }) });
}

/** Fills in class weights that follow from class counts: given, or counted in a pass of its own. */
async function withCountedClasses(
  world: World,
  chosen: readonly Chosen[],
  file: string,
  roles: ReadonlyMap<string, string>,
  options: EvalOptions,
): Promise<readonly Chosen[]> {
  if (!needsCounting(chosen)) return withClassCounts(chosen, []);
  if (file === '-') {
    throw new Fault(
      'counting the classes takes a pass of its own, and standard input can be read once',
      'give the counts: --class-counts 1000,100,10',
    );
  }
  const table = await openTable(world, file, options);
  try {
    const binding = bind(table, chosen, { ...bindOptions(options), roles });
    const { allowInf = false, nan, chunkRows: batchRows } = options;
    return withClassCounts(chosen, await countClasses(table, chosen, binding, { nan, allowInf, batchRows }));
  } finally {
    await table.close();
  }
}

function bindOptions({ by, weight, group, positiveLabel, classes }: EvalOptions): Omit<BindOptions, 'roles'> {
  return { by: by?.split(',').map((part) => part.trim()) ?? [], weight, group, positiveLabel, classes };
}

function onlyFile(world: World, files: readonly string[]): string {
  if (files.length > 1)
    throw new Fault(`one file at a time: ${files.map(quote).join(', ')}`, 'join them first, or run once for each');
  const file = files[0] ?? '-';
  if (file === '-' && world.stdin.isTTY) throw new Fault('no input: standard input is a terminal', 'name a file, or pipe one in');
  return file;
}

interface Plan {
  readonly file: string;
  readonly chosen: readonly Chosen[];
  readonly roles: ReadonlyMap<string, string>;
  readonly assertions: readonly Assertion[];
  readonly combinations: readonly Combination[];
}

async function evaluateTable(world: World, table: Table, plan: Plan, options: EvalOptions, version: string): Promise<number> {
  const started = performance.now();
  const { file, chosen, assertions } = plan;
  const asked = [...chosen, ...plan.combinations.map(({ id }) => ({ id, loss: { name: COMBINED } }))];
  const binding = bind(table, chosen, { ...bindOptions(options), roles: plan.roles });
  const slices = binding.slices.map(({ name }) => name);
  checkAssertions(assertions, asked, slices);
  if (options.verbose) await write(world.stderr, mappingText(binding.columns));

  const rowOutputs =
    options.reduction === 'none' ? await openRowOutputs(world, options, chosen, binding.weight !== null, file) : null;
  const { rows, results: single, findings } = await readThrough(world, table, chosen, binding, options, rowOutputs);
  const results = [...single, ...plan.combinations.flatMap((combination) => combined(combination, single))];
  const warnings = [...findings, ...warningsFor(chosen, results, binding)].filter(({ code }) => !options.allow?.includes(code));
  if (options.strict) refuseWarnings(warnings);
  if (options.maxNan !== undefined) refuseSkipped(results, rows, options.maxNan);
  if (!options.quiet) for (const warning of warnings) await write(world.stderr, warningText(warning));
  if (options.verbose) await write(world.stderr, `${rows} rows in ${((performance.now() - started) / 1000).toFixed(2)} s\n`);

  const gates = judge(assertions, asked, results);
  const verdict = verdictOf(gates);
  if (!rowOutputs) {
    const report: Report = { files: [file], rows, columns: binding.columns, results, gates, warnings, verdict };
    await deliverReport(world, options, report, version);
  }
  return exitCodeOf(verdict);
}

/** The one pass over the data, with progress, and rows out as they come where rows are asked for. */
async function readThrough(
  world: World,
  table: Table,
  chosen: readonly Chosen[],
  binding: Binding,
  options: EvalOptions,
  rowOutputs: RowOutputs | null,
): Promise<Outcome> {
  const progress = openProgress(world, options);
  try {
    const outcome = await run(table, chosen, binding, {
      nan: options.nan,
      allowInf: options.allowInf ?? false,
      batchRows: options.chunkRows,
      groupSize: options.batchSize ?? Number.POSITIVE_INFINITY,
      allow: new Set(options.allow),
      ...(rowOutputs && { onRow: rowOutputs.row }),
      async onBatch(rows) {
        progress.show(rows);
        await rowOutputs?.flush();
      },
    });
    await rowOutputs?.commit();
    return outcome;
  } catch (error) {
    await rowOutputs?.discard();
    throw error;
  } finally {
    progress.clear();
  }
}

function mappingText(columns: ReadonlyMap<string, string>): string {
  return [...columns].map(([role, names]) => `${role}: ${escapeText(names)}\n`).join('');
}
