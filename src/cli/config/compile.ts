/** A configuration -> what is to be evaluated, and where reports go. */
import { dirname } from 'node:path';
import { didYouMean } from '../../engine/suggest.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import type { Declared } from '../flags.ts';
import { parseOutput } from '../output.ts';
import { RENDERERS } from '../render/index.ts';
import { faultOf, placed } from './document.ts';
import type { FoundConfig } from './find.ts';
import { refuseSameIds } from './gates.ts';
import { flagsOfEval } from './keys.ts';
import { beside, type Over, type Plan, planOf } from './plan.ts';
import { configShape } from './shape.ts';
import { itemsOf, type Mapping, Stated } from './stated.ts';

export interface Suite {
  readonly plans: readonly Plan[];
  /** Everything that is read, globs as they are: the configuration first. */
  readonly sources: readonly string[];
  /** `[FORMAT:]PATH`. */
  readonly outputs: readonly string[];
  readonly annotate: boolean;
  readonly summary: boolean;
}

/** As the shape has found it. */
interface Config {
  readonly data: Readonly<Record<string, Mapping>>;
  readonly defaults?: Mapping;
  readonly outputs?: string | readonly string[];
  readonly annotate?: string;
  readonly summary?: boolean;
}

/** `wanted`: names of data sets, all without any; what is wrong with the others is told all the same. */
export function compile(
  losses: readonly Loss[],
  declared: Declared,
  config: FoundConfig,
  wanted: readonly string[],
  over: Over,
): Suite {
  const flaw = configShape(losses, declared).flaw(config.value);
  if (flaw) throw faultOf(config, flaw);
  const { data, defaults = {}, outputs = [], annotate, summary = false } = config.value as Config;
  const names = Object.keys(data);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new Fault(`there is no data set ${quote(unknown)}`, didYouMean(unknown, names, `data sets: ${names.join(', ')}`));
  const folder = dirname(config.file);
  const sets = names.map((name) => new Stated(config, name, data[name] as Mapping, defaults));
  refuseSameIds(config, [{ path: ['defaults'], value: defaults }, ...sets.map(({ path, name }) => ({ path, value: data[name] }))]);
  const flags = flagsOfEval();
  const plans = sets.map((set) => planOf(losses, declared, flags, set, folder, over));
  const chosen = wanted.length ? plans.filter(({ name }) => wanted.includes(name)) : plans;
  return {
    plans: chosen,
    sources: [config.file, ...chosen.flatMap(sourcesOf)],
    outputs: itemsOf({ path: ['outputs'], value: outputs }).map(({ path, value }) =>
      placed(config, path, () => {
        const target = parseOutput(String(value), RENDERERS);
        return `${target.format}:${beside(folder, target.path)}`;
      }),
    ),
    annotate: annotate !== undefined,
    summary,
  };
}

function sourcesOf({ files, options: { targets, baseline } }: Plan): string[] {
  return [...files, targets, baseline].filter((file) => file !== undefined);
}
