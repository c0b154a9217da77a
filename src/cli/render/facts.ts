/** The facts of a loss as plain data and in words: one source for `list`, `explain`, their JSON and the docs. */
import {
  type Alternatives,
  type Equivalent,
  formsOf,
  type Input,
  kebab,
  type Loss,
  type Param,
  type Properties,
} from '../../losses/define.ts';
import { equivalentsOf, LIBRARIES } from '../../losses/libraries.ts';
import { rangeText } from '../../losses/range.ts';
import type { Json, JsonObject } from './tojson.ts';

/** A role of a loss: its flag, what it takes, and the roles of which one is enough. */
export interface RoleFact {
  readonly role: string;
  readonly input: Input;
  readonly insteadOf: readonly string[];
  /** Of a loss that takes one of several sets of inputs: the rest of its own set, and the others. */
  readonly set?: { readonly with: readonly string[]; readonly insteadOf: readonly (readonly string[])[] };
}

export function rolesOf(loss: Loss): RoleFact[] {
  const forms = [...formsOf(loss.inputs).values()].map((names) => names.map(kebab));
  return Object.entries(loss.inputs).flatMap(([name, input]): RoleFact[] => {
    if (!isAlternatives(input)) {
      const role = kebab(name);
      const own = forms.find((form) => form.includes(role));
      const set = own && { with: own.filter((other) => other !== role), insteadOf: forms.filter((form) => form !== own) };
      return [{ role, input, insteadOf: [], ...(set && { set }) }];
    }
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
  if (holds === 'identity') return 'one number or text per row';
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

/** What a row of it is, and of which set of inputs: `a vector per row; with --view2, in place of --embedding and --target`. */
export function inputText({ input, set }: RoleFact): string {
  if (!set) return shapeText(input);
  const flags = (roles: readonly string[]) => roles.map((role) => `--${role}`).join(' and ');
  const together = set.with.length ? `with ${flags(set.with)}, ` : '';
  return `${shapeText(input)}; ${together}in place of ${set.insteadOf.map(flags).join(', or of ')}`;
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

/** What `--relative` compares with, at the default parameters; nothing where a loss does not take it. */
export function relativeText(loss: Loss): string | undefined {
  const best = loss.bestConstant?.(Object.fromEntries(Object.entries(loss.params).map(([key, param]) => [key, param.default])));
  if (!best) return undefined;
  const constants = { mean: 'mean of the targets', 'log1p-mean': 'mean of log1p of the targets' };
  const constant =
    typeof best === 'string'
      ? constants[best]
      : best.quantile === 0.5
        ? 'median of the targets'
        : `${best.quantile}-quantile of the targets`;
  return `1 - loss / loss of the best constant, which is the ${constant}`;
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
    cost: loss.kind === 'group' ? loss.cost : null,
    summary: loss.summary,
    inputs: rolesOf(loss).map(({ role, input, insteadOf }) => ({ role, ...renamed(input, snake), instead_of: insteadOf })),
    params: Object.entries(loss.params).map(([name, param]) => ({ name: kebab(name), ...param })),
    formula: { ...loss.formula },
    unit: loss.unit,
    direction: 'lower',
    reduction: loss.reduction ?? 'mean',
    relative: relativeText(loss) ?? null,
    reduction_notes: { ...loss.reductionNotes },
    properties: { ...renamed(loss.properties, snake), convex_in: loss.properties.convexIn && kebab(loss.properties.convexIn) },
    references: loss.references.map((reference) => ({ ...reference })),
    pitfalls: loss.pitfalls,
    equivalents: Object.fromEntries(equivalentsOf(loss).map(([library, equivalent]) => [library, equivalentObject(equivalent)])),
    examples: loss.examples.map(({ inputs, params, ...rest }) => ({
      inputs: renamed(inputs, kebab),
      params: renamed(params ?? {}, kebab),
      ...rest,
    })),
  };
}

function equivalentObject({ params, ...rest }: Equivalent): JsonObject {
  return { ...rest, ...(params && { params: renamed(params, kebab) }) };
}

/** `keras.losses.Dice(); another number: ...`: the call in a library and what is to be said about it. */
export function equivalentText({ call, note, differs }: Equivalent): string {
  return [call, note, differs && `gives another number: ${differs}`].filter(Boolean).join('; ');
}

/** What `--compat` changes: a row for each default that differs somewhere, a column for each library; `null` where none differs. */
export function differencesOf(loss: Loss): { readonly libraries: readonly string[]; readonly rows: readonly string[][] } | null {
  const all = equivalentsOf(loss).filter(([library, { differs }]) => library in LIBRARIES && differs === undefined);
  const text = (value: unknown) => (value === null || value === undefined ? 'none' : String(value));
  const row = (name: string, here: unknown, there: (equivalent: Equivalent) => unknown) => {
    const values = all.map(([, equivalent]) => text(there(equivalent) ?? here));
    return values.every((value) => value === text(here)) ? [] : [[name, text(here), ...values]];
  };
  const rows = [
    ...Object.entries(loss.params).flatMap(([key, param]) => row(kebab(key), param.default, ({ params }) => params?.[key])),
    ...row('reduction', loss.reduction ?? 'mean', ({ reduction }) => reduction),
  ];
  return rows.length ? { libraries: all.map(([library]) => library), rows } : null;
}

function snake(name: string): string {
  return kebab(name).replaceAll('-', '_');
}

/** Plain data with other keys. That it is plain is what a readonly interface cannot tell the compiler. */
function renamed(facts: object, rename: (name: string) => string): JsonObject {
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [rename(name), fact as Json]));
}
