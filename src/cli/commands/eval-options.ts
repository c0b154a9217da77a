/** The flags of `eval` that no loss declares; those that losses declare are derived in flags.ts. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { FORMATS } from '../../io/formats.ts';
import { RENDERERS } from '../render/index.ts';
import { ROW_RENDERERS } from '../render/rows.ts';

export type EvalOptions = {
  readonly loss?: readonly string[];
  readonly reduction?: 'mean' | 'sum' | 'none' | 'batchmean' | 'sum-over-batch-size';
  readonly by?: string;
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
  readonly format?: string;
  readonly json?: boolean;
  readonly output?: readonly string[];
  readonly inputFormat?: string;
  readonly delimiter?: string;
  readonly header: boolean;
  readonly chunkRows: number;
  readonly strict?: boolean;
  readonly allow?: readonly string[];
  readonly color: 'auto' | 'always' | 'never';
  readonly progress: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
};

/** Most flags can be given again: each adds to the list. */
function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number, 1 or more.');
  return value;
}

/** `0.1%` or `0.001`. */
function share(text: string): number {
  const [, number, percent] = /^(\d+\.?\d*|\.\d+)(%?)$/.exec(text.trim()) ?? [];
  const value = number === undefined ? Number.NaN : Number(number) / (percent ? 100 : 1);
  if (!(value <= 1)) throw new InvalidArgumentError('Write a share of the rows, as in 0.1% or 0.001.');
  return value;
}

export function addEvalOptions(command: Command): void {
  const formats = [...new Set([...RENDERERS, ...ROW_RENDERERS].map(({ name }) => name))];
  command
    .optionsGroup('Losses:')
    .option('-l, --loss <spec>', 'NAME or NAME:key=value,...; repeatable, all in one pass', collect)
    .addOption(
      new Option('--reduction <how>', 'how rows become one number (default: mean, kl-div: batchmean)').choices([
        'mean',
        'sum',
        'none',
        'batchmean',
        'sum-over-batch-size',
      ]),
    )
    .option('--by <columns>', 'a result for each value of these columns, beside the one for all rows')
    .option('--combine <terms>', 'also a weighted sum of the losses: NAME:WEIGHT,...; repeatable', collect)
    .option('--weight <columns>', 'row weights, or a weight for each element of the row')
    .option('--group <column>', 'rows with the same text here belong together (losses over groups)')
    .option('--batch-size <rows>', 'groups of this many rows in file order (losses over groups)', wholeNumber)
    .optionsGroup('Gates:')
    .option('--assert <condition>', "'huber < 0.3', 'huber{region=eu} < 0.3', 'huber{region=*} < 0.3'; repeatable", collect)
    .option('--strict', 'a warning is an error: exit code 2, no result')
    .option('--allow <code>', 'do not warn about this, by its code; repeatable', collect)
    .optionsGroup('Reading:')
    .addOption(
      new Option('--input-format <format>', 'instead of what content and name tell').choices(FORMATS.map(({ name }) => name)),
    )
    .option('--delimiter <text>', 'between the cells of a text file: a character, or tab, space')
    .option('--no-header', 'the first line holds data; columns are #1, #2 ...')
    .addOption(
      new Option('--nan <policy>', 'missing and non-finite values').choices(['error', 'skip', 'propagate']).default('error'),
    )
    .option('--max-nan <share>', 'with --nan skip: refuse when more of the rows are skipped, as in 0.1% or 0.001', share)
    .option('--allow-inf', 'infinite logits and log-probabilities are values (masked classes)')
    .option('--positive-label <text>', 'the text that is label 1; the one other text is 0')
    .option('--classes <names>', 'class names in index order, comma-separated', (text) => text.split(','))
    .addOption(
      new Option('--chunk-rows <rows>', 'rows in memory at a time; changes no result').argParser(wholeNumber).default(8192),
    )
    .optionsGroup('Writing:')
    .addOption(
      new Option('-f, --format <format>', 'what standard output gets (default: table; csv for --reduction none)').choices(formats),
    )
    .option('--json', 'the same as --format json')
    .option('-o, --output <[format:]path>', 'also to a file, format by its extension; repeatable', collect)
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .option('--no-progress', 'no progress on standard error')
    .option('-q, --quiet', 'only the verdict')
    .option('-v, --verbose', 'the columns used and timings, on standard error')
    .option('--debug', 'stack traces');
}
