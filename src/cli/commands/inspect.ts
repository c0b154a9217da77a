/** `lossctl inspect`: what a file holds, before anything is made of it. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { shellWord } from '../../engine/select.ts';
import { USUAL_ROWS } from '../../io/batch.ts';
import { type Inspection, inspect } from '../../io/inspect/inspect.ts';
import { colorsFor } from '../colors.ts';
import { type World, writeIfRead } from '../world.ts';
import { commandOf, rolesIn, suggestion } from './inspect-suggest.ts';
import { type Found, inspectionJson, inspectionText } from './inspect-text.ts';
import { addReadingOptions, type ReadingOptions } from './reading-options.ts';
import { filesOf, openSource } from './source.ts';

interface InspectOptions extends ReadingOptions {
  readonly rows: number;
  readonly json?: boolean;
  readonly color: 'auto' | 'always' | 'never';
}

const EXAMPLES = `
Examples:
  $ lossctl inspect preds.csv
  $ lossctl inspect --rows all --json preds.parquet | jq '.columns[].type'
`;

export function addInspect(program: Command, world: World): void {
  const command = program
    .command('inspect')
    .description('what a file holds: format, columns, ranges, likely inputs, a command to run next')
    .argument('[file...]', 'a path, or - for standard input')
    .addOption(new Option('--rows <number>', 'how many rows to look at, or all').argParser(rowCount).default(100_000));
  addReadingOptions(command)
    .option('--json', 'as JSON')
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .addHelpText('after', EXAMPLES)
    .action(async (named: string[], options: InspectOptions) => {
      await writeIfRead(world.stdout, await inspectText(world, named, options));
    });
}

function rowCount(text: string): number {
  if (text === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write a whole number, 1 or more, or all.');
}

async function inspectText(world: World, named: readonly string[], options: InspectOptions): Promise<string> {
  const found = await lookAt(world, named, options);
  return options.json ? inspectionJson(found) : inspectionText(found, colorsFor(options.color, world));
}

/** What is in files, and what could be made of it. */
export async function lookAt(world: World, named: readonly string[], options: ReadingOptions & { rows: number }): Promise<Found> {
  const files = await filesOf(world, named);
  const { table } = await openSource(world, files, options);
  let inspection: Inspection;
  try {
    inspection = await inspect(table, { most: options.rows, batchRows: USUAL_ROWS });
  } finally {
    await table.close();
  }
  const roles = rolesIn(table.columns);
  const suggested = suggestion(inspection, roles);
  return { files, inspection, roles, suggested, command: suggested && commandOf(suggested, files.map(shellWord).join(' ')) };
}
