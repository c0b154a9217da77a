import { describe, expect, it } from 'vitest';
import { json } from '../../src/cli/render/json.ts';
import { ndjson } from '../../src/cli/render/ndjson.ts';
import { jsonString, toJson } from '../../src/cli/render/tojson.ts';
import { gate, HOSTILE, hostileReport, inputs, PLAIN, report, result } from './render-reports.ts';

const outcome = report({
  results: [result({ slice: new Map([['region', 'eu']]) })],
  gates: [gate()],
  warnings: [{ code: 'D01', severity: 'warn', message: 'm' }],
  verdict: 'pass',
});

describe('json', () => {
  it('is the contract of lossctl.result/v1, key by key', () => {
    expect(json.render(outcome, PLAIN)).toBe(`{
  "schema": "lossctl.result/v1",
  "version": "0.1.0",
  "inputs": {
    "files": [
      "preds.csv"
    ],
    "rows": 442,
    "columns": {
      "target": "y_true",
      "pred": "pred_ridge"
    }
  },
  "results": [
    {
      "id": "huber",
      "loss": "huber",
      "params": {
        "delta": 1
      },
      "reduction": "mean",
      "slice": {
        "region": "eu"
      },
      "value": 48.3,
      "status": "ok",
      "n": 442,
      "skipped": 0,
      "ignored": 0,
      "weight_sum": 442,
      "denominator": 442,
      "unit": "target^2",
      "direction": "lower",
      "signature": "huber|delta:1|mean|n:442"
    }
  ],
  "gates": [
    {
      "assert": "huber < 50",
      "result": "huber",
      "slice": null,
      "value": 48.3,
      "limit": 50,
      "pass": true
    }
  ],
  "warnings": [
    {
      "code": "D01",
      "severity": "warn",
      "message": "m"
    }
  ],
  "verdict": "pass"
}
`);
  });

  it.each([
    [Number.NaN, 'nan'],
    [Number.POSITIVE_INFINITY, 'inf'],
    [Number.NEGATIVE_INFINITY, '-inf'],
    [Number.NaN, 'empty'],
    [0, 'empty'], // the status decides, not the number
  ] as const)('writes %d with status %s as null', (value, status) => {
    const text = json.render(
      report({ results: [result({ value, status })], gates: [gate({ value, status, pass: false })] }),
      PLAIN,
    );
    const parsed = JSON.parse(text);
    expect(parsed.results[0]).toMatchObject({ value: null, status });
    expect(parsed.gates[0]).toMatchObject({ value: null, status, pass: false });
  });

  it('keeps every digit, and the sign of zero', () => {
    const values = [0.1 + 0.2, 5e-324, 1.7976931348623157e308, -0, 2 ** 53, 1e21];
    const parsed = JSON.parse(json.render(report({ results: values.map((value) => result({ value })) }), PLAIN));
    for (const [i, value] of values.entries()) expect(Object.is(parsed.results[i].value, value)).toBe(true);
  });

  it('keeps names from data exact, and the order of slice columns', () => {
    const slice = new Map([...HOSTILE.map((name) => [name, name] as const), ['10', 'a'], ['9', 'b']]);
    const text = json.render(report({ inputs: inputs({ files: HOSTILE }), results: [result({ slice })] }), PLAIN);
    const parsed = JSON.parse(text);
    expect(parsed.inputs.files).toEqual(HOSTILE);
    expect(Object.hasOwn(parsed.results[0].slice, '__proto__')).toBe(true);
    for (const name of HOSTILE) expect(parsed.results[0].slice[name]).toBe(name);
    expect(text.indexOf('"10": "a"')).toBeLessThan(text.indexOf('"9": "b"'));
    expect(text.indexOf('"10": "a"')).toBeGreaterThan(0);
  });

  it('shows the groups of a loss that has them', () => {
    const groups = { count: 3, smallest: 1, largest: 9 };
    expect(JSON.parse(json.render(report({ results: [result({ groups })] }), PLAIN)).results[0].groups).toEqual(groups);
  });
});

describe('ndjson', () => {
  it('says on each line what it is, the verdict last', () => {
    const lines = ndjson.render(outcome, PLAIN).split('\n');
    expect(lines[0]).toBe(
      '{"kind":"run","schema":"lossctl.result/v1","version":"0.1.0",' +
        '"inputs":{"files":["preds.csv"],"rows":442,"columns":{"target":"y_true","pred":"pred_ridge"}}}',
    );
    expect(lines[1]).toMatch(/^\{"kind":"result","id":"huber",.*"slice":\{"region":"eu"\},"value":48.3,/);
    expect(lines.slice(2)).toEqual([
      '{"kind":"gate","assert":"huber < 50","result":"huber","slice":null,"value":48.3,"limit":50,"pass":true}',
      '{"kind":"warning","code":"D01","severity":"warn","message":"m"}',
      '{"kind":"verdict","verdict":"pass"}',
      '',
    ]);
  });

  it('is one line per object, whatever the data', () => {
    const { results, gates, warnings } = hostileReport();
    const lines = ndjson
      .render(hostileReport(), PLAIN)
      .trimEnd()
      .split(/[\n\r\u2028\u2029\x85]/);
    expect(lines).toHaveLength(results.length + gates.length + warnings.length + 2);
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('kind');
  });
});

describe('toJson', () => {
  it('leaves out undefined, and writes empty lists and objects short', () => {
    expect(toJson({ a: undefined, b: [], c: {}, d: new Map() }, 2)).toBe('{\n  "b": [],\n  "c": {},\n  "d": {}\n}');
    expect(toJson({ a: [1, null, true, 'x'] }, 0)).toBe('{"a":[1,null,true,"x"]}');
  });

  it('spells what could restyle a terminal', () => {
    expect(jsonString('\u202e\x9b\x7f##[')).toBe('"\\u202e\\u009b\\u007f\\u0023#["');
    expect(jsonString('\u{e0001}')).toBe('"\\udb40\\udc01"');
    expect(jsonString('\ud800')).toBe('"\\ud800"');
  });
});
