/** The end of a run, whatever it read: warnings, gates, outputs and the exit code. */
import type { Assertion } from '../../engine/assert.ts';
import { COMBINED, type Combination, combined } from '../../engine/combine.ts';
import { checkAssertions, checkResults, judge, verdictOf } from '../../engine/gate.ts';
import type { Chosen } from '../../engine/resolve.ts';
import type { Inputs, Report, Result, Verdict, Warning } from '../../engine/result.ts';
import { resultWarnings } from '../../engine/warnings.ts';
import { exitCodeOf } from '../errors.ts';
import { type World, write } from '../world.ts';
import { type Against, gatesOf } from './baseline-file.ts';
import { type DeliverOptions, deliverableOf, deliverReport } from './deliver.ts';
import { refuseSkipped, refuseWarnings, warningText } from './eval-evidence.ts';

/** What is asked of the results. */
export interface Questions {
  readonly chosen: readonly Chosen[];
  readonly assertions: readonly Assertion[];
  readonly combinations: readonly Combination[];
}

export interface ConcludeOptions extends DeliverOptions {
  readonly strict?: boolean;
  readonly allow?: readonly string[];
  readonly maxNan?: number;
  readonly quiet?: boolean;
  readonly failCode?: number;
}

/** Refuses asserts that could match nothing, before the data are read. */
export function checkQuestions(questions: Questions, slices: readonly string[]): void {
  checkAssertions(questions.assertions, asked(questions), slices);
}

/** Refuses asserts about results that are not asked for. */
export function checkNames(questions: Questions): void {
  checkResults(questions.assertions, asked(questions));
}

function asked({ chosen, combinations }: Questions): { id: string; loss: { name: string } }[] {
  return [...chosen, ...combinations.map(({ id }) => ({ id, loss: { name: COMBINED } }))];
}

/** What was evaluated. */
export interface Evaluated {
  readonly inputs: Inputs;
  /** Of the losses; none where rows were printed as they came. */
  readonly results: readonly Result[];
  readonly findings: readonly Warning[];
  /** What the results are held against. */
  readonly against?: Against | null;
  /** Writes further files, before standard output promises anything. */
  readonly keep?: (outcome: { results: readonly Result[]; verdict: Verdict }) => Promise<void>;
}

export type JudgeOptions = Pick<ConcludeOptions, 'strict' | 'allow' | 'maxNan'>;

/** Combines, warns and gates; refuses what the data do not bear. */
export function judged(
  questions: Questions,
  { inputs, results: single, findings, against = null }: Evaluated,
  options: JudgeOptions,
): Report {
  const results = [...single, ...questions.combinations.flatMap((combination) => combined(combination, single))];
  const compared = against ? gatesOf(against, results) : { gates: [], warnings: [] };
  const warnings = [...findings, ...resultWarnings(questions.chosen, results), ...compared.warnings].filter(
    ({ code }) => !options.allow?.includes(code),
  );
  if (options.strict) refuseWarnings(warnings);
  if (options.maxNan !== undefined) refuseSkipped(results, inputs.rows, options.maxNan);
  const gates = [...judge(questions.assertions, asked(questions), results), ...compared.gates];
  return { inputs, results, gates, warnings, verdict: verdictOf(gates) };
}

/** Warnings on standard error, unless annotations say them as well. */
export async function tellWarnings(world: World, warnings: readonly Warning[], options: ConcludeOptions): Promise<void> {
  if (options.quiet || options.annotate) return;
  for (const warning of warnings) await write(world.stderr, warningText(warning));
}

/** Returns the exit code. */
export async function conclude(
  world: World,
  questions: Questions,
  evaluated: Evaluated,
  options: ConcludeOptions,
  version: string,
): Promise<number> {
  const report = judged(questions, evaluated, options);
  await tellWarnings(world, report.warnings, options);
  await evaluated.keep?.(report);
  if (evaluated.results.length > 0) await deliverReport(world, options, deliverableOf(report), version);
  return exitCodeOf(report.verdict, options.failCode);
}
