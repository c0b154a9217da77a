/** The flags that say how a file is read, for every command that reads one. */
import { type Command, Option } from 'commander';
import { FORMATS } from '../../io/formats.ts';
import { LIMIT_NAMES, type Limits, parseLimits } from '../../io/limits.ts';

export type ReadingOptions = {
  readonly inputFormat?: string;
  readonly delimiter?: string;
  readonly header: boolean;
  readonly lenientJson?: boolean;
  readonly limit?: Limits;
};

export function addReadingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--input-format <format>', 'instead of what content and name tell').choices(FORMATS.map(({ name }) => name)),
    )
    .option('--delimiter <text>', 'between the cells of a text file: a character, or tab, space')
    .option('--no-header', 'the first line holds data; columns are #1, #2 ...')
    .option('--lenient-json', 'JSON may hold NaN and Infinity, as Python writes them')
    .option(
      '--limit <limits>',
      `reads what is refused as too large: row=128MiB,columns=200000 (of ${LIMIT_NAMES.join(', ')})`,
      parseLimits,
    );
}
