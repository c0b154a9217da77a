/** `lossctl compare`: is a candidate worse than the base, on the same rows? */
import { setImmediate } from 'node:timers/promises';
import { parseTolerance } from '../../engine/baseline.ts';
import { compareSides } from '../../engine/compare/compare.ts';
import { KeyNumbers } from '../../engine/compare/keys.ts';
import type { CandidateReport, ComparisonReport } from '../../engine/compare/result.ts';
import { FLIPS, type Settings } from '../../engine/compare/settings.ts';
import { verdictOf } from '../../engine/gate.ts';
import { type Chosen, resolve } from '../../engine/resolve.ts';
import type { Warning } from '../../engine/result.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import { exitCodeOf } from '../errors.ts';
import { type Declared, givenParams, givenRoles } from '../flags.ts';
import { openProgress } from '../progress.ts';
import { COMPARISON_RENDERERS } from '../render/comparison/index.ts';
import { comparisonMarkdown } from '../render/comparison/markdown.ts';
import type { World } from '../world.ts';
import { summaryPath } from './ci.ts';
import type { CompareOptions } from './compare-options.ts';
import { type BaseSide, type Evaluated, evaluateSide, type Plan } from './compare-side.ts';
import { withWorsePairs } from './compare-top.ts';
import { checkCompareUsage } from './compare-usage.ts';
import { saidOf, saidOnce } from './compare-warnings.ts';
import { tellWarnings } from './conclude.ts';
import { type Deliverable, deliverReport } from './deliver.ts';
import { refuseSkipped, refuseWarnings } from './eval-evidence.ts';
import { firstPass, quantileBins, withCountedClasses } from './eval-passes.ts';
import { isRowsFile, readRowsFile } from './rows-file.ts';
import { filesOf } from './source.ts';

/** `names`: the base first. Returns the exit code. */
export async function compare(
  world: World,
  losses: readonly Loss[],
  declared: Declared,
  names: readonly string[],
  options: CompareOptions,
  version: string,
): Promise<number> {
  const chosen = resolve(losses, {
    specs: options.loss ?? [],
    flags: givenParams(declared, options),
    reduction: options.reduction,
    compat: options.compat,
  });
  checkCompareUsage(chosen, names, options);
  if (options.summary) summaryPath(world);
  const settings = settingsOf(options);
  const kept = await isRowsFile(names[0]);
  const files = await Promise.all(names.map((name, k) => (kept && k === 0 ? [name] : filesOf(world, [name]))));
  const plan = await planOf(world, chosen, givenRoles(declared, options), files[kept ? 1 : 0], options);
  const base = kept ? await keptBase(names[0], plan, options) : await evaluatedBase(world, files[0], plan, options);
  const sides = base.evaluated ? [saidOf(base.evaluated, chosen)] : [];
  const found: Warning[] = [];
  const candidates: CandidateReport[] = [];
  for (const some of files.slice(1)) {
    const candidate = await evaluateSide(world, some, plan, options);
    sides.push(saidOf(candidate, chosen));
    const { report, warnings } = await compareOne(world, base, candidate, plan, settings, options, names.length > 2);
    candidates.push(report);
    found.push(...warnings);
  }
  const warnings = [...saidOnce(sides), ...found].filter(({ code }) => !options.allow?.includes(code));
  if (options.strict) refuseWarnings(warnings);
  await tellWarnings(world, warnings, options);
  const gates = candidates.flatMap((candidate) => candidate.gates);
  const report: ComparisonReport = {
    base: base.inputs,
    targets: options.targets ?? null,
    on: options.on ?? null,
    where: options.where ?? [],
    method: { ...settings, interval: settings.method, flips: FLIPS },
    candidates,
    gates,
    warnings,
    verdict: verdictOf(gates),
  };
  await deliverReport(world, options, deliverableOf(report, files.flat()), version);
  return exitCodeOf(report.verdict, options.failCode);
}

function settingsOf(options: CompareOptions): Settings {
  const { ci: level, interval: method, resamples, seed, adjust, minN = 0, unmatched = 'error' } = options;
  return { level, method, resamples, seed, adjust, minN, unmatched, tolerance: parseTolerance(options.tolerance ?? 'rel=0') };
}

/** What has to be known of all rows first is the same for all sides, which have the same targets: it is read off one of them. */
async function planOf(
  world: World,
  chosen: readonly Chosen[],
  roles: ReadonlyMap<string, string>,
  files: readonly string[],
  options: CompareOptions,
): Promise<Plan> {
  const bins = await quantileBins(world, files, options);
  const weighted = await withCountedClasses(chosen, firstPass(world, files, roles, options, bins));
  return { chosen: weighted, roles, bins, keys: new KeyNumbers() };
}

async function evaluatedBase(world: World, files: readonly string[], plan: Plan, options: CompareOptions): Promise<BaseSide> {
  const evaluated = await evaluateSide(world, files, plan, options);
  return { side: evaluated.side, inputs: evaluated.inputs, evaluated };
}

async function keptBase(path: string, { chosen, keys }: Plan, options: CompareOptions): Promise<BaseSide> {
  const { header, side } = await readRowsFile(path, chosen, keys);
  for (const flag of ['on', 'group'] as const) {
    const [then, now] = [header[flag], options[flag] ?? null];
    if (then === now) continue;
    throw new Fault(
      `${quote(path)} was written ${then === null ? `without --${flag}` : `with --${flag} ${quote(then)}`}`,
      then === null ? `leave --${flag} out, or write it again with it` : `add --${flag} ${then}`,
    );
  }
  return { side, inputs: { files: [path], rows: side.rows, columns: new Map() }, evaluated: null };
}

async function compareOne(
  world: World,
  base: BaseSide,
  candidate: Evaluated,
  { chosen }: Plan,
  settings: Settings,
  options: CompareOptions,
  several: boolean,
): Promise<{ report: CandidateReport; warnings: readonly Warning[] }> {
  for (const { results, inputs } of [base.evaluated, candidate].filter((one) => one !== null))
    if (options.maxNan !== undefined) refuseSkipped(results, inputs.rows, options.maxNan);
  const progress = openProgress(world, options);
  try {
    const outcome = await compareSides(base.side, candidate.side, chosen, settings, async (id, share) => {
      progress.tell(`comparing ${id}: ${Math.round(100 * share)} % of ${settings.resamples} resamples`);
      await setImmediate(); // an interrupt is heard
    });
    const { pairing, comparisons, pairs, warnings } = outcome;
    const gates = several ? outcome.gates.map((gate) => ({ ...gate, candidate: candidate.side.name })) : outcome.gates;
    const { top, chunkRows } = options;
    const report = {
      inputs: candidate.inputs,
      matched: pairing.matched,
      unmatchedBase: pairing.unmatchedBase,
      unmatchedCandidate: pairing.unmatchedCandidate,
      comparisons: top ? await withWorsePairs(comparisons, pairs, base, candidate, top, chunkRows) : comparisons,
      gates,
      verdict: verdictOf(gates),
    };
    return { report, warnings };
  } finally {
    progress.clear();
  }
}

function deliverableOf(report: ComparisonReport, files: readonly string[]): Deliverable<ComparisonReport> {
  const { candidates, gates, targets } = report;
  return {
    report,
    renderers: COMPARISON_RENDERERS,
    inputs: [...files, ...(targets === null ? [] : [targets])],
    markdown: (most) => comparisonMarkdown(report, most),
    most: Math.max(...candidates.map(({ comparisons }) => comparisons.length), gates.length),
  };
}
