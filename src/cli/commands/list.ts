import type { ChalkInstance } from 'chalk';
import { Fault, quote } from '../../io/fault.ts';
import type { Loss } from '../../losses/define.ts';
import { lossObject } from '../render/facts.ts';
import { drawTable } from '../render/table.ts';
import { toJson } from '../render/tojson.ts';

/** Keeps the losses that have all of what is set. */
export interface LossFilter {
  readonly task?: string | undefined;
  readonly convex?: boolean | undefined;
  readonly differentiable?: boolean | undefined;
  readonly robust?: boolean | undefined;
  readonly symmetric?: boolean | undefined;
  readonly bounded?: boolean | undefined;
}

/** The filters that are flags without a value, with their help. `--differentiable` means everywhere, kinks excluded. */
export const PROPERTY_FILTERS: { readonly [F in Exclude<keyof LossFilter, 'task'>]: { help: string; holds(loss: Loss): boolean } } =
  {
    convex: { help: 'convex in the prediction', holds: (loss) => loss.properties.convexIn !== undefined },
    differentiable: { help: 'differentiable everywhere', holds: (loss) => loss.properties.differentiable === true },
    robust: { help: 'at most linear in an outlier', holds: (loss) => loss.properties.robust },
    symmetric: { help: 'unchanged when target and prediction swap', holds: (loss) => loss.properties.symmetric },
    bounded: { help: 'bounded above', holds: (loss) => loss.properties.maximum !== undefined },
  };

export function filterLosses(losses: readonly Loss[], filter: LossFilter): readonly Loss[] {
  const { task } = filter;
  const tasks = new Set<string>(losses.map((loss) => loss.task));
  if (task !== undefined && !tasks.has(task))
    throw new Fault(`no task is called ${quote(task)}`, `tasks: ${[...tasks].join(', ')}`);
  const wanted = (Object.keys(PROPERTY_FILTERS) as (keyof typeof PROPERTY_FILTERS)[]).filter((name) => filter[name]);
  return losses.filter(
    (loss) => (task === undefined || loss.task === task) && wanted.every((name) => PROPERTY_FILTERS[name].holds(loss)),
  );
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

export function renderFormats(formats: readonly FormatFact[], as: ListStyle, colors: ChalkInstance): string {
  if (as === 'json')
    return `${toJson(
      formats.map(({ name, extensions, help }) => ({ name, extensions, help })),
      2,
    )}\n`;
  const rows = formats.map(({ name, extensions, help }) => [colors.bold(name), extensions.join(' '), help]);
  return tableText(['name', 'extensions', 'reads'], rows, colors);
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[], colors: ChalkInstance): string {
  const aligns = head.map(() => 'left' as const);
  return `${drawTable(
    head.map((title) => colors.dim(title)),
    rows,
    aligns,
  ).join('\n')}\n`;
}
