/** The JSON of a run -> its report, for `lossctl report`. */
import { parseAssertion } from '../engine/assert.ts';
import { parsedJson, refuseFlaw } from '../engine/document.ts';
import type { Comparison, DataSet, Gate, Inputs, Report, Result, WorstRow } from '../engine/result.ts';
import { isObject } from '../engine/shape.ts';
import { Fault, quote } from '../io/fault.ts';
import type { ParamValue } from '../losses/define.ts';
import { SCHEMA } from './render/document.ts';
import { plainName } from './render/escape.ts';
import { RESULT } from './result-shape.ts';

type Entries<T> = Readonly<Record<string, T>>;
/** `null` where it is not finite. */
type StoredNumber = number | null;

interface StoredInputs {
  readonly files: Inputs['files'];
  readonly targets?: {
    readonly file: string;
    readonly on: string | null;
    readonly matched?: number;
    readonly unmatched_predictions?: number;
    readonly unmatched_targets?: number;
  };
  readonly where?: Inputs['where'];
  readonly rows: number;
  readonly columns: Entries<string>;
}

type Plain = 'data' | 'id' | 'loss' | 'reduction' | 'status' | 'n' | 'skipped' | 'ignored' | 'unit' | 'direction' | 'signature';

interface StoredResult extends Pick<Result, Plain> {
  readonly params: Entries<ParamValue>;
  readonly slice: Entries<string> | null;
  readonly value: StoredNumber;
  readonly few?: boolean;
  readonly weight_sum: StoredNumber;
  readonly denominator: StoredNumber;
  readonly components?: Entries<StoredNumber>;
  readonly groups?: NonNullable<Result['groups']>;
  readonly stats?: Entries<StoredNumber>;
  readonly histogram?: { readonly edges: readonly StoredNumber[]; readonly counts: readonly number[] };
  readonly interval?: Omit<NonNullable<Result['interval']>, 'low' | 'high'> & {
    readonly low: StoredNumber;
    readonly high: StoredNumber;
  };
  readonly top?: readonly { readonly row: number; readonly value: StoredNumber; readonly cells: Entries<string> }[];
}

interface StoredGate extends Pick<Gate, 'data' | 'id' | 'level' | 'assert' | 'result' | 'statistic' | 'pass'> {
  readonly slice: Entries<string> | null;
  readonly value: StoredNumber;
  readonly status?: Gate['status'];
  readonly limit: StoredNumber;
}

interface StoredReport extends Pick<Report, 'warnings' | 'verdict'> {
  readonly data?: readonly (Omit<DataSet, 'inputs'> & { readonly inputs: StoredInputs | null })[];
  readonly inputs: StoredInputs;
  readonly results: readonly StoredResult[];
  readonly gates: readonly StoredGate[];
}

export function readResult(name: string, content: string): Report {
  const fault = (wrong: string) =>
    new Fault(`${quote(name)} is not a result of lossctl: ${wrong}`, 'lossctl eval --json and lossctl check --json write results');
  const value = parsedJson(content, fault);
  if (!isObject(value) || value.schema !== SCHEMA) throw fault(`its schema is not ${quote(SCHEMA)}`);
  refuseFlaw(RESULT, 'result', value, fault);
  const { data, inputs, results, gates, warnings, verdict } = value as unknown as StoredReport;
  return {
    ...(data && { data: data.map((set) => ({ ...set, inputs: set.inputs && inputsOf(set.inputs) })) }),
    inputs: inputsOf(inputs),
    results: results.map(resultOf),
    gates: gates.map((gate) => gateOf(gate, results)),
    warnings,
    verdict,
  };
}

function inputsOf({ files, targets, where = [], rows, columns }: StoredInputs): Inputs {
  return { files, targets: targets ? targetsOf(targets) : null, where, rows, columns: mapOf(columns) };
}

function targetsOf(targets: NonNullable<StoredInputs['targets']>): Inputs['targets'] {
  const { file, on, matched, unmatched_predictions: unmatchedPredictions = 0, unmatched_targets: unmatchedTargets = 0 } = targets;
  return { file, on, join: matched === undefined ? null : { matched, unmatchedPredictions, unmatchedTargets } };
}

function resultOf(stored: StoredResult): Result {
  const { params, slice, value, few, weight_sum, denominator, components, groups, stats, histogram, interval, top, ...rest } =
    stored;
  return {
    ...rest,
    // our own words, which renderers print as they stand: a file may say anything
    reduction: plainName(rest.reduction) as Result['reduction'],
    unit: plainName(rest.unit),
    params: mapOf(params),
    slice: slice && mapOf(slice),
    value: numberOf(value, rest.status),
    few: few ?? false,
    weightSum: numberOf(weight_sum),
    denominator: numberOf(denominator),
    components: components ? new Map([...numbersOf(components)].map(([part, found]) => [plainName(part), found])) : null,
    groups: groups ?? null,
    ...(stats && { stats: Object.fromEntries(numbersOf(stats)) as NonNullable<Result['stats']> }),
    ...(histogram && { histogram: histogramOf(histogram) }),
    ...(interval && { interval: { ...interval, low: numberOf(interval.low), high: numberOf(interval.high) } }),
    ...(top && { top: top.map(worstOf) }),
  };
}

function histogramOf({ edges, counts }: NonNullable<StoredResult['histogram']>): NonNullable<Result['histogram']> {
  return { edges: Float64Array.from(edges, (edge) => numberOf(edge)), counts: Float64Array.from(counts) };
}

function worstOf({ row, value, cells }: NonNullable<StoredResult['top']>[number]): WorstRow {
  return { row, value: numberOf(value), cells: mapOf(cells) };
}

function gateOf({ slice, value, status = 'ok', limit, ...rest }: StoredGate, results: readonly StoredResult[]): Gate {
  const found = { value: numberOf(value, status), status, limit: numberOf(limit) };
  return { ...rest, ...found, slice: slice && mapOf(slice), comparison: comparisonOf(rest, results) };
}

/** What an assertion says; a gate against a baseline follows from which way is better. */
function comparisonOf(
  { assert, result, data }: Pick<Gate, 'assert' | 'result' | 'data'>,
  results: readonly StoredResult[],
): Comparison {
  try {
    return parseAssertion(assert).comparison;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return results.find((one) => one.id === result && one.data === data)?.direction === 'higher' ? '>=' : '<=';
  }
}

function mapOf<T>(entries: Entries<T>): Map<string, T> {
  return new Map(Object.entries(entries));
}

function numbersOf(entries: Entries<StoredNumber>): Map<string, number> {
  return new Map(Object.entries(entries).map(([key, value]) => [key, numberOf(value)]));
}

/** JSON has `null` for what is not finite, and says beside it what it was. */
function numberOf(value: StoredNumber, status?: Gate['status']): number {
  if (value !== null) return value;
  if (status === 'inf') return Number.POSITIVE_INFINITY;
  return status === '-inf' ? Number.NEGATIVE_INFINITY : Number.NaN;
}
