/** `--by age:0,18,65,inf` and `--by age:q4`: slices of a number by intervals. */
import type { Table, Wanted } from '../io/batch.ts';
import { Fault, quote } from '../io/fault.ts';
import { finiteNumber } from './number.ts';
import { select } from './select.ts';

/** One column that slices. */
export interface By {
  readonly column: string;
  /** Borders of intervals, rising; `null` where every text is a slice of its own. */
  readonly edges: readonly number[] | null;
  /** So many intervals with equally many rows, whose borders follow from the data. */
  readonly quantiles: number | null;
}

const INFINITE = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
]);

function edgeOf(text: string): number | undefined {
  return INFINITE.get(text) ?? finiteNumber(text);
}

/** `region,age:0,18,65,inf,sex` -> three columns: numbers after a colon belong to the column before it. */
export function parseBy(text: string, columns: readonly string[]): By[] {
  if (columns.includes(text)) return [{ column: text, edges: null, quantiles: null }];
  const found: { column: string; edges: number[] | null; quantiles: number | null }[] = [];
  for (const piece of text.split(',').map((part) => part.trim())) {
    const last = found.at(-1);
    const edge = edgeOf(piece);
    if (last?.edges && edge !== undefined && !columns.includes(piece)) {
      last.edges.push(edge);
      continue;
    }
    const colon = columns.includes(piece) ? -1 : piece.lastIndexOf(':');
    if (colon < 0) found.push({ column: piece, edges: null, quantiles: null });
    else found.push({ column: piece.slice(0, colon), ...binsOf(piece.slice(colon + 1), text) });
  }
  for (const { edges } of found) {
    if (edges?.some((edge, k) => k > 0 && !(edge > (edges[k - 1] as number))) || edges?.length === 1)
      throw new Fault(
        `--by ${quote(text)}: the borders ${edges.join(', ')} do not rise`,
        'write at least two, as in age:0,18,65,inf',
      );
  }
  return found;
}

function binsOf(bins: string, text: string): { edges: number[] | null; quantiles: number | null } {
  const [, count] = /^q(\d+)$/.exec(bins) ?? [];
  if (count !== undefined && Number(count) >= 2 && Number(count) <= 100) return { edges: null, quantiles: Number(count) };
  const first = edgeOf(bins);
  if (first !== undefined) return { edges: [first], quantiles: null };
  throw new Fault(
    `--by ${quote(text)}: ${quote(bins)} are no bins`,
    'write borders, as in age:0,18,65,inf, or quantiles, as in age:q4',
  );
}

/** Which interval a number lies in, by its name: `[18, 65)`. The last one holds its upper border. */
export function binName(value: number, edges: readonly number[]): string {
  const last = edges.length - 1;
  if (value < (edges[0] as number)) return `below ${edges[0]}`;
  if (value > (edges[last] as number)) return `above ${edges[last]}`;
  const k = Math.min(
    last - 1,
    edges.findLastIndex((edge) => edge <= value),
  );
  return `[${edges[k]}, ${edges[k + 1]}${k === last - 1 ? ']' : ')'}`;
}

/** What a missing value belongs to: it lies in no interval, and its row is in some slice all the same. */
export const NO_BIN = 'missing';

/** Borders of bins with equally many rows, for the columns that ask for them. Reads the table once. */
export async function withQuantileEdges(table: Table, by: readonly By[], batchRows: number): Promise<By[]> {
  const asked = by.filter(({ quantiles }) => quantiles !== null);
  const wanted = asked.map(({ column }): Wanted => ({ column: select(table.columns, column, '--by')[0] as number, as: 'number' }));
  const values = asked.map((): number[] => []);
  for await (const batch of table.read(wanted, { batchRows })) {
    for (const [k, column] of batch.columns.entries()) {
      if (column.kind !== 'number') throw new Error('bins were not read as numbers');
      for (const value of column.values) if (!Number.isNaN(value)) values[k]?.push(value);
    }
  }
  const edges = asked.map(({ column, quantiles }, k) =>
    quantileEdges(column, Float64Array.from(values[k] ?? []).sort(), quantiles ?? 1),
  );
  return by.map((one) => {
    const at = asked.indexOf(one);
    return at < 0 ? one : { ...one, edges: edges[at] as number[], quantiles: null };
  });
}

function quantileEdges(column: string, sorted: Float64Array, count: number): number[] {
  const edges = Array.from(
    { length: count + 1 },
    (_, k) => sorted[Math.min(sorted.length - 1, Math.floor((k * sorted.length) / count))],
  );
  const different = [...new Set(edges)].filter((edge): edge is number => edge !== undefined);
  if (different.length >= 2) return different;
  throw new Fault(`--by ${column}:q${count}: the column has one value only`, 'slices need values that differ');
}
