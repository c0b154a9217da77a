/** The facts of a loss as plain data and in words: one source for `list`, `explain`, their JSON and the docs. */
import { type Alternatives, type Input, kebab, type Loss, type Param, type Properties } from '../../losses/define.ts';
import { rangeText } from '../../losses/range.ts';
import type { Json, JsonObject } from './tojson.ts';

/** A role of a loss: its flag, what it takes, and the roles of which one is enough. */
export interface RoleFact {
  readonly role: string;
  readonly input: Input;
  readonly insteadOf: readonly string[];
}

export function rolesOf(loss: Loss): RoleFact[] {
  return Object.entries(loss.inputs).flatMap(([name, input]) => {
    if (!isAlternatives(input)) return [{ role: kebab(name), input, insteadOf: [] }];
    const roles = Object.keys(input.oneOf).map(kebab);
    return Object.values(input.oneOf).map((one, i) => ({
      role: roles[i] as string,
      input: one,
      insteadOf: roles.filter((_, j) => j !== i),
    }));
  });
}

function isAlternatives(input: Input | Alternatives): input is Alternatives {
  return 'oneOf' in input;
}

const SHAPES: { readonly [S in Input['shape']]: string } = {
  element: 'a number per row, or a vector whose elements count one by one',
  vector: 'a vector per row',
};

/** What a row of the input is. */
function rowText({ shape, holds, width }: Input): string {
  if (holds === 'classes')
    return width === 1 ? 'a class index per row' : 'a class index per row, or a vector with a probability for each class';
  if (width === 1) return 'one number per row';
  return width === undefined ? SHAPES[shape] : `${SHAPES[shape]} of ${width} numbers`;
}

/** `a vector per row of 4 numbers, each in [0, 1], summing to 1`. */
export function shapeText(input: Input): string {
  const parts = [
    rowText(input),
    input.many ? 'several vectors one after the other' : '',
    rangeText(input),
    input.sumsToOne ? 'a row sums to 1' : '',
    input.optional ? 'may be left out' : '',
  ];
  return parts.filter(Boolean).join('; ');
}

/** `number above 0`, `one of xyxy, xywh`. */
export function paramText(param: Param): string {
  switch (param.type) {
    case 'number':
      return [param.integer ? 'whole number' : 'number', rangeText(param)].filter(Boolean).join(' ');
    case 'boolean':
      return 'true or false';
    case 'choice':
      return `one of ${param.options.join(', ')}`;
    case 'list':
      return ['list of numbers', rangeText(param)].filter(Boolean).join(', each ');
  }
}

export function defaultText(param: Param): string {
  return param.default === null ? 'none' : String(param.default);
}

/** One line for each property that has something to say. */
export function propertyTexts({ convexIn, differentiable, minimum, maximum, symmetric, robust }: Properties): string[] {
  const smooth = {
    true: 'differentiable',
    'almost-everywhere': 'differentiable almost everywhere',
    false: 'not differentiable',
  } as const;
  const range =
    minimum === undefined
      ? maximum === undefined
        ? 'unbounded'
        : `at most ${maximum}`
      : maximum === undefined
        ? `at least ${minimum}`
        : `from ${minimum} to ${maximum}`;
  return [
    convexIn ? `convex in ${kebab(convexIn)}` : 'not convex',
    smooth[`${differentiable}`],
    range,
    symmetric ? 'symmetric in target and prediction' : 'not symmetric in target and prediction',
    robust ? 'robust: at most linear in an outlier' : 'not robust against outliers',
  ];
}

/** Everything declared about a loss, names as a user types them. */
export function lossObject(loss: Loss): JsonObject {
  return {
    name: loss.name,
    aliases: loss.aliases,
    task: loss.task,
    kind: loss.kind,
    summary: loss.summary,
    inputs: rolesOf(loss).map(({ role, input, insteadOf }) => ({ role, ...renamed(input, snake), instead_of: insteadOf })),
    params: Object.entries(loss.params).map(([name, param]) => ({ name: kebab(name), ...param })),
    formula: { ...loss.formula },
    unit: loss.unit,
    direction: 'lower',
    reduction: loss.reduction ?? 'mean',
    reduction_notes: { ...loss.reductionNotes },
    properties: { ...renamed(loss.properties, snake), convex_in: loss.properties.convexIn && kebab(loss.properties.convexIn) },
    references: loss.references.map((reference) => ({ ...reference })),
    pitfalls: loss.pitfalls,
    equivalents: loss.equivalents,
    examples: loss.examples.map(({ inputs, params, ...rest }) => ({
      inputs: renamed(inputs, kebab),
      params: renamed(params ?? {}, kebab),
      ...rest,
    })),
  };
}

function snake(name: string): string {
  return kebab(name).replaceAll('-', '_');
}

/** Plain data with other keys. That it is plain is what a readonly interface cannot tell the compiler. */
function renamed(facts: object, rename: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [rename(name), fact as Json]));
}
