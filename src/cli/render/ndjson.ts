import { dataObject, gateObject, inputsObject, resultObject, SCHEMA, warningObject } from './document.ts';
import type { Renderer } from './renderer.ts';
import { toJson } from './tojson.ts';

/** Every line says its `kind`: `run` first, then `data` of a suite, `result`, `gate`, `warning`, and `verdict` last, which proves completeness. */
export const ndjson: Renderer = {
  name: 'ndjson',
  extensions: ['.ndjson', '.jsonl'],
  help: 'the same as JSON lines: one object per result and gate',
  render(report, { version }) {
    const lines = [
      { kind: 'run', schema: SCHEMA, version, inputs: inputsObject(report.inputs) },
      ...(report.data ?? []).map((set) => ({ kind: 'data', ...dataObject(set) })),
      ...report.results.map((result) => ({ kind: 'result', ...resultObject(result) })),
      ...report.gates.map((gate) => ({ kind: 'gate', ...gateObject(gate) })),
      ...report.warnings.map((warning) => ({ kind: 'warning', ...warningObject(warning) })),
      { kind: 'verdict', verdict: report.verdict },
    ];
    return lines.map((line) => `${toJson(line, 0)}\n`).join('');
  },
};
