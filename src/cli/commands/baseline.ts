/** `lossctl baseline write` and `baseline show`: results to gate against later. */
import type { Command } from 'commander';
import { Fault, quote } from '../../io/fault.ts';
import { colorsFor } from '../colors.ts';
import { printable, shortened } from '../render/escape.ts';
import { fullDigits } from '../render/numbers.ts';
import { sliceText } from '../render/slice.ts';
import { drawTable } from '../render/table.ts';
import { type World, writeIfRead } from '../world.ts';
import { readBaseline } from './baseline-file.ts';

const FILE = 'lossctl.baseline.json';

const EXAMPLES = `
Examples:
  $ lossctl baseline write -l huber --by region main.csv
  $ lossctl eval -l huber --by region --baseline ${FILE} --tolerance rel=1% candidate.csv
  $ lossctl baseline write -l huber --on id --rows main.rows main.csv
  $ lossctl compare -l huber --on id --tolerance rel=1% main.rows candidate.csv
`;

/** Gives `write`, which is an evaluation. */
export function addBaseline(program: Command, world: World): Command {
  const baseline = program
    .command('baseline')
    .description('results to gate against later: write, show')
    .addHelpText('after', EXAMPLES);
  const write = baseline
    .command('write')
    .description('evaluates, and writes the results with the fingerprint of their rows')
    .argument('[file...]', 'a path, or - for standard input')
    .option('--to <file>', 'where to', FILE)
    .option('--rows <file>', 'also the losses of the rows, with the keys of --on, to compare with row by row')
    .option('--force', 'although a gate fails; needs --reason')
    .option('--reason <text>', 'why, kept in the file');
  baseline
    .command('show')
    .description('what a baseline holds')
    .argument('[file]', 'a baseline', FILE)
    .action(async (file: string) => {
      await writeIfRead(world.stdout, await shown(world, file));
    });
  return write;
}

async function shown(world: World, file: string): Promise<string> {
  const baseline = await readBaseline(file);
  if (!baseline) throw new Fault(`${quote(file)}: no such file`, 'lossctl baseline write writes one');
  const colors = colorsFor('auto', world);
  const { files, fingerprint, reason, results } = baseline;
  const rows = results.map(({ id, slice, value, n }) => [
    shortened(id),
    slice ? printable(sliceText(new Map(Object.entries(slice)))) : '(all)',
    fullDigits(value),
    String(n),
  ]);
  const head = ['loss', 'slice', 'value', 'n'].map((title) => colors.dim(title));
  const facts = [
    `files: ${files.map((name) => shortened(name)).join(', ')}`,
    `rows: ${fingerprint}`,
    ...(reason ? [`reason: ${printable(reason)}`] : []),
  ];
  return `${facts.join('\n')}\n\n${drawTable(head, rows, ['left', 'left', 'right', 'right']).join('\n')}\n`;
}
