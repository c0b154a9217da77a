/** Baselines: which rows, which method, how much worse. */
import { describe, expect, test } from 'vitest';
import { baselineOf, decodeBaseline, gatesAgainst, parseTolerance } from '../../src/engine/baseline.ts';
import { verdictOf } from '../../src/engine/gate.ts';
import type { Result } from '../../src/engine/result.ts';
import { faultOf } from '../support/fault.ts';
import { type Columns, outcomeOf } from '../support/memory-table.ts';

const ROWS = { target: [1, 2, 3, 4], pred: [1.5, 2, 2, 8], id: ['a', 'b', 'c', 'd'] };
const inputs = { files: ['x.csv'], targets: null, where: [], rows: 4, columns: new Map<string, string>() };

async function fingerprintOf(columns: Columns, keys?: string, batchRows = 100): Promise<string> {
  return (await outcomeOf(columns, { loss: 'mse', fingerprint: true, batchRows, ...(keys && { keys }) })).fingerprint ?? '';
}

const take = (order: number[], columns: Columns = ROWS): Columns =>
  Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, order.map((row) => cells[row])]));

describe('the fingerprint', () => {
  test('is that of the rows, in any order and any batches, whatever was predicted', async () => {
    const given = await fingerprintOf(ROWS);
    expect(given).toMatch(/^4:[0-9a-f]{16}$/);
    expect(await fingerprintOf(take([3, 1, 0, 2]))).toBe(given);
    expect(await fingerprintOf(ROWS, undefined, 1)).toBe(given);
    expect(await fingerprintOf({ ...ROWS, pred: [0, 0, 0, 0] })).toBe(given);
    expect(await fingerprintOf({ ...ROWS, target: [1, 2, 3, 4].map((y) => y + 0) })).toBe(given);
  });

  test.each([
    ['another target', { ...ROWS, target: [1, 2, 3, 4.000000001] }],
    ['a row less', take([0, 1, 2])],
    ['a row twice', take([0, 1, 2, 2])],
    ['targets that sum alike', { ...ROWS, target: [2, 1, 3, 5] }],
  ])('%s is another one', async (_, columns) => {
    expect(await fingerprintOf(columns)).not.toBe(await fingerprintOf(ROWS));
  });

  test('is the same for more losses, which read the target in other ways', async () => {
    const columns = { target: [0, 1, 1, 0], pred: [0.1, 0.9, 0.2, 0.4], probs: [0.1, 0.9, 0.2, 0.4] };
    const of = async (...loss: string[]) => (await outcomeOf(columns, { loss, fingerprint: true })).fingerprint;
    expect(await of('mse', 'bce')).toBe(await of('mse'));
    expect(await of('mse', 'bce')).toBe(await of('bce'));
  });

  test('keys count where they are named', async () => {
    const swapped = { ...ROWS, id: ['b', 'a', 'c', 'd'] };
    expect(await fingerprintOf(swapped)).toBe(await fingerprintOf(ROWS));
    expect(await fingerprintOf(swapped, 'id')).not.toBe(await fingerprintOf(ROWS, 'id'));
  });
});

test.each([
  ['rel=1%', { rel: 0.01, abs: 0 }],
  ['abs=0.002', { rel: 0, abs: 0.002 }],
  [' rel = 0.5 , abs=1e-3', { rel: 0.5, abs: 1e-3 }],
])('tolerance %s', (text, expected) => {
  expect(parseTolerance(text)).toEqual(expected);
});

test.each(['1%', 'rel', 'rel=-1%', 'abs=1%', 'rel=x', '', 'rel=1%;abs=2'])('tolerance %j is refused', (text) => {
  expect(faultOf(() => parseTolerance(text)).message).toContain('is no tolerance');
});

describe('gates', () => {
  const result = (value: number, changes: Partial<Result> = {}): Result =>
    ({
      id: 'mse',
      slice: null,
      value,
      n: 4,
      direction: 'lower',
      status: 'ok',
      few: false,
      signature: 'mse|mean|n:4',
      ...changes,
    }) as Result;
  const judge = (old: Result, now: Result, tolerance = 'rel=0', fingerprint = '4:0123456789abcdef') => {
    const baseline = baselineOf([old], inputs, '4:0123456789abcdef', '0.1.0');
    const { gates, warnings } = gatesAgainst(
      decodeBaseline('b', JSON.stringify(baseline)),
      [now],
      fingerprint,
      parseTolerance(tolerance),
    );
    return [gates[0]?.status, verdictOf(gates), warnings.map(({ code }) => code).join()];
  };

  test.each([
    ['equal', 2, 2, 'rel=0', ['ok', 'pass', '']],
    ['worse by the last digit', 2, 2.0000000000000004, 'rel=0', ['ok', 'fail', '']],
    ['within', 2, 2.02, 'rel=2%', ['ok', 'pass', '']],
    ['beyond', 2, 2.05, 'rel=2%', ['ok', 'fail', '']],
    ['both tolerances', 2, 2.05, 'rel=2%,abs=0.02', ['ok', 'pass', '']],
    ['a baseline of 0', 0, 1e-300, 'rel=100%', ['ok', 'fail', '']],
    ['a baseline of 0 with an absolute tolerance', 0, 0.001, 'abs=0.001', ['ok', 'pass', '']],
    ['negative losses', -2, -1.9, 'rel=10%', ['ok', 'pass', '']],
    ['negative losses, too much worse', -2, -1.7, 'rel=10%', ['ok', 'fail', '']],
    ['much better', 2, 1, 'rel=1%', ['ok', 'pass', 'baseline']],
  ])('%s', (_, old, now, tolerance, expected) => {
    expect(judge(result(old), result(now), tolerance)).toEqual(expected);
  });

  test.each([
    ['NaN', { value: Number.NaN, status: 'nan' }, ['nan', 'fail', '']],
    ['too few rows', { few: true }, ['few', 'inconclusive', '']],
    ['another method', { signature: 'mse|sum|n:4' }, ['other-method', 'inconclusive', '']],
    ['another loss', { id: 'mae' }, ['empty', 'inconclusive', '']],
    ['a slice', { slice: new Map([['g', 'a']]) }, ['empty', 'inconclusive', '']],
  ] as const)('%s is never a pass', (_, changes, expected) => {
    expect(judge(result(2), result(1, changes as Partial<Result>))).toEqual(expected);
  });

  test('of a skill more is better', () => {
    const skill = (value: number) => result(value, { direction: 'higher' });
    expect(judge(skill(0.9), skill(0.95))).toEqual(['ok', 'pass', '']);
    expect(judge(skill(0.9), skill(0.85))).toEqual(['ok', 'fail', '']);
    expect(judge(skill(0.9), skill(0.85), 'abs=0.1')).toEqual(['ok', 'pass', '']);
  });

  test('other rows are no pass, and the counts are told', () => {
    expect(judge(result(2), result(1), 'rel=0', '4:fedcba9876543210')).toEqual(['other-rows', 'inconclusive', 'other-rows']);
  });

  test('what is not finite is no baseline', () => {
    expect(faultOf(() => baselineOf([result(Number.NaN, { status: 'nan' })], inputs, '4:00', '0')).message).toContain('not finite');
  });
});

test.each([
  ['{', 'cut short'],
  ['{"schema":"lossctl.result/v1"}', 'its schema'],
  ['{"schema":"lossctl.baseline/v1","version":"1","files":[],"fingerprint":"x","results":[]}', 'fingerprint is not a fingerprint'],
  [
    '{"schema":"lossctl.baseline/v1","version":"1","files":[],"fingerprint":"1:0123456789abcdef","results":[]}',
    'it has no results',
  ],
])('%s is refused', (content, message) => {
  expect(faultOf(() => decodeBaseline('b.json', content)).message).toContain(message);
});
