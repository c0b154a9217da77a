/** `lossctl report`: the JSON of a run as a page, or in any other format. */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { escapeText, Fault } from '../../io/fault.ts';
import { readResult } from '../read-result.ts';
import { RENDERERS } from '../render/index.ts';
import type { World } from '../world.ts';
import { type DeliverOptions, deliverableOf, deliverReport } from './deliver.ts';
import { collect } from './eval-options.ts';

const EXAMPLES = `
Examples:
  $ lossctl check --json > result.json
  $ lossctl report result.json > report.html
  $ lossctl report -f markdown result.json
`;

export function addReport(program: Command, world: World, version: string): void {
  program
    .command('report')
    .description('the JSON of a run as one page for a browser, or in any other format')
    .argument('<result>', 'what eval, merge or check printed with --json')
    .addOption(
      new Option('-f, --format <format>', 'what standard output gets').choices(RENDERERS.map(({ name }) => name)).default('html'),
    )
    .option('-o, --output <[format:]path>', 'also to a file, format by its extension; repeatable', collect)
    .addOption(new Option('--color <when>', 'decoration').choices(['auto', 'always', 'never']).default('auto'))
    .option('--debug', 'stack traces')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string, options: DeliverOptions) => {
      const report = readResult(file, await read(file));
      await deliverReport(world, options, deliverableOf(report, [file]), version);
    });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new Fault(`${escapeText(file)}: no such file`, 'lossctl check --json > result.json writes one');
    throw new Fault(`${escapeText(file)}: cannot be read: ${escapeText(code ?? message)}`);
  }
}
