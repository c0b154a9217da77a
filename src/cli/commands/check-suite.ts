/** The data sets of a suite, one after the other -> one report. A data set that cannot be evaluated does not hide the others. */
import { verdictOf } from '../../engine/gate.ts';
import type { DataSet, Inputs, Report } from '../../engine/result.ts';
import { Fault } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import type { Plan } from '../config/plan.ts';
import { faultText } from '../errors.ts';
import type { Declared } from '../flags.ts';
import { type World, write } from '../world.ts';
import { type ConcludeOptions, judged } from './conclude.ts';
import { evaluation } from './eval.ts';

type Outcome = { readonly name: string } & ({ readonly report: Report } | { readonly fault: Fault });

export async function suiteReport(
  world: World,
  losses: readonly Loss[],
  declared: Declared,
  plans: readonly Plan[],
  version: string,
): Promise<Report> {
  const outcomes: Outcome[] = [];
  for (const { name, files, options, demands, relocated } of plans) {
    try {
      const { questions, evaluated } = await evaluation(world, losses, declared, files, options, demands, version);
      outcomes.push({ name, report: judged(questions, evaluated, options) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      outcomes.push({ name, fault: relocated(error) });
    }
  }
  return joint(outcomes);
}

function joint(outcomes: readonly Outcome[]): Report {
  const reports = outcomes.flatMap((one) => ('report' in one ? [one] : []));
  const all = <T>(part: (report: Report) => readonly T[]) =>
    reports.flatMap(({ name, report }) => part(report).map((item) => ({ ...item, data: name })));
  const gates = all((report) => report.gates);
  const broken = reports.length < outcomes.length;
  return {
    data: outcomes.map(dataSetOf),
    inputs: jointInputs(reports.map(({ report }) => report.inputs)),
    results: all((report) => report.results),
    gates,
    warnings: all((report) => report.warnings),
    verdict: broken ? 'error' : verdictOf(gates),
  };
}

function dataSetOf(outcome: Outcome): DataSet {
  if ('report' in outcome) return { name: outcome.name, verdict: outcome.report.verdict, inputs: outcome.report.inputs };
  const { message, hint, code } = outcome.fault;
  return { name: outcome.name, verdict: 'error', inputs: null, error: { message, ...(hint && { hint }), ...(code && { code }) } };
}

/** Of all data sets; what belongs to one stands with it. */
function jointInputs(inputs: readonly Inputs[]): Inputs {
  const files = [...new Set(inputs.flatMap((one) => one.files))];
  return { files, targets: null, where: [], rows: inputs.reduce((sum, { rows }) => sum + rows, 0), columns: new Map() };
}

/** Why data sets have no result, unless annotations say it. */
export async function tellErrors(world: World, { data = [] }: Report, { annotate }: ConcludeOptions): Promise<void> {
  if (annotate) return;
  for (const { name, error } of data)
    if (error) await write(world.stderr, faultText({ ...error, message: `${name}: ${error.message}` }));
}
