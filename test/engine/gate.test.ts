import { describe, expect, test } from 'vitest';
import { parseAssertion } from '../../src/engine/assert.ts';
import { checkAssertions, judge, verdictOf } from '../../src/engine/gate.ts';
import type { Gate, Result, Status } from '../../src/engine/result.ts';
import { faultOf } from '../support/fault.ts';

function result(id: string, value: number, slice: Record<string, string> | null = null, status: Status = 'ok'): Result {
  const common = {
    id,
    loss: id.split(':')[0],
    params: new Map(),
    reduction: 'mean',
    value,
    status,
    few: false,
    skipped: 0,
    ignored: 0,
  } as const;
  return {
    ...common,
    slice: slice && new Map(Object.entries(slice)),
    n: 10,
    weightSum: 10,
    denominator: 10,
    unit: 'target',
    direction: 'lower',
    signature: '',
    components: null,
    groups: null,
  };
}

const ASKED = [
  { id: 'huber', loss: { name: 'huber' } },
  { id: 'huber:delta=2', loss: { name: 'huber' } },
  { id: 'mae', loss: { name: 'mae' } },
];
const passes = (text: string, results: Result[]) => judge([parseAssertion(text)], ASKED, results).map(({ pass }) => pass);

test('a statistic is judged in place of the value, and none passes when it was not asked for', () => {
  const stats = { n: 4, mean: 1, std: 0.5, min: 0, p5: 0.1, p25: 0.5, p50: 1, p75: 1.5, p95: 1.9, max: 9 };
  const interval = { level: 0.95, low: 0.8, high: 1.3, method: 'bca', resamples: 10, seed: 1, units: 4 };
  const with_ = { ...result('huber', 1), stats, interval };
  expect(passes('huber.max < 9.5', [with_])).toEqual([true]);
  expect(passes('huber.max < 9', [with_])).toEqual([false]);
  expect(passes('huber.hi < 1.31', [with_])).toEqual([true]);
  expect(passes('huber.lo > 0.9', [with_])).toEqual([false]);
  expect(passes('huber.max < 9', [result('huber', 1)])).toEqual([false]);
});

describe('assertions', () => {
  test.each<[string, string, Record<string, string> | null, string, number, string?]>([
    ['huber < 0.3', 'huber', null, '<', 0.3],
    ['  huber:delta=2>=1e-3 ', 'huber:delta=2', null, '>=', 1e-3],
    ['mae{region=eu}<=.5', 'mae', { region: 'eu' }, '<=', 0.5],
    ['mae { region = * , sex = f } > -1', 'mae', { region: '*', sex: 'f' }, '>', -1],
    ['mae{region="a,b}<"} < 1', 'mae', { region: 'a,b}<' }, '<', 1],
    ['mae{region=} < 1', 'mae', { region: '' }, '<', 1],
    ['quantile:q=0.95.p95 < 1', 'quantile:q=0.95', null, '<', 1, 'p95'],
    ['mae{region=eu}.max <= 2', 'mae', { region: 'eu' }, '<=', 2, 'max'],
    ['mae.hi<2', 'mae', null, '<', 2, 'hi'],
    ['mae.p96 < 1', 'mae.p96', null, '<', 1],
  ])('%s', (text, id, slice, comparison, limit, statistic) => {
    const named = slice && new Map(Object.entries(slice));
    const expected = { text, result: id, slice: named, statistic: statistic ?? null, comparison, limit };
    expect(parseAssertion(text)).toEqual(expected);
  });

  test.each([
    ['', 'expected the name of a loss at character 1'],
    ['huber', 'expected <, <=, > or >= at character 6'],
    ['huber = 1', 'expected <, <=, > or >= at character 7'],
    ['huber <', 'expected a finite number at character 8'],
    ['huber < NaN', 'expected a finite number at character 9'],
    ['huber < 1e999x', 'expected a finite number at character 9'],
    ['huber < 0.3 0.4', 'expected a finite number at character 9'],
    ['huber{region} < 1', 'expected "=" at character 13'],
    ['huber{region=eu < 1', 'expected "}" at character 20'],
  ])('%j is refused', (text, message) => {
    expect(faultOf(() => parseAssertion(text)).message).toBe(`--assert ${JSON.stringify(text)}: ${message}`);
  });

  test('an infinite limit could never fail', () => {
    expect(faultOf(() => parseAssertion('huber < 1e999')).message).toContain('expected a finite number');
  });
});

describe('gates', () => {
  test.each([
    ['huber < 0.3', 0.29999999999999993, true],
    ['huber < 0.3', 0.3, false],
    ['huber < 0.3', 0.30000000000000004, false],
    ['huber <= 0.3', 0.3, true],
    ['huber > 0.3', 0.30000000000000004, true],
    ['huber >= 0.3', 0.3, true],
    ['huber > -1e9', -0.5, true],
  ])('%s of %d: %s', (text, value, pass) => {
    expect(passes(text, [result('huber', value)])).toEqual([pass]);
  });

  test.each([
    ['huber < 1e9', Number.NaN, 'nan'],
    ['huber > -1e9', Number.NaN, 'nan'],
    ['huber < 1e9', Number.NEGATIVE_INFINITY, '-inf'],
    ['huber > 0', Number.POSITIVE_INFINITY, 'inf'],
    ['huber < 1e9', 0, 'empty'],
  ] as const)('%s of %d (%s) never passes', (text, value, status) => {
    expect(passes(text, [result('huber', value, null, status)])).toEqual([false]);
  });

  test('slices: one, all, none such', () => {
    const results = [result('mae', 9), result('mae', 1, { region: 'eu' }), result('mae', 3, { region: 'us' })];
    expect(passes('mae{region=eu} < 2', results)).toEqual([true]);
    expect(passes('mae{region=*} < 2', results)).toEqual([true, false]);
    const [gate] = judge([parseAssertion('mae{region=mars} < 2')], ASKED, results);
    expect(gate).toMatchObject({ pass: false, status: 'empty', value: Number.NaN });
    expect(verdictOf([gate])).toBe('inconclusive');
  });

  test('an id wins over a name; a name must be the only one', () => {
    expect(passes('huber < 2', [result('huber', 1), result('huber:delta=2', 3)])).toEqual([true]);
    const two = [
      { id: 'huber:delta=1', loss: { name: 'huber' } },
      { id: 'huber:delta=2', loss: { name: 'huber' } },
    ];
    expect(faultOf(() => checkAssertions([parseAssertion('huber < 2')], two, [])).message).toBe(
      '--assert "huber < 2": "huber" could be "huber:delta=1" or "huber:delta=2"',
    );
    expect(faultOf(() => checkAssertions([parseAssertion('hubre < 2')], ASKED, [])).hint).toContain('did you mean "huber"?');
  });

  test('slice columns must be those of the run', () => {
    expect(faultOf(() => checkAssertions([parseAssertion('mae{region=eu} < 2')], ASKED, []))).toEqual({
      message: '--assert "mae{region=eu} < 2": the run is not sliced',
      hint: 'add --by region',
    });
    expect(faultOf(() => checkAssertions([parseAssertion('mae{region=eu} < 2')], ASKED, ['region', 'sex'])).message).toContain(
      'sliced by',
    );
  });
});

describe('verdict', () => {
  const gate = (pass: boolean, status: Status = 'ok') => ({ pass, status }) as Gate;
  test.each([
    [[], 'none'],
    [[gate(true)], 'pass'],
    [[gate(true), gate(false)], 'fail'],
    [[gate(false, 'empty')], 'inconclusive'],
    [[gate(true), gate(false, 'empty')], 'inconclusive'],
    [[gate(false, 'nan')], 'fail'],
    [[gate(false, 'empty'), gate(false)], 'fail'],
  ])('%j: %s', (gates, verdict) => {
    expect(verdictOf(gates)).toBe(verdict);
  });
});
