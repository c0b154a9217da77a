/** One verdict drives all: in every situation each format tells the same verdict, gates and values. */
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/errors.ts';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { parseAssertion } from '../../src/engine/assert.ts';
import { judge, verdictOf } from '../../src/engine/gate.ts';
import type { Report, Result } from '../../src/engine/result.ts';
import { junitFaults } from '../support/junit.ts';
import { parseMetrics } from '../support/openmetrics.ts';
import { parseXml } from '../support/xml.ts';
import { PLAIN, report, result } from './render-reports.ts';

/** What a reader of a format learns. `passed`: of each gate. `values`: those that are finite, in order. */
interface Told {
  readonly verdict?: string | undefined;
  readonly passed?: readonly boolean[];
  readonly missed?: number;
  readonly values?: readonly number[];
}

const words = (text: string) => [...text.matchAll(/ (?:- )?(?:\*\*)?(PASS|FAIL|NO EVIDENCE)(?:\*\*)?(?=$| )/gm)];

function readText(text: string, verdictLine: RegExp): Told {
  return {
    verdict: verdictLine.exec(text)?.[1].toLowerCase() ?? 'none',
    passed: words(` ${text.replace(verdictLine, '').replaceAll('\n', '\n ')}`).map(([, word]) => word === 'PASS'),
  };
}

interface Line {
  readonly kind?: string;
  readonly value: number | null;
  readonly pass: boolean;
  readonly verdict: string;
}

function readJson(results: readonly Line[], gates: readonly Line[], verdict: string): Told {
  return { verdict, passed: gates.map(({ pass }) => pass), values: finite(results.map(({ value }) => value)) };
}

const finite = (values: readonly (number | null)[]) => values.filter((value): value is number => Number.isFinite(value));

function readJunit(text: string): Told {
  const root = parseXml(text);
  expect(junitFaults(root)).toEqual([]);
  const [suite] = root.children;
  const [properties, ...rest] = suite.children;
  const [, verdict, ...values] = properties.children.map(({ attributes }) => attributes.get('value') as string);
  const cases = rest.filter(({ name }) => name === 'testcase');
  const gated = cases.filter(({ attributes }) => attributes.get('name') !== 'is finite');
  const counted =
    suite.attributes.get('failures') !== '0' ? 'fail' : suite.attributes.get('errors') !== '0' ? 'inconclusive' : 'pass';
  return {
    verdict: gated.length && counted !== verdict ? `${counted}, and ${verdict}` : verdict,
    passed: gated.map(({ children }) => children.length === 0),
    values: finite(values.map(Number)),
  };
}

function readMetrics(text: string): Told {
  const families = parseMetrics(text);
  const samples = (name: string) => families.get(name)?.samples ?? [];
  return {
    verdict: samples('lossctl_verdict').find(({ value }) => value === 1)?.labels.verdict,
    passed: samples('lossctl_gate_pass').map(({ value }) => value === 1),
    values: finite(samples('lossctl_loss_value').map(({ value }) => value)),
  };
}

/** Every number at a leaf, in order. */
function leaves(node: unknown): number[] {
  if (typeof node === 'number') return [node];
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(leaves) : [];
}

const READERS: Readonly<Record<string, (text: string) => Told>> = {
  table: (text) => readText(text, /^(PASS|FAIL|INCONCLUSIVE):.*/m),
  markdown: (text) => readText(text, /^\*\*(PASS|FAIL|INCONCLUSIVE)\*\*:.*/m),
  json(text) {
    const { results, gates, verdict } = JSON.parse(text);
    return readJson(results, gates, verdict);
  },
  ndjson(text) {
    const lines: Line[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const of = (kind: string) => lines.filter((line) => line.kind === kind);
    return readJson(of('result'), of('gate'), of('verdict')[0].verdict);
  },
  junit: readJunit,
  github: (text) => ({ missed: text.split('\n').filter((line) => line.startsWith('::error ')).length }),
  openmetrics: readMetrics,
  csv: (text) => ({
    values: finite(
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split(',')[4] || 'none')),
    ),
  }),
  tsv: (text) => ({
    values: finite(
      text
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => Number(line.split('\t')[4] || 'none')),
    ),
  }),
  dvc: (text) => ({ values: leaves(JSON.parse(text)) }),
  bencher: (text) => ({ values: leaves(JSON.parse(text)) }),
  'github-action-benchmark': (text) => ({ values: leaves(JSON.parse(text)) }),
};

/** Where a format tells something else than the report; `tampered` may change what is rendered. */
function disagreements(outcome: Report, shown: Report = outcome): string[] {
  const passed = outcome.gates.map(({ pass }) => pass);
  const values = outcome.results.flatMap(({ value, status }) => (status === 'ok' ? [value] : []));
  const expected: Told = { verdict: outcome.verdict, passed, missed: passed.filter((pass) => !pass).length, values };
  return RENDERERS.flatMap(({ name, render }) => {
    const told = READERS[name](render(shown, PLAIN));
    return (Object.keys(told) as (keyof Told)[])
      .filter((key) => JSON.stringify(told[key]) !== JSON.stringify(expected[key]))
      .map((key) => `${name}: ${key} ${JSON.stringify(told[key])}, not ${JSON.stringify(expected[key])}`);
  });
}

const NAN = { status: 'nan', value: Number.NaN } as const;
const slices = (values: readonly (readonly [string, Partial<Result>])[]) =>
  values.map(([region, changes]) => result({ slice: new Map([['region', region]]), ...changes }));

const SITUATIONS: readonly (readonly [string, Report['verdict'], readonly string[], readonly Result[]])[] = [
  ['a value below', 'pass', ['huber < 49'], [result()]],
  ['a value equal', 'fail', ['huber < 48.3'], [result()]],
  ['a value equal, and <=', 'pass', ['huber <= 48.3'], [result()]],
  ['a value above', 'fail', ['huber < 48.299999999999997'], [result()]],
  ['a value above, and >', 'pass', ['huber > 48.2'], [result()]],
  ['not a number', 'fail', ['huber < 49'], [result(NAN)]],
  ['minus infinity, which is below', 'fail', ['huber < 49'], [result({ status: '-inf', value: Number.NEGATIVE_INFINITY })]],
  [
    'a slice without rows',
    'inconclusive',
    ['huber{region=eu} < 49'],
    slices([['eu', { status: 'empty', value: Number.NaN, n: 0 }]]),
  ],
  ['a slice that is not there', 'inconclusive', ['huber{region=us} < 49'], slices([['eu', {}]])],
  [
    'several failing',
    'fail',
    ['huber{region=*} < 1'],
    slices([
      ['eu', {}],
      ['us', NAN],
      ['as', { value: 0.5 }],
    ]),
  ],
  ['failing and not there', 'fail', ['huber{region=us} < 1', 'huber{region=eu} < 1'], slices([['eu', {}]])],
  ['passing and not there', 'inconclusive', ['huber{region=us} < 1', 'huber{region=eu} < 49'], slices([['eu', {}]])],
  ['several passing', 'pass', ['huber < 49', 'huber > 0'], [result()]],
  ['no gate', 'none', [], [result()]],
  ['no gate, and not a number', 'none', [], [result(NAN)]],
];

function outcomeOf(asserts: readonly string[], results: readonly Result[]): Report {
  const gates = judge(asserts.map(parseAssertion), [{ id: 'huber', loss: { name: 'huber' } }], results);
  return report({ results, gates, verdict: verdictOf(gates) });
}

describe('every format tells the verdict', () => {
  test('and has a reader here', () => {
    expect(Object.keys(READERS).sort()).toEqual(RENDERERS.map(({ name }) => name).sort());
  });

  test.each(SITUATIONS)('of %s: %s', (_, verdict, asserts, results) => {
    const outcome = outcomeOf(asserts, results);
    expect(outcome.verdict).toBe(verdict);
    expect(exitCodeOf(outcome.verdict)).toBe({ none: 0, pass: 0, fail: 1, inconclusive: 3, error: 2 }[verdict]);
    expect(disagreements(outcome)).toEqual([]);
  });

  test('a format that told another verdict, gate or value would be found out', () => {
    const outcome = outcomeOf(['huber < 1'], [result()]);
    const formats = (shown: Report) => disagreements(outcome, shown).map((text) => text.split(':')[0]);
    const tellVerdicts = ['table', 'json', 'ndjson', 'markdown', 'junit', 'openmetrics'];
    expect(formats({ ...outcome, verdict: 'pass' })).toEqual(tellVerdicts);
    const passing = outcome.gates.map((gate) => ({ ...gate, pass: true }));
    expect(new Set(formats({ ...outcome, gates: passing }))).toEqual(new Set([...tellVerdicts, 'github']));
    const tellValues = ['json', 'ndjson', 'csv', 'tsv', 'junit', 'openmetrics', 'dvc', 'bencher', 'github-action-benchmark'];
    expect(formats({ ...outcome, results: [result({ value: 48.4 })] })).toEqual(tellValues);
  });
});

describe('the same run', () => {
  test.each(RENDERERS.map((renderer) => [renderer.name, renderer] as const))('gives the same %s at any time', (_, { render }) => {
    const outcome = outcomeOf(['huber < 1', 'huber < 49'], [result()]);
    expect(render(outcome, PLAIN)).toBe(render(outcome, PLAIN));
    expect(render(outcome, PLAIN)).not.toMatch(/\b20\d\d-\d\d|\d\d:\d\d|localhost/);
  });
});
