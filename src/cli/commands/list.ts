import type { ChalkInstance } from 'chalk';
import type { Code } from '../../engine/codes.ts';
import { Fault, quote } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import { equivalentsOf } from '../../losses/libraries.ts';
import { lossObject, rolesOf } from '../render/facts.ts';
import { drawTable } from '../render/table.ts';
import { toJson } from '../render/tojson.ts';

/** Keeps the losses that have all of what is set. */
export interface LossFilter {
  readonly task?: string | undefined;
  /** A role, such as `logits`. */
  readonly input?: string | undefined;
  /** Text anywhere in what is said of the loss. */
  readonly search?: string | undefined;
  readonly convex?: boolean | undefined;
  readonly differentiable?: boolean | undefined;
  readonly robust?: boolean | undefined;
  readonly symmetric?: boolean | undefined;
  readonly bounded?: boolean | undefined;
  readonly relative?: boolean | undefined;
}

/** The filters that are flags without a value, with their help. `--differentiable` means everywhere, kinks excluded. */
export const PROPERTY_FILTERS: {
  readonly [F in Exclude<keyof LossFilter, 'task' | 'input' | 'search'>]: { help: string; holds(loss: Loss): boolean };
} = {
  convex: { help: 'convex in the prediction', holds: (loss) => loss.properties.convexIn !== undefined },
  differentiable: { help: 'differentiable everywhere', holds: (loss) => loss.properties.differentiable === true },
  robust: { help: 'at most linear in an outlier', holds: (loss) => loss.properties.robust },
  symmetric: { help: 'unchanged when target and prediction swap', holds: (loss) => loss.properties.symmetric },
  bounded: { help: 'bounded above', holds: (loss) => loss.properties.maximum !== undefined },
  relative: { help: 'takes --relative: its best constant is known', holds: (loss) => loss.bestConstant !== undefined },
};

export function filterLosses(losses: readonly Loss[], filter: LossFilter): readonly Loss[] {
  const { task, input, search } = filter;
  mustBeOne('task', task, new Set<string>(losses.map((loss) => loss.task)));
  mustBeOne('input', input, new Set(losses.flatMap((loss) => rolesOf(loss).map(({ role }) => role))));
  const wanted = (Object.keys(PROPERTY_FILTERS) as (keyof typeof PROPERTY_FILTERS)[]).filter((name) => filter[name]);
  return losses.filter(
    (loss) =>
      (task === undefined || loss.task === task) &&
      (input === undefined || rolesOf(loss).some(({ role }) => role === input)) &&
      (search === undefined || textOf(loss).includes(search.toLowerCase())) &&
      wanted.every((name) => PROPERTY_FILTERS[name].holds(loss)),
  );
}

function mustBeOne(what: string, asked: string | undefined, known: ReadonlySet<string>): void {
  if (asked !== undefined && !known.has(asked))
    throw new Fault(`no ${what} is called ${quote(asked)}`, `${what}s: ${[...known].join(', ')}`);
}

/** What `--search` looks through. */
function textOf(loss: Loss): string {
  const calls = equivalentsOf(loss).map(([, { call }]) => call);
  return [loss.name, ...loss.aliases, loss.summary, loss.formula.text, ...loss.pitfalls, ...calls].join('\n').toLowerCase();
}

export type ListStyle = 'table' | 'json';

/** JSON is an array with every fact, so that `jq length` counts losses. */
export function renderList(losses: readonly Loss[], as: ListStyle, colors: ChalkInstance): string {
  if (as === 'json') return `${toJson(losses.map(lossObject), 2)}\n`;
  return tableText(
    ['name', 'task', 'summary'],
    losses.map((loss) => [colors.bold(loss.name), loss.task, loss.summary]),
    colors,
  );
}

export interface FormatFact {
  readonly name: string;
  readonly extensions: readonly string[];
  readonly help: string;
}

export function renderFormats(
  formats: readonly FormatFact[],
  as: ListStyle,
  colors: ChalkInstance,
  what: 'reads' | 'writes' = 'reads',
): string {
  if (as === 'json')
    return `${toJson(
      formats.map(({ name, extensions, help }) => ({ name, extensions, help })),
      2,
    )}\n`;
  const rows = formats.map(({ name, extensions, help }) => [colors.bold(name), extensions.join(' '), help]);
  return tableText(['name', 'extensions', what], rows, colors);
}

/** What a run may refuse, warn about or note. */
export function renderCodes(codes: readonly Code[], as: ListStyle, colors: ChalkInstance): string {
  if (as === 'json')
    return `${toJson(
      codes.map(({ code, severity, help }) => ({ code, severity, help })),
      2,
    )}\n`;
  return tableText(
    ['code', 'severity', 'what it says'],
    codes.map(({ code, severity, help }) => [colors.bold(code), severity, help]),
    colors,
  );
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[], colors: ChalkInstance): string {
  const aligns = head.map(() => 'left' as const);
  return `${drawTable(
    head.map((title) => colors.dim(title)),
    rows,
    aligns,
  ).join('\n')}\n`;
}
