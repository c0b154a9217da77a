/** A row loss as a function of one number x. Follows from the roles it declares: see `sweep-families.ts`. */
import { formsOf, type Input, kebab, type Params, type ParamValue, type ParamValues, type RowLoss } from '../../losses/define.ts';
import { inRange } from '../../losses/range.ts';
import { type Cells, pathsFor, type Roles } from './sweep-families.ts';

export interface Sweep {
  /** What x is, and what else decides the loss: `residual: pred - target, at var 1`. */
  readonly x: string;
  readonly from: number;
  readonly to: number;
  readonly params: ParamValues<Params>;
  /** The row at x; `undefined` outside the domain. */
  readonly row: (x: number) => Cells | undefined;
  /** A row that has the same loss at every x, if the name is right: see `Path`. */
  readonly twin?: (x: number) => Cells | undefined;
}

/** The ways to sweep a loss, the most telling name first. None for losses whose roles suggest nothing: masks, sequences. */
export function sweepsOf(loss: RowLoss): readonly Sweep[] {
  const setting = settingOf(loss);
  if (!setting) return [];
  const { roles, params } = setting;
  const lists = Object.entries(params).filter((entry): entry is [string, readonly number[]] => Array.isArray(entry[1]));
  const inside = (row: (x: number) => Cells) => (x: number) => (inDomain(roles, row(x)) ? row(x) : undefined);
  return pathsFor(roles).map(({ x, held = {}, row, twin, ...range }) => {
    const fixed = [...Object.entries(held), ...lists].map(([name, numbers]) => `${kebab(name)} ${numbers.join(' ')}`);
    const name = fixed.length ? `${x}, at ${fixed.join(', ')}` : x;
    return { ...range, x: name, params, row: inside(row), ...(twin && { twin: inside(twin) }) };
  });
}

function inDomain(roles: Roles, row: Cells): boolean {
  return Object.entries(row).every(([role, cells]) => cells.every((cell) => inRange(cell, roles[role])));
}

/** For losses that cannot do without: two quantiles or intervals, and a rare class. */
const LEVELS = [0.25, 0.75];
const COUNTS = [1, 9];

/** The least that a loss accepts: required roles before all, and lists of levels only where it refuses to go without. */
function settingOf(loss: RowLoss): { roles: Roles; params: ParamValues<Params> } | undefined {
  const inputs = inputsOf(loss);
  const choices = [paramsOf(loss, null), paramsOf(loss, LEVELS)].flatMap((params) =>
    [inputs.filter(([, { optional }]) => !optional), inputs].map((some) => ({ params, roles: rolesOf(loss, some, params) })),
  );
  return choices.find(({ params, roles }) => loss.refuse?.(params, Object.keys(roles)) === undefined);
}

function paramsOf(loss: RowLoss, levels: readonly number[] | null): ParamValues<Params> {
  const entries = Object.entries(loss.params).map(([key, param]): [string, ParamValue] => {
    if (param.type === 'list' && param.per === 'quantile') return [key, levels];
    return [key, key === loss.needs ? COUNTS : param.default];
  });
  return Object.fromEntries(entries) as ParamValues<Params>;
}

const LABELS: ReadonlySet<string> = new Set(['binary', 'sign', 'classes']);

/** Of several forms and of alternative roles the first, but no predicted label: it cannot move. */
function inputsOf({ inputs }: RowLoss): (readonly [role: string, input: Input])[] {
  const [form] = formsOf(inputs).keys();
  return Object.entries(inputs).flatMap(([name, input]) => {
    if ('oneOf' in input)
      return Object.entries(input.oneOf)
        .filter(([, { holds }]) => !LABELS.has(holds))
        .slice(0, 1);
    return input.form === undefined || input.form === form ? [[name, input] as const] : [];
  });
}

function rolesOf(loss: RowLoss, inputs: (readonly [string, Input])[], params: ParamValues<Params>): Roles {
  const domain = loss.domain?.(params) ?? {};
  return Object.fromEntries(inputs.map(([role, input]) => [role, { ...input, ...domain[role] }]));
}
