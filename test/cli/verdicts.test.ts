/** One verdict drives all: in every situation each format tells the same verdict, gates and values. */
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/errors.ts';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { parseAssertion } from '../../src/engine/assert.ts';
import { judge, verdictOf } from '../../src/engine/gate.ts';
import type { Report, Result } from '../../src/engine/result.ts';
import { READERS, type Told } from '../support/told.ts';
import { PLAIN, report, result } from './render-reports.ts';

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
    const tellVerdicts = ['table', 'json', 'ndjson', 'markdown', 'html', 'junit', 'openmetrics'];
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
