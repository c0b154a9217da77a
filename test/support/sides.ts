/** Sides of comparisons made of arrays: no files, no kernels. */
import { compareSides, type Outcome } from '../../src/engine/compare/compare.ts';
import { KeyColumn, KeyNumbers } from '../../src/engine/compare/keys.ts';
import type { Settings } from '../../src/engine/compare/settings.ts';
import type { Side } from '../../src/engine/compare/side.ts';
import { resolve } from '../../src/engine/resolve.ts';
import type { Result } from '../../src/engine/result.ts';
import { LOSSES } from '../../src/losses/index.ts';

export interface Rows {
  readonly losses: readonly number[];
  readonly weight?: readonly number[];
  readonly keys?: readonly string[];
  /** What the rows are: hashes differ where these do. */
  readonly targets?: readonly number[];
  /** The slice of each row, by name. */
  readonly slices?: readonly string[];
  readonly clusters?: readonly number[];
  /** Rows that were read, and not evaluated. */
  readonly skipped?: readonly number[];
  readonly method?: string;
  readonly direction?: 'lower' | 'higher';
  /** No values of rows: a fold. */
  readonly fold?: boolean;
}

export function side(name: string, names: KeyNumbers, rows: Rows): Side {
  const { losses, keys, slices = [], clusters, skipped = [], direction = 'lower' } = rows;
  const n = losses.length;
  const evaluated = Array.from(losses.keys()).filter((row) => !skipped.includes(row));
  const take = (of: (row: number) => number) => Float64Array.from(evaluated, of);
  const weight = rows.weight ?? losses.map(() => 1);
  const known = [...new Set(slices)];
  const columns = {
    number: take((row) => row),
    order: take((row) => row),
    value: take((row) => losses[row]),
    numerator: take((row) => losses[row] * weight[row]),
    denominator: take((row) => weight[row]),
    slice: Int32Array.from(evaluated, (row) => (slices.length ? known.indexOf(slices[row]) : -1)),
  };
  const column = new KeyColumn(names);
  for (const key of keys ?? []) column.note(key);
  const hashes = Int32Array.from({ length: 2 * n }, (_, i) => (rows.targets ? rows.targets[i >> 1] : 0) + (i & 1));
  const overall = { direction, slice: null, n: -1, unit: 'target', value: Number.NaN } as Result;
  const kept = rows.fold ? null : columns;
  const value = losses.reduce((sum, loss) => sum + loss, 0) / n;
  return {
    name,
    rows: n,
    identity: { keys: keys ? column.finish() : null, hashes, groups: null },
    losses: [
      {
        method: rows.method ?? 'mae|mean',
        rows: kept,
        rowsOfSlices: kept,
        results: [rows.fold ? { ...overall, n, value } : overall],
      },
    ],
    slices: known.map((one) => new Map([['region', one]])),
    clusters: clusters ? Int32Array.from(clusters) : null,
  };
}

export const SETTINGS: Settings = {
  level: 0.95,
  method: 'percentile',
  resamples: 2000,
  seed: 12345,
  adjust: 'holm',
  tolerance: { rel: 0, abs: 0 },
  minN: 0,
  unmatched: 'error',
};

/** `lossctl compare` without files: the losses are those given. */
export async function compared(base: Rows, candidate: Rows, settings: Partial<Settings> = {}, loss = 'mae'): Promise<Outcome> {
  const names = new KeyNumbers();
  const chosen = resolve(LOSSES, { specs: [loss], flags: new Map(), reduction: undefined });
  const sides = [side('base.csv', names, base), side('cand.csv', names, candidate)] as const;
  return compareSides(...sides, chosen, { ...SETTINGS, ...settings }, async () => {});
}
