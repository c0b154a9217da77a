/** `--relative`: skill as scikit-learn has it, and constants that no other constant beats. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bestConstantOf, findConstants } from '../../src/engine/best-constant.ts';
import { bind } from '../../src/engine/bind.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { faultOf } from '../support/fault.ts';
import { columnsOf, difference, type GoldenCase, goldens, paramsOf, rolesOf } from '../support/goldens.ts';
import { type Columns, type Evaluation, evaluate, evaluateRelative, memoryTable } from '../support/memory-table.ts';

type SkillCase = Pick<GoldenCase, 'name' | 'inputs' | 'params' | 'weight'> & { readonly loss: string; readonly value: number };

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/skill.json'), 'utf8')) as SkillCase[];
const RELATIVE = LOSSES.filter(({ bestConstant }) => bestConstant);

function evaluationOf(golden: Pick<SkillCase, 'inputs' | 'params' | 'weight'>, loss: string): Evaluation {
  return { loss, params: paramsOf(golden), columnsOf: rolesOf(golden), ...(golden.weight && { weight: 'weight' }) };
}

test.each(CASES)('$loss: $name', async (golden) => {
  const [result] = await evaluateRelative(columnsOf(golden), evaluationOf(golden, golden.loss));
  expect(difference(result.value, golden.value), `${result.value} for ${golden.value}`).toBeLessThanOrEqual(1e-12);
  expect(result).toMatchObject({ direction: 'higher', unit: 'skill' });
});

test('each slice has a constant of its own', async () => {
  const columns = { target: [1, 2, 3, 10, 20, 30], pred: [1, 2, 4, 10, 20, 25], region: ['a', 'a', 'a', 'b', 'b', 'b'] };
  const half = (rows: number[]) =>
    Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, rows.map((row) => cells[row])]));
  const [, a, b] = await evaluateRelative(columns, { loss: 'mse', by: ['region'] });
  expect(a.value).toBe((await evaluateRelative(half([0, 1, 2]), { loss: 'mse' }))[0].value);
  expect(b.value).toBe((await evaluateRelative(half([3, 4, 5]), { loss: 'mse' }))[0].value);
});

test('order and batches do not show', async () => {
  const columns = { target: [3, 1, 2, 1, 7, 0.1], pred: [1, 1, 3, 1, 5, 0], weight: [1, 0.1, 0.2, 0.3, 5, 1e-3] };
  const reversed = Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells.toReversed()]));
  for (const loss of ['mse', 'mae', 'quantile:q=0.3']) {
    const given = await evaluateRelative(columns, { loss, weight: 'weight' });
    expect(await evaluateRelative(reversed, { loss, weight: 'weight', batchRows: 2 })).toEqual(given);
  }
});

test('nothing to explain is no skill, and not finite', async () => {
  const [result] = await evaluateRelative({ target: [2, 2], pred: [1, 3] }, { loss: 'mse' });
  expect(result.status).toBe('-inf');
});

describe('refused', () => {
  const choose = (spec: string) => resolve(LOSSES, { specs: [spec], flags: new Map(), reduction: undefined })[0];

  test('a loss without, and parameters that move it', () => {
    expect(faultOf(() => bestConstantOf(choose('giou'))).message).toBe('--relative: giou: it has no best constant');
    expect(faultOf(() => bestConstantOf(choose('cross-entropy:label-smoothing=0.1'))).message).toContain('with these parameters');
    expect(bestConstantOf(choose('cross-entropy'))).toBe('mean');
  });
});

/** The rows of a golden case with one prediction for all of them, moved by `step` of its size. */
function constantColumns(columns: Columns, role: string, values: readonly number[], step: number): Columns {
  const moved = values.map((value, j) => value + (j % 2 ? -step : step) * Math.max(Math.abs(value), 1e-3));
  return { ...columns, [role]: columns.target.map(() => (moved.length === 1 ? moved[0] : moved)) };
}

describe('no other constant costs less', () => {
  const plain = RELATIVE.filter(({ inputs }) => 'pred' in inputs);

  const costs = async (loss: string, spoil = (value: number) => value) => {
    const golden = goldens()
      .find((one) => one.loss === loss)
      ?.cases.find(({ weight }) => !weight) as GoldenCase;
    const columns = columnsOf(golden);
    const evaluation = evaluationOf(golden, loss);
    const flags = new Map(Object.entries(paramsOf(golden)));
    const chosen = resolve(LOSSES, { specs: [loss], flags, reduction: undefined });
    const binding = bind(memoryTable(columns), chosen, { by: [], roles: new Map(Object.entries(rolesOf(golden))) });
    const [constants] = await findConstants(memoryTable(columns), chosen, binding, { nan: 'error', allowInf: false, batchRows: 7 });
    const best = [...(constants.get(null) as Float64Array)].map(spoil);
    const cost = async (step: number) => (await evaluate(constantColumns(columns, 'pred', best, step), evaluation))[0].value;
    return { best: await cost(0), others: await Promise.all([-0.3, -0.01, 0.01, 0.3].map(cost)) };
  };

  test.each(plain.map(({ name }) => name))('%s', async (loss) => {
    const { best, others } = await costs(loss);
    for (const other of others) expect(other).toBeGreaterThanOrEqual(best * (1 - 1e-12));
  });

  test('a constant beside the best one would be found out', async () => {
    const { best, others } = await costs('mse', (value) => value * 1.2 + 0.5);
    expect(Math.min(...others)).toBeLessThan(best);
  });
});
