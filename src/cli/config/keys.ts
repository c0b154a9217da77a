/** The keys of a data set that are flags of `eval`: their shapes follow from how commander was told to read them. */
import { Command, type Option } from 'commander';
import {
  advised,
  count,
  defined,
  described,
  either,
  list,
  number,
  oneOf,
  type Shape,
  text,
  texts,
  truth,
  when,
} from '../../engine/shape.ts';
import { parseLimits } from '../../io/limits.ts';
import { addEvalOptions, collect, names, share, WRITING } from '../commands/eval-options.ts';
import { level, wholeNumber } from '../commands/statistics-options.ts';

/** Flags that a configuration says in its own words. */
const SAID_OTHERWISE = ['loss', 'assert', 'baseline', 'tolerance', 'allow-missing-baseline', 'fail-code'];

export interface Flags {
  /** By the name of their key. */
  readonly keys: ReadonlyMap<string, Option>;
  /** What holds where nothing is said, by the names that options have in code. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

export function flagsOfEval(): Flags {
  const command = new Command();
  addEvalOptions(command);
  const named = command.options
    .filter(({ helpGroupHeading }) => helpGroupHeading !== WRITING)
    .map((option) => [keyOf(option), option] as const);
  const keys = new Map(named.filter(([key]) => !SAID_OTHERWISE.includes(key)));
  const reduction = keys.get('reduction');
  reduction?.choices((reduction.argChoices ?? []).filter((how) => how !== 'none')); // a gate needs one number
  return { keys, defaults: command.opts() };
}

/** `--no-header` is `header: false`. */
function keyOf(option: Option): string {
  return option.negate ? option.name().replace(/^no-/, '') : option.name();
}

/** A number that was meant as a text has to say so; so has what begins with `#`, which is a comment otherwise. */
export const quotable = advised(text, "text that YAML takes for something else stands in quotes: '1', '#3'");

/** Columns or names that belong together. */
export const several = defined('several', either(quotable, list(quotable, 1)));

/** Parser of a flag -> what it takes. */
const PARSED: ReadonlyMap<unknown, Shape> = new Map<unknown, Shape>([
  [collect, either(quotable, list(quotable, 1))],
  [
    wholeNumber,
    when((value) => Number.isSafeInteger(value) && Number(value) >= 1, 'a whole number, 1 or more', {
      type: 'integer',
      minimum: 1,
    }),
  ],
  [
    level,
    when((value) => Number(value) > 0 && Number(value) < 1, 'a level between 0 and 1', {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
    }),
  ],
  [share, either(number, texts(/^\d+\.?\d*%?$/, 'a share'))],
  [names, either(count, several)],
  [parseLimits, text],
]);

export function shapeOfFlag(option: Option): Shape {
  return described(shapeOf(option), option.description);
}

function shapeOf({ required, argChoices, parseArg, flags }: Option): Shape {
  if (!required) return truth;
  if (argChoices) return oneOf(argChoices);
  return PARSED.get(parseArg) ?? (/<\w+s>/.test(flags) ? several : quotable);
}
