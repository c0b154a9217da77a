/** `lossctl merge`: the states of parts of the data, added up: bit for bit what one pass over all of it gives. */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { parseAssertion } from '../../engine/assert.ts';
import { parseCombination } from '../../engine/combine.ts';
import type { Result } from '../../engine/result.ts';
import { resultsOf } from '../../engine/results.ts';
import { withStatistics } from '../../engine/row-statistics.ts';
import { decodeState, type NamedState } from '../../engine/state/decode.ts';
import { type Merged, merge } from '../../engine/state/merge.ts';
import { refuseWithoutRows } from '../../engine/state/merge-rows.ts';
import { stateOf } from '../../engine/state/state.ts';
import { mergedCells, refuseTop, topState } from '../../engine/state/top.ts';
import { withTop, worstByLoss } from '../../engine/top.ts';
import { escapeText, Fault } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import { writeFileAtomic } from '../output.ts';
import { RENDERERS } from '../render/index.ts';
import type { World } from '../world.ts';
import { ANNOTATE, SUMMARY, summaryPath } from './ci.ts';
import { type ConcludeOptions, checkQuestions, conclude, type Questions } from './conclude.ts';
import { addEvidenceOptions, addWritingOptions, collect } from './eval-options.ts';
import { filesOf } from './source.ts';
import {
  addStatisticsOptions,
  askedStatistics,
  checkStatistics,
  rowsFlag,
  type StatisticsOptions,
  wholeNumber,
} from './statistics-options.ts';

interface MergeOptions extends ConcludeOptions, StatisticsOptions {
  readonly assert?: readonly string[];
  readonly combine?: readonly string[];
  readonly stateOut?: string;
  readonly minN?: number;
  readonly top?: number;
}

const EXAMPLES = `
Examples:
  $ lossctl eval -l mse --state-out 1.state part-1.csv     # one for each part, anywhere
  $ lossctl merge --assert 'mse < 0.3' '*.state'
`;

export function addMerge(
  program: Command,
  world: World,
  losses: readonly Loss[],
  exit: (code: number) => void,
  version: string,
): void {
  const command = program
    .command('merge')
    .description('the states of parts, added up: bit for bit what one pass gives')
    .argument('<state...>', 'files that eval --state-out wrote')
    .option('--combine <terms>', 'also a weighted sum of the losses: NAME:WEIGHT,...; repeatable', collect);
  addStatisticsOptions(command)
    .option('--top <rows>', 'also the rows with the largest loss, as the states hold them', wholeNumber)
    .option('--assert <condition>', "'huber < 0.3', 'huber{region=eu} < 0.3'; repeatable", collect);
  addEvidenceOptions(command);
  addWritingOptions(
    command,
    RENDERERS.map(({ name }) => name),
    'table',
  );
  command
    .option('--state-out <path>', 'also the sum of the states, to be merged further')
    .addOption(ANNOTATE)
    .addOption(SUMMARY)
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .option('-q, --quiet', 'only the verdict')
    .option('--debug', 'stack traces')
    .addHelpText('after', EXAMPLES)
    .action(async (named: string[], options: MergeOptions) => {
      exit(await mergeStates(world, losses, named, options, version));
    });
}

async function mergeStates(
  world: World,
  losses: readonly Loss[],
  named: readonly string[],
  options: MergeOptions,
  version: string,
): Promise<number> {
  if (options.summary) summaryPath(world);
  const files = await filesOf(world, named);
  const states: NamedState[] = [];
  for (const name of files) states.push(decodeState(name, await read(name))); // one by one: of two that are damaged, the first is told
  const merged = merge(losses, states);
  const chosen = merged.runs.map((run) => run.chosen);
  const questions: Questions = {
    chosen,
    assertions: (options.assert ?? []).map(parseAssertion),
    combinations: (options.combine ?? []).map((text) => parseCombination(text, chosen)),
  };
  checkQuestions(questions, merged.by);
  checkStatistics(chosen, questions.assertions, options);
  if (options.minN !== undefined && merged.by.length === 0)
    throw new Fault('--min-n is about slices, and there are none', 'write the states with --by COLUMN');
  const { inputs, warnings: findings } = merged;
  const results = resultsFor(merged, states, questions, options);
  const { stateOut } = options;
  const keep = async () => {
    if (stateOut === undefined) return;
    const state = stateOf(merged, inputs, findings, version, topState(options.top, results));
    await writeFileAtomic(stateOut, `${JSON.stringify(state)}\n`, files);
  };
  return conclude(world, questions, { inputs, results, findings, keep }, options, version);
}

/** With what was asked for of the rows. */
function resultsFor(merged: Merged, states: readonly NamedState[], { assertions }: Questions, options: MergeOptions): Result[] {
  const { runs, slices, treatment } = merged;
  const { top, minN } = options;
  const asked = askedStatistics(options, assertions);
  if (asked) refuseWithoutRows(rowsFlag(options) ?? '--assert of a statistic', states);
  if (top) refuseTop(top, states);
  const added = resultsOf(runs, slices, treatment, minN);
  const told = asked ? withStatistics(added, merged, asked) : added;
  return top ? withTop(told, worstByLoss(runs, top), mergedCells(states)) : told;
}

async function read(name: string): Promise<string> {
  try {
    return await readFile(name, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT')
      throw new Fault(`${escapeText(name)}: no such file`, 'states are written by lossctl eval --state-out FILE');
    throw new Fault(`${escapeText(name)}: cannot be read: ${escapeText(code ?? message)}`);
  }
}
