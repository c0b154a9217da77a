/** `lossctl init`: a configuration for a file, with gates that the file passes. */
import { existsSync } from 'node:fs';
import { dirname, isAbsolute, relative } from 'node:path';
import type { Command, Option } from 'commander';
import { finiteNumber } from '../../engine/number.ts';
import { Fault, quote } from '../../io/fault.ts';
import { limitsText } from '../../io/limits.ts';
import { kebab } from '../../losses/define.ts';
import { flagsOfEval } from '../config/keys.ts';
import type { Scalar } from '../config/yaml.ts';
import { addDerivedFlags, type Declared, givenParams, givenRoles } from '../flags.ts';

import { writeFileAtomic } from '../output.ts';
import { printable } from '../render/escape.ts';
import { type World, writeIfRead } from '../world.ts';
import type { Program } from './check.ts';
import { judged } from './conclude.ts';
import { evaluation } from './eval.ts';
import { collect, type EvalOptions } from './eval-options.ts';
import { draftText } from './init-text.ts';
import { lookAt } from './inspect.ts';
import { filesOf } from './source.ts';

const FILE = 'lossctl.yaml';

const EXAMPLES = `
Examples:
  $ lossctl init preds.csv && lossctl check
  $ lossctl init -l mae -l huber:delta=2 --pred pred_ridge --by group preds.csv
`;

type InitOptions = Omit<EvalOptions, 'output'> & { readonly output: string };

export function addInit(program: Command, world: World, about: Program): void {
  const init = program
    .command('init')
    .description('lossctl.yaml for a file, with gates that it passes')
    .argument('<file...>', 'predictions: a path, or the shards of one table')
    .option('-o, --output <file>', 'where to', FILE)
    .option('--force', 'although it is there')
    .option('-l, --loss <spec>', 'NAME or NAME:key=value,...; repeatable (default: what fits the columns)', collect);
  const flags = world.argv.includes('init') ? flagsOfEval() : { keys: new Map<string, Option>(), defaults: {} };
  for (const option of flags.keys.values()) init.addOption(option);
  if (flags.keys.size) addDerivedFlags(init, about.declared, world.argv);
  init.addHelpText('after', EXAMPLES).action(async (named: string[], given: InitOptions) => {
    const { output, force } = given;
    if (existsSync(output) && !force)
      throw new Fault(`${quote(output)} is there already`, '--force replaces it; -o FILE writes another');
    const said = [...flags.keys].filter(([, option]) => init.getOptionValueSource(option.attributeName()) === 'cli');
    const text = await initText(world, about, named, { ...flags.defaults, ...given } as InitOptions, said);
    await writeFileAtomic(output, text, named);
    const next = output === FILE ? 'lossctl check' : `lossctl check --config ${output}`;
    await writeIfRead(world.stdout, `${printable(output)} is written; next: ${printable(next)}\n`);
  });
}

/** `said`: keys whose flags were given. */
async function initText(
  world: World,
  { losses, declared, version }: Program,
  named: readonly string[],
  options: InitOptions,
  said: readonly (readonly [string, Option])[],
): Promise<string> {
  const files = await filesOf(world, named);
  if (files.includes('-'))
    throw new Fault('a configuration names files: standard input is none', 'write it to a file, and name that');
  const fit = options.loss ? { loss: options.loss, columns: new Map<string, string>() } : await fitting(world, files, options);
  const columns = new Map([...fit.columns, ...givenRoles(declared, options)]);
  const roles = new Map(declared.roles.map((role) => [kebab(role), role]));
  const bound = Object.fromEntries([...columns].map(([role, names]) => [roles.get(role), names]));
  const { output, ...rest } = options;
  const asked = { ...rest, ...bound, loss: fit.loss };
  const { questions, evaluated } = await evaluation(world, losses, declared, files, asked, { assertions: [] }, version);
  const { inputs, results } = judged(questions, evaluated, {});
  const beside = (file: string) => (isAbsolute(file) ? file : relative(dirname(output), file));
  const used = [...inputs.columns].filter(([role]) => roles.has(role));
  return draftText({
    schema: beside('node_modules/lossctl/schemas/config.json'),
    files: named.map(beside),
    columns: new Map(used.map(([role, names]) => [role, columns.get(role) ?? names])),
    losses: fit.loss,
    params: new Map([...givenParams(declared, options)].map(([key, text]) => [key, paramValue(declared, key, text)])),
    keys: new Map(said.map(([key, option]) => [key, keyValue(option, options, beside)])),
    measured: results.filter(({ slice }) => slice === null),
    by: [...(results.find(({ slice }) => slice)?.slice?.keys() ?? [])],
  });
}

const ROWS = 100_000;

async function fitting(world: World, files: readonly string[], options: InitOptions) {
  const { suggested } = await lookAt(world, files, { ...options, rows: ROWS });
  if (suggested) return { loss: [suggested.loss], columns: suggested.columns };
  throw new Fault(
    'no loss fits these columns by their names',
    'name them: lossctl init --loss mse --target y_true --pred pred_ridge FILE; lossctl inspect FILE shows the columns',
  );
}

function keyValue(option: Option, options: InitOptions, beside: (file: string) => string): Scalar | readonly Scalar[] {
  if (options.limit && option.name() === 'limit') return limitsText(options.limit);
  const value = (options as unknown as Readonly<Record<string, Scalar | readonly Scalar[]>>)[option.attributeName()];
  return option.flags.includes('<file>') ? beside(String(value)) : value;
}

/** Numbers as numbers, so that they are checked as such. */
function paramValue({ params }: Declared, typed: string, text: string): Scalar | readonly Scalar[] {
  const type = [...params].find(([key]) => kebab(key) === typed)?.[1].param.type;
  if (type === 'boolean') return text === 'true';
  const numbers = text.split(',').map(finiteNumber);
  const all = numbers.every((number) => number !== undefined);
  return all && (type === 'number' || type === 'list') ? (numbers as number[]) : text;
}
