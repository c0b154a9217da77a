/**
 * The values of rows in a state. Statistics of rows do not add up, so that a run that keeps its rows (`--stats`, `--hist`, `--ci`,
 * `--top`) writes them down for whoever merges: base64 of little-endian float64, of int32 for slices and clusters.
 */
import { Fault } from '../../io/fault.ts';
import type { RawClusters, RowColumns } from '../kept-rows.ts';
import type { Run } from '../results.ts';
import { encodeNumbers } from './base64.ts';

/** The columns of kept rows, in the order of the input. What goes without saying is `null`. */
export interface ValuesOf<Floats, Integers> {
  readonly value: Floats;
  /** `null`: the values, times the denominators. */
  readonly numerator: Floats | null;
  /** `null`: 1 each. */
  readonly denominator: Floats | null;
  /** `null`: nothing is sliced. */
  readonly slice: Integers | null;
  /** Among the rows that were read, from 0. `null`: 0, 1, 2 ... */
  readonly number: Floats | null;
}

export interface RowsState {
  /** One for each loss of `run`. */
  readonly losses: readonly ValuesOf<string, string>[];
  /** A text for each cluster, and for each row that was read which of them. */
  readonly clusters: { readonly texts: readonly string[]; readonly ids: string } | null;
  /** Where the worst rows were asked for. */
  readonly top: TopState | null;
}

/** What stands in the worst rows. */
export interface TopState {
  /** So many of each loss. */
  readonly count: number;
  readonly columns: readonly string[];
  readonly rows: readonly {
    /** From 1. */
    readonly row: number;
    /** The text in each of the columns. */
    readonly cells: readonly string[];
  }[];
}

/** A text of V8 has 2 ** 29 - 24 characters at most: this leaves room for the sums. */
const MOST_CHARACTERS = 500_000_000;

/** `null` for a run that keeps no rows. */
export function rowsState(
  runs: readonly Run[],
  clusters: RawClusters | null,
  top: TopState | null,
  most = MOST_CHARACTERS,
): RowsState | null {
  const kept = runs.flatMap((run) => run.kept ?? []);
  if (kept.length < runs.length) return null;
  const losses = kept.map((rows) => withoutTheObvious(rows.columns()));
  const columns = losses.flatMap((values) => Object.values(values).filter((column) => column !== null));
  const texts = [...(clusters?.texts ?? []), ...(top?.rows ?? []).flatMap(({ cells }) => cells)];
  refuseLong(clusters ? [...columns, clusters.ids] : columns, texts, most);
  const encoded = (column: Float64Array | Int32Array | null) => column && encodeNumbers(column);
  return {
    losses: losses.map(({ value, numerator, denominator, slice, number }) => ({
      value: encodeNumbers(value),
      numerator: encoded(numerator),
      denominator: encoded(denominator),
      slice: encoded(slice),
      number: encoded(number),
    })),
    clusters: clusters && { ...clusters, ids: encodeNumbers(clusters.ids) },
    top,
  };
}

/** Most losses say the same of a row twice: this makes a state half or a third as long. */
function withoutTheObvious(rows: RowColumns): ValuesOf<Float64Array, Int32Array> {
  const { value, numerator, denominator, slice, order } = rows;
  const unless = <T extends Float64Array | Int32Array>(column: T, obvious: (i: number) => number) =>
    column.every((one, i) => Object.is(one, obvious(i))) ? null : column;
  return {
    value,
    numerator: unless(numerator, (i) => termOf(value[i], denominator[i])),
    denominator: unless(denominator, () => 1),
    slice: unless(slice, () => -1),
    number: unless(order, (i) => i),
  };
}

/** What a row of one element adds to the sum, to the bit: sums begin at 0, which makes 0 of -0. */
export function termOf(value: number, denominator: number): number {
  return 0 + denominator * value;
}

function refuseLong(columns: readonly (Float64Array | Int32Array)[], texts: readonly string[], most: number): void {
  const ofColumns = columns.reduce((sum, { byteLength }) => sum + 4 * Math.ceil(byteLength / 3), 0);
  const characters = texts.reduce((sum, text) => sum + text.length + 3, ofColumns); // with quotes and a comma
  if (characters <= most) return;
  throw new Fault(
    `--state-out: the values of the rows take ${Math.ceil(characters / 1e6)} MB, and a state holds ${most / 1e6} MB`,
    'cut the data into more parts, and merge all of them at once; without --stats, --hist, --ci and --top a state holds sums only',
  );
}
