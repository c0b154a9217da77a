/** The JSON contract `lossctl.comparison/v1`. Key order is part of it. */
import type {
  CandidateReport,
  Comparison,
  ComparisonReport,
  Paired,
  PairedRows,
  PValues,
  SideInputs,
  WorsePair,
} from '../../../engine/compare/result.ts';
import { gateObject, jsonValue, warningObject } from '../document.ts';
import type { Renderer } from '../renderer.ts';
import { type JsonObject, toJson } from '../tojson.ts';

const SCHEMA = 'lossctl.comparison/v1';

export const comparisonJson: Renderer<ComparisonReport> = {
  name: 'json',
  extensions: ['.json'],
  help: 'everything, one JSON document, full precision',
  render(report, { version }) {
    const document = {
      schema: SCHEMA,
      version,
      ...runObject(report),
      candidates: report.candidates.map((candidate) => ({
        ...candidateObject(candidate),
        comparisons: candidate.comparisons.map(comparisonObject),
        gates: candidate.gates.map(gateObject),
        verdict: candidate.verdict,
      })),
      warnings: report.warnings.map(warningObject),
      verdict: report.verdict,
    };
    return `${toJson(document, 2)}\n`;
  },
};

/** Every line says its `kind`: `run` first, and `verdict` last, which proves completeness. */
export const comparisonNdjson: Renderer<ComparisonReport> = {
  name: 'ndjson',
  extensions: ['.ndjson', '.jsonl'],
  help: 'the same as JSON lines: one object per comparison and gate',
  render(report, { version }) {
    const lines = [
      { kind: 'run', schema: SCHEMA, version, ...runObject(report) },
      ...report.candidates.flatMap((candidate) => [
        { kind: 'candidate', ...candidateObject(candidate), verdict: candidate.verdict },
        ...candidate.comparisons.map((comparison) => ({ kind: 'comparison', ...comparisonObject(comparison) })),
        ...candidate.gates.map((gate) => ({ kind: 'gate', ...gateObject(gate) })),
      ]),
      ...report.warnings.map((warning) => ({ kind: 'warning', ...warningObject(warning) })),
      { kind: 'verdict', verdict: report.verdict },
    ];
    return lines.map((line) => `${toJson(line, 0)}\n`).join('');
  },
};

function runObject({ base, targets, on, where, method }: ComparisonReport): JsonObject {
  const { interval, level, resamples, seed, flips, adjust, tolerance } = method;
  return {
    base: sideObject(base),
    targets: targets ?? undefined,
    on,
    where: where.length ? where : undefined,
    method: { interval, level, resamples, seed, flips, adjust, tolerance: { ...tolerance } },
  };
}

function sideObject({ files, rows, columns }: SideInputs): JsonObject {
  return { files, rows, columns };
}

function candidateObject({ inputs, matched, unmatchedBase, unmatchedCandidate }: CandidateReport): JsonObject {
  return { ...sideObject(inputs), pairs: { matched, unmatched_base: unmatchedBase, unmatched_candidate: unmatchedCandidate } };
}

function comparisonObject(one: Comparison): JsonObject {
  return {
    id: one.id,
    loss: one.loss,
    params: one.params,
    reduction: one.reduction,
    slice: one.slice,
    base: one.base,
    candidate: one.candidate,
    difference: jsonValue({ value: one.difference, status: one.status }),
    relative: one.relative,
    status: one.status,
    n: one.n,
    few: one.few || undefined,
    only_base: one.onlyBase || undefined,
    only_candidate: one.onlyCandidate || undefined,
    unit: one.unit,
    direction: one.direction,
    ...(one.paired ? pairedObject(one.paired) : { interval: null }),
    top: one.top?.map(worseObject),
  };
}

function pairedObject(paired: Paired): JsonObject {
  const { low, high, units, noise, relativeNoise, rows } = paired;
  return {
    interval: { low, high, units },
    noise: { absolute: noise, relative: relativeNoise },
    ...(rows && rowsObject(rows)),
  };
}

function rowsObject({ wins, ties, losses, effect, pValues, adjusted }: PairedRows): JsonObject {
  return {
    rows: { better: wins, same: ties, worse: losses },
    effect,
    p_values: pValuesObject(pValues),
    adjusted_p_values: pValuesObject(adjusted),
  };
}

function pValuesObject({ signFlip, wilcoxon, mcnemar }: PValues): JsonObject {
  return { sign_flip: signFlip, wilcoxon, mcnemar: mcnemar ?? undefined };
}

function worseObject(pair: WorsePair): JsonObject {
  const { key, baseRow, candidateRow, base, candidate, difference, baseCells, candidateCells } = pair;
  return {
    key,
    base_row: baseRow,
    candidate_row: candidateRow,
    base,
    candidate,
    difference,
    base_cells: baseCells,
    candidate_cells: candidateCells,
  };
}
