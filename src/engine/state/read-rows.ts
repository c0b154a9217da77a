/** The rows of a state, each column checked: as many as were counted, in slices and clusters that there are. */
import type { RawClusters, RawRows } from '../kept-rows.ts';
import { count, fields, list, orNull, text } from '../shape.ts';
import { decodeFloats, decodeIntegers } from './base64.ts';
import { type RowsState, type TopState, termOf, type ValuesOf } from './rows.ts';
import type { LossState, State } from './state.ts';

export interface ReadRows {
  /** One for each loss of `run`. */
  readonly losses: readonly RawRows[];
  readonly clusters: RawClusters | null;
  readonly top: TopState | null;
}

export const ROWS = fields({
  losses: list(
    fields({
      value: text,
      numerator: orNull(text),
      denominator: orNull(text),
      slice: orNull(text),
      number: orNull(text),
    }),
  ),
  clusters: orNull(fields({ texts: list(text), ids: text })),
  top: orNull(fields({ count, columns: list(text), rows: list(fields({ row: count, cells: list(text) })) })),
});

/** `fault` makes an error of what is wrong. */
export function readRows({ losses, clusters, top }: RowsState, state: State, fault: (wrong: string) => Error): ReadRows {
  if ((clusters === null) !== (state.inputs.columns.cluster === undefined)) throw fault('its clusters are not those of a column');
  if (losses.length !== state.losses.length) throw fault('it has not as many columns of rows as losses');
  const read = losses.map((values, index) => {
    const loss = state.losses[index];
    const columns = decoded(values, `state.rows.losses[${index}]`, fault);
    const wrong = inconsistency(columns, loss, state);
    if (wrong) throw fault(wrong);
    return withTheObvious(columns);
  });
  if (top?.rows.some(({ cells }) => cells.length !== top.columns.length))
    throw fault('a worst row has not as many cells as there are columns');
  return { losses: read, clusters: clusters && readClusters(clusters, state, fault), top };
}

function decoded(
  { value, numerator, denominator, slice, number }: ValuesOf<string, string>,
  path: string,
  fault: (wrong: string) => Error,
): ValuesOf<Float64Array, Int32Array> {
  const floats = (name: string, column: string): Float64Array => {
    const values = decodeFloats(column);
    if (!values) throw fault(`${path}.${name} is not base64 of float64`);
    return values;
  };
  const integers = slice === null ? null : decodeIntegers(slice);
  if (slice !== null && !integers) throw fault(`${path}.slice is not base64 of int32`);
  return {
    value: floats('value', value),
    numerator: numerator === null ? null : floats('numerator', numerator),
    denominator: denominator === null ? null : floats('denominator', denominator),
    slice: integers,
    number: number === null ? null : floats('number', number),
  };
}

function inconsistency(columns: ValuesOf<Float64Array, Int32Array>, { tally }: LossState, { run, inputs }: State): string | null {
  const { value, slice, number } = columns;
  const { units } = tally.overall;
  if (Object.values(columns).some((column) => column !== null && column.length !== units))
    return `it counts ${units} values, and holds other numbers of them`;
  if (!number ? units > inputs.rows : !isRising(number, inputs.rows)) return 'the numbers of its rows are none of the input';
  if ((slice === null) !== (run.by.length === 0 || value.length === 0)) return 'its rows are sliced in another way than it says';
  const counts = new Float64Array(tally.slices.length);
  for (const id of slice ?? []) counts[id]++; // of a slice that there is not, nothing is counted, and too few are in the others
  return slice && counts.some((count, id) => count !== tally.slices[id].units) ? 'its slices hold other rows than it counts' : null;
}

/** Whole numbers below `end`, each larger than the one before. */
function isRising(numbers: Float64Array, end: number): boolean {
  return numbers.every((one, i) => Number.isInteger(one) && one < end && one > (i > 0 ? numbers[i - 1] : -1));
}

function withTheObvious({ value, numerator, denominator, slice, number }: ValuesOf<Float64Array, Int32Array>): RawRows {
  const divisor = denominator ?? new Float64Array(value.length).fill(1);
  return {
    value,
    numerator: numerator ?? value.map((one, i) => termOf(one, divisor[i])),
    denominator: divisor,
    slice: slice ?? new Int32Array(value.length).fill(-1),
    number: number ?? value.map((_, i) => i),
  };
}

function readClusters(
  { texts, ids }: NonNullable<RowsState['clusters']>,
  { inputs }: State,
  fault: (wrong: string) => Error,
): RawClusters {
  const numbers = decodeIntegers(ids);
  if (!numbers) throw fault('state.rows.clusters.ids is not base64 of int32');
  if (numbers.length !== inputs.rows) throw fault(`it counts ${inputs.rows} rows, and holds the clusters of ${numbers.length}`);
  if (numbers.some((id) => id < 0 || id >= texts.length)) throw fault('a row is in a cluster that it does not name');
  return { texts, ids: numbers };
}
