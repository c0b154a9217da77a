/** A data set of a configuration -> the options of `eval` that say the same. What can be refused before data are read is refused here. */
import { isAbsolute, join } from 'node:path';
import { InvalidArgumentError, type Option } from 'commander';
import { resolve } from '../../engine/resolve.ts';
import { Fault, quote } from '../../io/fault.ts';
import { kebab, type Loss } from '../../losses/define.ts';
import { checkNames } from '../commands/conclude.ts';
import { type Demands, questionsOf } from '../commands/eval.ts';
import { collect, type EvalOptions } from '../commands/eval-options.ts';
import { parseCondition } from '../commands/where.ts';
import type { Declared } from '../flags.ts';
import { placed } from './document.ts';
import { baselineOf, demandsOf } from './gates.ts';
import type { Flags } from './keys.ts';
import { specOf, textOf } from './loss-spec.ts';
import { relocated } from './relocate.ts';
import type { Stated } from './stated.ts';

/** One data set, ready to be evaluated. */
export interface Plan {
  readonly name: string;
  readonly files: readonly string[];
  readonly options: EvalOptions;
  readonly demands: Demands;
  /** The fault with the place of what it is about, where it begins with a flag. */
  relocated(fault: Fault): Fault;
}

/** `over`: flags of `check` that hold for every data set. */
export interface Over {
  readonly strict?: boolean;
  readonly allow?: readonly string[];
  readonly progress: boolean;
  readonly quiet?: boolean;
}

/** `folder`: where relative paths start. */
export function planOf(
  losses: readonly Loss[],
  declared: Declared,
  { keys, defaults }: Flags,
  set: Stated,
  folder: string,
  over: Over,
): Plan {
  const { config } = set;
  const own: Record<string, unknown> = {};
  for (const [key, option] of keys) {
    const part = set.get(key);
    if (part) own[option.attributeName()] = placed(config, part.path, () => flagValue(key, option, part.value, folder));
  }
  const [roles, params] = [set.entries('columns'), set.entries('params')];
  for (const key of [...declared.roles, ...declared.params.keys()]) {
    const part = roles.get(kebab(key)) ?? params.get(kebab(key));
    if (part) own[key] = textOf(part.value);
  }
  const demands = demandsOf(set);
  const baseline = baselineOf(set);
  const options = {
    ...defaults,
    ...own,
    loss: set.items('losses').map(({ value }) => specOf(value)),
    ...(baseline && { baseline: beside(folder, baseline.file), allowMissingBaseline: baseline['allow-missing'] }),
    ...(baseline?.tolerance !== undefined && { tolerance: baseline.tolerance }),
    strict: over.strict || own.strict,
    allow: [...((own.allow ?? []) as string[]), ...(over.allow ?? [])],
    progress: over.progress,
    quiet: over.quiet,
  } as unknown as EvalOptions;
  const files = set.items('files').map(({ path, value }) => placed(config, path, () => pathOf(String(value), folder)));
  refuse(losses, declared, set, options, demands);
  return { name: set.name, files, options, demands, relocated: (fault) => relocated(set, fault) };
}

function refuse(losses: readonly Loss[], declared: Declared, set: Stated, options: EvalOptions, demands: Demands): void {
  const { reduction, compat } = options;
  for (const { path, value } of set.items('losses'))
    placed(set.config, path, () => resolve(losses, { specs: [specOf(value)], flags: new Map(), reduction, compat }));
  for (const { path, value } of set.items('where')) placed(set.config, path, () => parseCondition(String(value)));
  try {
    checkNames(questionsOf(losses, declared, options, demands.assertions));
  } catch (error) {
    throw error instanceof Fault ? relocated(set, error, set.path) : error;
  }
}

/** What the flag would have been given, read by the flag's own parser. */
function flagValue(key: string, option: Option, value: unknown, folder: string): unknown {
  if (!option.required) return value;
  if (option.flags.includes('<file>')) return pathOf(String(value), folder);
  if (option.parseArg === collect) return [value].flat().map(String);
  try {
    return option.parseArg ? option.parseArg(textOf(value), undefined) : textOf(value);
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw new Fault(`${key} ${quote(textOf(value))}: ${error.message}`);
    throw error;
  }
}

function pathOf(path: string, folder: string): string {
  if (path === '-')
    throw new Fault('a configuration names files: standard input can be read once, and by one of them', 'lossctl eval reads it');
  return beside(folder, path);
}

export function beside(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}
