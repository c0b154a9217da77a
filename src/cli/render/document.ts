/** The parts of the JSON contract `lossctl.result/v1`, shared by its renderers. Key order is part of it. */
import { type DataSet, type Gate, hasValue, type Inputs, type Joined, type Result, type Warning } from '../../engine/result.ts';
import type { JsonObject } from './tojson.ts';

export const SCHEMA = 'lossctl.result/v1';

export function inputsObject({ files, targets, where, rows, columns }: Inputs): JsonObject {
  const join = targets?.join;
  return {
    files,
    targets: targets ? { file: targets.file, on: targets.on, ...(join && joinObject(join)) } : undefined,
    where: where.length ? where : undefined,
    rows,
    columns,
  };
}

/** A data set of a suite: `error` says why it has no `inputs`. */
export function dataObject({ name, verdict, inputs, error }: DataSet): JsonObject {
  return { name, verdict, inputs: inputs && inputsObject(inputs), error: error && { ...error } };
}

function joinObject({ matched, unmatchedPredictions, unmatchedTargets }: Joined): JsonObject {
  return { matched, unmatched_predictions: unmatchedPredictions, unmatched_targets: unmatchedTargets };
}

/** What is not finite is no JSON number: its status says what it is. */
export function jsonValue({ value, status }: Pick<Gate, 'value' | 'status'>): number | null {
  return hasValue({ status }) ? value : null;
}

export function resultObject(result: Result): JsonObject {
  return {
    data: result.data,
    id: result.id,
    loss: result.loss,
    params: result.params,
    reduction: result.reduction,
    slice: result.slice,
    value: jsonValue(result),
    status: result.status,
    n: result.n,
    few: result.few || undefined,
    skipped: result.skipped,
    ignored: result.ignored,
    weight_sum: result.weightSum,
    denominator: result.denominator,
    unit: result.unit,
    direction: result.direction,
    signature: result.signature,
    components: result.components ?? undefined,
    groups: result.groups ? { ...result.groups } : undefined,
    stats: result.stats && finiteObject(result.stats),
    histogram: result.histogram && { edges: [...result.histogram.edges], counts: [...result.histogram.counts] },
    interval: result.interval && intervalObject(result.interval),
    top: result.top?.map(({ row, value, cells }) => ({ row, value: Number.isFinite(value) ? value : null, cells })),
  };
}

export function finiteObject(numbers: object): JsonObject {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Number.isFinite(value) ? (value as number) : null]),
  );
}

function intervalObject({ method, ...numbers }: NonNullable<Result['interval']>): JsonObject {
  return { method, ...finiteObject(numbers) };
}

/** `status` is there when it explains a `null`. */
export function gateObject(gate: Gate): JsonObject {
  return {
    data: gate.data,
    id: gate.id,
    level: gate.level,
    assert: gate.assert,
    result: gate.result,
    candidate: gate.candidate,
    statistic: gate.statistic,
    slice: gate.slice,
    value: jsonValue(gate),
    status: gate.status === 'ok' ? undefined : gate.status,
    limit: gate.limit,
    pass: gate.pass,
  };
}

export function warningObject({ data, code, severity, message }: Warning): JsonObject {
  return { data, code, severity, message };
}
