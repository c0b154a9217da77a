/** `lossctl class-weights`: weights from counts, or from a column of labels. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { countLabels } from '../../engine/class-counts.ts';
import { classWeights, type Scheme, weightFlaw } from '../../engine/class-scheme.ts';
import { USUAL_ROWS } from '../../io/batch.ts';
import { Fault } from '../../io/fault.ts';
import { open } from '../../io/open.ts';
import { colorsFor } from '../colors.ts';
import { fullDigits } from '../render/numbers.ts';
import { drawTable } from '../render/table.ts';
import { toJson } from '../render/tojson.ts';
import { type World, write, writeIfRead } from '../world.ts';
import { warningText } from './eval-evidence.ts';

interface ClassWeightsOptions {
  readonly counts?: readonly number[];
  readonly target?: string;
  readonly classes?: readonly string[];
  readonly scheme: Scheme;
  readonly beta?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  $ lossctl class-weights --counts 1000,100,10 --scheme effective --beta 0.999
  $ lossctl class-weights --target label preds.csv
  $ lossctl eval -l cross-entropy --class-weight "$(lossctl class-weights --counts 9,1 --json | jq -r '.weights | join(",")')" preds.csv
`;

export function addClassWeights(program: Command, world: World): void {
  program
    .command('class-weights')
    .description('class weights from class counts, or from a column of labels')
    .argument('[file]', 'a path, or - for standard input')
    .option('--counts <numbers>', 'rows of each class, in class order', classCounts)
    .option('--target <column>', 'the column of labels')
    .option('--classes <names>', 'class names in index order, comma-separated', (text) => text.split(','))
    .addOption(new Option('--scheme <scheme>', 'how counts become weights').choices(['balanced', 'effective']).default('balanced'))
    .option('--beta <number>', 'of the effective number of samples, from 0 to below 1')
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: ClassWeightsOptions) => {
      await writeIfRead(world.stdout, await classWeightsText(world, file, options));
    });
}

/** Rows of each class. */
function classCounts(text: string): number[] {
  const counts = text.split(',').map((part) => (/^\d+$/.test(part.trim()) ? Number(part) : Number.NaN));
  if (counts.some((count) => !Number.isSafeInteger(count)))
    throw new InvalidArgumentError('Write whole numbers, as in 1000,100,10.');
  if (counts.every((count) => count === 0)) throw new InvalidArgumentError('At least one class must have rows.');
  return counts;
}

async function classWeightsText(world: World, file: string | undefined, options: ClassWeightsOptions): Promise<string> {
  const { scheme } = options;
  const counts = options.counts ?? (await countedIn(world, file, options));
  const weights = classWeights(counts, scheme, betaOf(options));
  const flaw = weightFlaw(counts, { scheme, beta: betaOf(options) });
  if (flaw !== undefined) await write(world.stderr, warningText({ code: 'D24', severity: 'warn', message: flaw }));
  if (options.json) {
    const beta = scheme === 'effective' ? { beta: betaOf(options) } : {};
    return `${toJson({ schema: 'lossctl.class-weights/v1', scheme, ...beta, counts: [...counts], weights }, 2)}\n`;
  }
  const rows = weights.map((weight, index) => [
    options.classes?.[index] ?? String(index),
    String(counts[index]),
    fullDigits(weight),
  ]);
  const colors = colorsFor('auto', world);
  return `${drawTable(
    ['class', 'rows', 'weight'].map((title) => colors.dim(title)),
    rows,
    ['left', 'right', 'right'],
  ).join('\n')}\n`;
}

function betaOf({ scheme, beta }: ClassWeightsOptions): number {
  if (scheme === 'balanced') {
    if (beta !== undefined) throw new Fault('--beta belongs to --scheme effective', 'add --scheme effective');
    return 0;
  }
  const value = Number(beta ?? Number.NaN);
  if (value >= 0 && value < 1) return value;
  throw new Fault('--scheme effective needs --beta, from 0 to below 1', 'usual values: 0.9, 0.99, 0.999, 0.9999');
}

async function countedIn(world: World, file: string | undefined, options: ClassWeightsOptions): Promise<number[]> {
  if (file === undefined && world.stdin.isTTY)
    throw new Fault('there is nothing to count', 'give --counts 1000,100,10, or a file and its --target');
  const source = file === undefined || file === '-' ? { name: '<stdin>', stream: world.stdin } : { name: file };
  const table = await open(source, { header: true });
  try {
    return await countLabels(table, { target: options.target, classes: options.classes, batchRows: USUAL_ROWS });
  } finally {
    await table.close();
  }
}
