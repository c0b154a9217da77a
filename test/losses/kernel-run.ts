/** Runs a loss on rows written by hand or in JSON, without the engine: cells -> kernel values -> rows, or the value of a fold. */
import type { BoundMatrix } from '../../src/engine/domain.ts';
import { layOutMasks } from '../../src/engine/masks.ts';
import { kernelValues } from '../../src/engine/values.ts';
import type {
  FoldLoss,
  GroupLoss,
  Holds,
  Input,
  Inputs,
  Loss,
  Params,
  ParamValue,
  ParamValues,
  RowLoss,
  Values,
} from '../../src/losses/define.ts';
import { kebab } from '../../src/losses/define.ts';
import { ExactSum } from '../../src/losses/math/exact-sum.ts';
import type { RoleName } from '../../src/losses/roles.ts';

/** A number, `"inf"`, `"-inf"`, `"nan"`, or lists of them. */
export type Cell = number | string | readonly Cell[];

export interface Rows {
  /** Role, camelCase or kebab-case -> a cell for each row. */
  readonly inputs: { readonly [role: string]: readonly Cell[] };
  readonly params?: { readonly [name: string]: ParamValue };
  readonly weight?: readonly number[];
}

export interface RowValues {
  /** One for each element of each row where the loss counts elements, else one a row. */
  readonly out: Float64Array;
  readonly norm: Float64Array;
  /** Values per row. */
  readonly width: number;
}

const NAMED = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
]);

export function numbersOf(cell: Cell): number[] {
  if (typeof cell === 'number') return [cell];
  if (typeof cell === 'string') return [NAMED.get(cell) ?? Number.NaN];
  return cell.flatMap(numbersOf);
}

/** Numbers past the end, which no kernel may read. */
const SENTINELS = 3;

function convert(holds: Holds, value: number): number {
  if (holds === 'binary') return value === -1 ? 0 : value;
  if (holds === 'sign') return value === 0 ? -1 : value;
  return value;
}

function cellsOf(rows: Rows, role: string): readonly Cell[] | undefined {
  return rows.inputs[role] ?? rows.inputs[kebab(role)];
}

function bindRole(rows: Rows, role: string, input: Input): BoundMatrix | undefined {
  const cells = cellsOf(rows, role);
  if (!cells) return undefined;
  const numbers = cells.map(numbersOf);
  const width = numbers[0].length;
  const data = new Float64Array((numbers.length + SENTINELS) * width).fill(Number.NaN);
  data.set(numbers.flat());
  const dims = dimsOf(cells[0]);
  return { role: role as RoleName, input, data, width, where: () => role, ...(dims.length > 1 && { dims }) };
}

function dimsOf(cell: Cell): number[] {
  return Array.isArray(cell) ? [cell.length, ...dimsOf(cell[0])] : [];
}

/** What the kernel gets, and how wide rows are. */
export function bind(loss: Loss, rows: Rows): { values: Values<Inputs>; bound: BoundMatrix[] } {
  const params = fillParams(loss, rows.params);
  const inputs = new Map<string, BoundMatrix>();
  const overrides = loss.domain?.(params) ?? {};
  for (const [name, declared] of Object.entries(loss.inputs)) {
    const alternatives = 'oneOf' in declared ? declared.oneOf : { [name]: declared };
    const bound = Object.entries(alternatives).flatMap(
      ([role, input]) => bindRole(rows, role, { ...input, ...overrides[role] }) ?? [],
    )[0];
    if (bound) inputs.set(name, bound);
  }
  layOutMasks({ loss, params }, inputs, undefined, rowCount(rows));
  for (const [name, bound] of inputs)
    inputs.set(name, { ...bound, data: bound.data.map((value) => convert(bound.input.holds, value)) });
  return { values: kernelValues(loss, inputs), bound: [...inputs.values()] };
}

/** What three columns need where a loss has to be told: quantile levels, class counts. */
const LEVELS = [0.1, 0.5, 0.9];
const COUNTS = [5, 3, 2];

function defaultOf(loss: Loss, key: string): ParamValue {
  const param = loss.params[key];
  const needed = loss.refuse?.({ [key]: param.default } as ParamValues<Params>, []) !== undefined;
  if (param.type === 'list' && param.per === 'quantile' && needed) return LEVELS;
  if (key === 'symbols') return COUNTS.length;
  return key === loss.needs ? COUNTS : param.default;
}

export function fillParams(loss: Loss, given: Rows['params'] = {}): ParamValues<Params> {
  const filled: Record<string, ParamValue> = {};
  for (const [key, param] of Object.entries(loss.params)) {
    const value = given[key] ?? given[kebab(key)] ?? defaultOf(loss, key);
    filled[key] = param.type === 'list' && typeof value === 'number' ? [value] : value;
  }
  return filled as ParamValues<Params>;
}

export function rowCount(rows: Rows): number {
  return Object.values(rows.inputs)[0].length;
}

/** The kernel's rows. Throws when it writes past them. */
export function runRows(loss: RowLoss | GroupLoss, rows: Rows): RowValues {
  const { values, bound } = bind(loss, rows);
  const width = loss.kind === 'row' && loss.elements ? Math.max(...bound.map((input) => input.width)) : 1;
  const rowsIn = rowCount(rows) * width;
  const n = loss.kind === 'group' && loss.values === 'group' ? 1 : rowsIn; // values out
  const out = new Float64Array(n + SENTINELS).fill(-7);
  const norm = new Float64Array(n + SENTINELS).fill(1);
  loss.kernel(values, fillParams(loss, rows.params), rowsIn, out, norm);
  if (out.subarray(n).some((value) => value !== -7) || norm.subarray(n).some((value) => value !== 1))
    throw new Error('wrote past n');
  return { out: out.subarray(0, n), norm: norm.subarray(0, n), width };
}

export function runFold(loss: FoldLoss, rows: Rows): number {
  const { values } = bind(loss, rows);
  const params = fillParams(loss, rows.params);
  const slots = loss.slots(values, params);
  const sums = Array.from({ length: slots }, () => new ExactSum());
  const largest = new Float64Array(slots).fill(Number.NEGATIVE_INFINITY);
  const n = rowCount(rows);
  const weight = Float64Array.from(rows.weight ?? new Array(n).fill(1));
  const add = (slot: number, term: number) => {
    sums[slot].add(Float64Array.of(term), 1);
    largest[slot] = Math.max(largest[slot], term);
  };
  const addAll = (slot: number, terms: Float64Array, size: number) => {
    for (const term of terms.subarray(0, size)) add(slot, term);
  };
  loss.fold(values, params, n, weight, { add, addAll });
  const isMax = (slot: number) => loss.combine?.(slot) === 'max';
  const finished = Float64Array.from(sums, (sum, slot) => (isMax(slot) ? largest[slot] : sum.value()));
  return loss.finish(
    finished,
    params,
    Float64Array.from(sums, (sum) => sum.rest()),
  ).value;
}

function total(terms: Iterable<number>): number {
  const sum = new ExactSum();
  const values = Float64Array.from(terms);
  sum.add(values, values.length);
  return sum.value();
}

/** The value of a loss over all rows; reductions as the engine defines them. */
export function evaluate(loss: Loss, rows: Rows, reduction: string = loss.reduction ?? 'mean'): number {
  if (loss.kind === 'fold') return runFold(loss, rows);
  const { out, norm, width } = runRows(loss, rows);
  const weightOf = (i: number) => rows.weight?.[Math.floor(i / width)] ?? 1;
  const sum = total(out.map((value, i) => weightOf(i) * value));
  if (reduction === 'sum') return sum;
  if (reduction === 'batchmean') return sum / rowCount(rows);
  return sum / total(norm.map((value, i) => weightOf(i) * value));
}

/** Each row, or the group, as `--reduction none` shows it: the mean or the sum of its elements. */
export function perRow(loss: RowLoss | GroupLoss, rows: Rows): number[] {
  const { out, width } = runRows(loss, rows);
  const divisor = loss.kind === 'row' && loss.elements === 'mean' ? width : 1;
  return Array.from({ length: out.length / width }, (_, row) => total(out.subarray(row * width, (row + 1) * width)) / divisor);
}
