/** The flags of `eval` that no loss declares; those that losses declare are derived in flags.ts. */
import { availableParallelism } from 'node:os';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { LIBRARY_NAMES } from '../../engine/compat.ts';
import { USUAL_ROWS } from '../../io/batch.ts';
import { FORMATS } from '../../io/formats.ts';
import type { LibraryName } from '../../losses/libraries.ts';
import { RENDERERS } from '../render/index.ts';
import { ROW_RENDERERS } from '../render/rows.ts';
import type { BaselineOptions } from './baseline-file.ts';
import { ANNOTATE, FAIL_CODE, SUMMARY } from './ci.ts';
import { addReadingOptions, type ReadingOptions } from './reading-options.ts';
import { addStatisticsOptions, type StatisticsOptions, wholeNumber } from './statistics-options.ts';

export type EvalOptions = ReadingOptions &
  BaselineOptions &
  StatisticsOptions & {
    /** Where `baseline write` writes to. */
    readonly to?: string;
    /** Where `baseline write` keeps the losses of the rows. */
    readonly rows?: string;
    readonly force?: boolean;
    readonly reason?: string;
    readonly loss?: readonly string[];
    readonly reduction?: 'mean' | 'sum' | 'none' | 'batchmean' | 'sum-over-batch-size';
    readonly by?: string;
    readonly compat?: LibraryName;
    readonly relative?: boolean;
    readonly combine?: readonly string[];
    readonly weight?: string;
    readonly group?: string;
    readonly batchSize?: number;
    readonly positiveLabel?: string;
    readonly classes?: readonly string[];
    readonly nan: 'error' | 'skip' | 'propagate';
    readonly maxNan?: number;
    readonly allowInf?: boolean;
    readonly assert?: readonly string[];
    readonly minN?: number;
    readonly top?: number;
    readonly cluster?: string;
    readonly format?: string;
    readonly json?: boolean;
    readonly output?: readonly string[];
    readonly stateOut?: string;
    readonly annotate?: 'github';
    readonly summary?: boolean;
    readonly targets?: string;
    readonly targetsFormat?: string;
    readonly on?: string;
    readonly unmatched?: 'error' | 'drop';
    readonly where?: readonly string[];
    readonly chunkRows: number;
    readonly threads: number;
    readonly strict?: boolean;
    readonly failCode?: number;
    readonly allow?: readonly string[];
    readonly color: 'auto' | 'always' | 'never';
    readonly progress: boolean;
    readonly quiet?: boolean;
    readonly verbose?: boolean;
  };

/** Most flags can be given again: each adds to the list. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** `0.1%` or `0.001`. */
export function share(text: string): number {
  const [, number, percent] = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text.trim()) ?? [];
  const value = number === undefined ? Number.NaN : Number(number) / (percent ? 100 : 1);
  if (!(value <= 1)) throw new InvalidArgumentError('Write a share of the rows, as in 0.1% or 0.001.');
  return value;
}

/** One thread cuts text as fast as so many read it; each takes 45 MB. */
const MOST_THREADS = 6;

/** `cat,dog`. */
export function names(text: string): readonly string[] {
  return text.split(',');
}

export const WRITING = 'Writing:';

export const REDUCTIONS = ['mean', 'sum', 'none', 'batchmean', 'sum-over-batch-size'] as const;

/** Which losses, and what rows mean to them. */
export function addLossOptions(command: Command, reductions: readonly string[]): void {
  command
    .option('-l, --loss <spec>', 'NAME or NAME:key=value,...; repeatable, all in one pass', collect)
    .addOption(new Option('--reduction <how>', 'how rows become one number (default: mean, kl-div: batchmean)').choices(reductions))
    .addOption(new Option('--compat <library>', 'defaults, clips and denominators as in this library').choices(LIBRARY_NAMES))
    .option('--relative', 'skill instead: 1 - loss / loss of the best constant prediction (R2 of mse, D2 of others)')
    .option(
      '--by <columns>',
      'a result for each value of these columns, beside the one for all rows; bins: age:0,18,65,inf or age:q4',
    )
    .option('--weight <columns>', 'row weights, or a weight for each element of the row')
    .option('--group <column>', 'rows with the same text here belong together (losses over groups)')
    .option('--batch-size <rows>', 'groups of this many rows in file order (losses over groups)', wholeNumber);
}

/** What is held back from a gate, and what is not said. */
export function addEvidenceOptions(command: Command): void {
  command
    .option('--min-n <rows>', 'slices of fewer rows are marked, and not gated', wholeNumber)
    .option('--strict', 'a warning is an error: exit code 2, no result')
    .option('--allow <code>', 'do not warn about this, by its code; repeatable', collect)
    .addOption(FAIL_CODE);
}

/** How the table is put together, and read. `on` says what keys are for. */
export function addSourceOptions(command: Command, on: string): void {
  command
    .option('--targets <file>', 'the targets, where they are in a file of their own')
    .addOption(new Option('--targets-format <format>', 'as --input-format, for --targets').choices(FORMATS.map(({ name }) => name)))
    .option('--on <columns>', on)
    .addOption(new Option('--unmatched <how>', 'with --on: rows without a partner (default: error)').choices(['error', 'drop']))
    .option('--where <condition>', "only the rows that meet it: 'split=test', 'age >= 18'; repeatable", collect);
  addReadingOptions(command)
    .addOption(
      new Option('--nan <policy>', 'missing and non-finite values').choices(['error', 'skip', 'propagate']).default('error'),
    )
    .option('--max-nan <share>', 'with --nan skip: refuse when more of the rows are skipped, as in 0.1% or 0.001', share)
    .option('--allow-inf', 'infinite logits and log-probabilities are values (masked classes)')
    .option('--positive-label <text>', 'the text that is label 1; the one other text is 0')
    .option('--classes <names>', 'class names in index order, comma-separated, or how many there are', names)
    .addOption(
      new Option('--chunk-rows <rows>', 'most rows in memory at a time; changes no result')
        .argParser(wholeNumber)
        .default(USUAL_ROWS),
    )
    .addOption(
      new Option('--threads <number>', 'most threads that evaluate; changes no result')
        .argParser(wholeNumber)
        .default(Math.min(availableParallelism(), MOST_THREADS), `the processors there are, at most ${MOST_THREADS}`),
    );
}

/** Where the outcome goes. `otherwise` says which format standard output gets when none is named. */
export function addWritingOptions(command: Command, formats: readonly string[], otherwise: string): void {
  command
    .addOption(new Option('-f, --format <format>', `what standard output gets (default: ${otherwise})`).choices(formats))
    .option('--json', 'the same as --format json')
    .option('-o, --output <[format:]path>', 'also to a file, format by its extension; repeatable', collect);
}

/** What a CI service is told, and how it looks. */
export function addTellingOptions(command: Command): void {
  command
    .addOption(ANNOTATE)
    .addOption(SUMMARY)
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-progress', 'no progress on standard error')
    .option('-q, --quiet', 'only the verdict')
    .option('-v, --verbose', 'the columns used and timings, on standard error')
    .option('--debug', 'stack traces');
}

export function addEvalOptions(command: Command): void {
  const formats = [...new Set([...RENDERERS, ...ROW_RENDERERS].map(({ name }) => name))];
  command.optionsGroup('Losses:');
  addLossOptions(command, REDUCTIONS);
  command.option('--combine <terms>', 'also a weighted sum of the losses: NAME:WEIGHT,...; repeatable', collect);
  addStatisticsOptions(command)
    .option('--cluster <column>', 'for --ci: rows with the same text here resample together')
    .option('--top <rows>', 'also the rows with the largest loss, with their inputs', wholeNumber)
    .optionsGroup('Gates:')
    .option('--assert <condition>', "'huber < 0.3', 'huber{region=eu} < 0.3', 'huber{region=*} < 0.3'; repeatable", collect)
    .option('--baseline <file>', 'also: not worse than the results in this file, which lossctl baseline write wrote')
    .option('--tolerance <how>', 'with --baseline: how much worse is no failure: rel=1%,abs=0.002 (default: none)')
    .option('--allow-missing-baseline', 'without the file of --baseline nothing is compared, and that passes');
  addEvidenceOptions(command);
  command.optionsGroup('Reading:');
  addSourceOptions(
    command,
    'with --targets: rows belong together that have the same key (default: by order); for a baseline: rows are also known by it',
  );
  command.optionsGroup('Writing:');
  addWritingOptions(command, formats, 'table; csv for --reduction none');
  command.option(
    '--state-out <path>',
    'also what was added up, for lossctl merge; with --stats, --hist, --ci or --top also the values of the rows',
  );
  addTellingOptions(command);
}
