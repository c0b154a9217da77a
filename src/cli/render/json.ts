import { dataObject, gateObject, inputsObject, resultObject, SCHEMA, warningObject } from './document.ts';
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
      inputs: inputsObject(report.inputs),
      data: report.data?.map(dataObject),
      results: report.results.map(resultObject),
      gates: report.gates.map(gateObject),
      warnings: report.warnings.map(warningObject),
      verdict: report.verdict,
    };
    return `${toJson(document, 2)}\n`;
  },
};
