import { gateObject, inputsObject, resultObject, SCHEMA } from './document.ts';
import type { Renderer } from './renderer.ts';
import { toJson } from './tojson.ts';

export const json: Renderer = {
  name: 'json',
  extensions: ['.json'],
  help: 'everything, one JSON document, full precision',
  render(report, { version }) {
    const document = {
      schema: SCHEMA,
      version,
      inputs: inputsObject(report),
      results: report.results.map(resultObject),
      gates: report.gates.map(gateObject),
      warnings: report.warnings.map(({ code, severity, message }) => ({ code, severity, message })),
      verdict: report.verdict,
    };
    return `${toJson(document, 2)}\n`;
  },
};
