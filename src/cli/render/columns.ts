/** Which columns the readable formats show: loss, value and n always, the others when they say something. */
import type { Result, SliceKey } from '../../engine/result.ts';
import { bars, fullDigits, REASONS, shortDigits } from './numbers.ts';

export interface Column<T = Result> {
  readonly title: string;
  /** `id`: cells to be escaped. `slice`: the title as well. A slice can be titled `value`, so titles decide nothing. */
  readonly holds: 'id' | 'slice' | 'value' | 'fact';
  readonly right?: boolean;
  cell(item: T): string;
}

export function columnsOf(results: readonly Result[]): readonly Column[] {
  const some = (says: (result: Result) => boolean, column: Column): Column[] => (results.some(says) ? [column] : []);
  const units = new Set(results.map((r) => r.unit));
  return [
    ...some((r) => r.data !== undefined, { title: 'data', holds: 'id', cell: (r) => r.data ?? '' }),
    { title: 'loss', holds: 'id', cell: (r) => r.id },
    ...sliceColumns(results),
    ...some((r) => r.reduction !== 'mean', { title: 'reduction', holds: 'fact', cell: (r) => r.reduction }),
    { title: 'value', holds: 'value', right: true, cell: valueText },
    ...intervalColumns(results),
    ...componentColumns(results),
    ...statisticColumns(results),
    ...some((r) => r.histogram !== undefined, {
      title: 'histogram',
      holds: 'fact',
      cell: (r) => (r.histogram ? bars(r.histogram.counts) : ''),
    }),
    // One unit for all says nothing; several say that the values must not be compared with each other.
    ...(units.size > 1 ? [{ title: 'unit', holds: 'fact' as const, cell: (r: Result) => r.unit }] : []),
    { title: 'n', holds: 'fact', right: true, cell: (r) => `${fullDigits(r.n)}${r.few ? ' (few)' : ''}` },
    ...some((r) => r.weightSum !== r.n, { title: 'weight', holds: 'fact', right: true, cell: (r) => shortDigits(r.weightSum) }),
    ...some((r) => r.groups !== null, {
      title: 'groups',
      holds: 'fact',
      right: true,
      cell: (r) => (r.groups ? fullDigits(r.groups.count) : ''),
    }),
    ...some((r) => r.skipped > 0, { title: 'skipped', holds: 'fact', right: true, cell: (r) => fullDigits(r.skipped) }),
    ...some((r) => r.ignored > 0, { title: 'ignored', holds: 'fact', right: true, cell: (r) => fullDigits(r.ignored) }),
  ];
}

/** One column for each `--by`, in its order. */
export function sliceColumns<T extends Pick<Result, 'slice'>>(results: readonly T[]): Column<T>[] {
  const names = new Set(results.flatMap((r) => (r.slice ? [...r.slice.keys()] : [])));
  return Array.from(names, (name) => ({
    title: name,
    holds: 'slice',
    cell: ({ slice }) => sliceCell(slice, name),
  }));
}

/** Empty where another data set of the suite has the column. */
function sliceCell(slice: SliceKey | null, column: string): string {
  if (!slice) return '(all)';
  return slice.has(column) ? slice.get(column) || '""' : '';
}

function intervalColumns(results: readonly Result[]): Column[] {
  const level = results.find(({ interval }) => interval)?.interval?.level;
  if (level === undefined) return [];
  const cell = ({ interval }: Result) => (interval ? `[${shortDigits(interval.low)}, ${shortDigits(interval.high)}]` : '');
  return [{ title: `${percentText(level)} interval`, holds: 'fact', cell }];
}

function statisticColumns(results: readonly Result[]): Column[] {
  const names = results.some(({ stats }) => stats)
    ? (['mean', 'std', 'min', 'p5', 'p25', 'p50', 'p75', 'p95', 'max'] as const)
    : [];
  return names.map((name) => ({
    title: name,
    holds: 'fact',
    right: true,
    cell: ({ stats }) => (stats ? shortDigits(stats[name]) : ''),
  }));
}

/** One column for each part that some loss reports beside its value. */
function componentColumns(results: readonly Result[]): Column[] {
  const names = new Set(results.flatMap((r) => [...(r.components?.keys() ?? [])]));
  return Array.from(names, (name) => ({
    title: name,
    holds: 'fact',
    right: true,
    cell: ({ components }) => (components?.has(name) ? shortDigits(components.get(name) as number) : ''),
  }));
}

export function valueText({ value, status }: Pick<Result, 'value' | 'status'>): string {
  return status === 'ok' ? shortDigits(value) : `${status} (${REASONS[status]})`;
}

/** `95%` of 0.95. */
export function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(6))}%`;
}
