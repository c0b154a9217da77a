/** The parts of the JSON contract `lossctl.result/v1`, shared by its renderers. Key order is part of it. */
import type { Gate, Report, Result } from '../../engine/result.ts';
import type { JsonObject } from './tojson.ts';

export const SCHEMA = 'lossctl.result/v1';

export function inputsObject(report: Report): JsonObject {
  return { files: report.files, rows: report.rows, columns: report.columns };
}

export function resultObject(result: Result): JsonObject {
  return {
    id: result.id,
    loss: result.loss,
    params: result.params,
    reduction: result.reduction,
    slice: result.slice,
    value: result.status === 'ok' ? result.value : null,
    status: result.status,
    n: result.n,
    skipped: result.skipped,
    ignored: result.ignored,
    weight_sum: result.weightSum,
    denominator: result.denominator,
    unit: result.unit,
    direction: result.direction,
    signature: result.signature,
    components: result.components ?? undefined,
    groups: result.groups ? { ...result.groups } : undefined,
  };
}

/** `status` is there when it explains a `null`. */
export function gateObject(gate: Gate): JsonObject {
  return {
    assert: gate.assert,
    result: gate.result,
    slice: gate.slice,
    value: gate.status === 'ok' ? gate.value : null,
    status: gate.status === 'ok' ? undefined : gate.status,
    limit: gate.limit,
    pass: gate.pass,
  };
}
