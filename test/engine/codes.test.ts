/** The codes under which data are refused: each with a twin that is evaluated, and none that is not listed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CODES } from '../../src/engine/codes.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { fillParams } from '../losses/kernel-run.ts';
import { type Columns, type Evaluation, evaluate } from '../support/memory-table.ts';

/** Code, loss, what it refuses, and a twin that differs only in what is refused. */
const CONTRADICTIONS: readonly [string, Evaluation, Columns, Columns][] = [
  ['D01', { loss: 'bce' }, { target: [1], prob: [2.5] }, { target: [1], prob: [0.9] }],
  ['D01', { loss: 'bce' }, { target: [1], prob: [-0.1] }, { target: [1], prob: [0] }],
  ['D01', { loss: 'brier' }, { target: [1], p0: [-1], p1: [2] }, { target: [1], p0: [0.2], p1: [0.8] }],
  ['D01', { loss: 'ece' }, { target: [1], p0: [10], p1: [90] }, { target: [1], p0: [0.1], p1: [0.9] }], // percent
  ['D01', { loss: 'gce' }, { target: [1], p0: [-1], p1: [2] }, { target: [1], p0: [0.2], p1: [0.8] }],
  ...['dice', 'jaccard', 'mcc-loss', 'tversky'].map((loss): [string, Evaluation, Columns, Columns] => [
    'D01',
    { loss, columnsOf: { probs: 'p' } },
    { target: [1, 0], p: [3, -3] },
    { target: [1, 0], p: [0.9, 0.1] },
  ]),
  ['D04', { loss: 'cross-entropy' }, { target: [0], p0: [0.5], p1: [0.6] }, { target: [0], p0: [0.5], p1: [0.5] }],
  ['D04', { loss: 'cross-entropy' }, { target: [[0.5, 0.6]], logits: [[1, 2]] }, { target: [[0.5, 0.5]], logits: [[1, 2]] }],
  ['D04', { loss: 'cross-entropy' }, { target: [[1.5, -0.5]], logits: [[1, 2]] }, { target: [[1, 0]], logits: [[1, 2]] }],
  ['D04', { loss: 'kl-div' }, { target: [[0.5, 0.6]], probs: [[0.5, 0.5]] }, { target: [[0.5, 0.5]], probs: [[0.5, 0.5]] }],
  ['D04', { loss: 'kl-div' }, { target: [[0.5, 0.5]], probs: [[0.5, 0.6]] }, { target: [[0.5, 0.5]], probs: [[0.4, 0.6]] }],
  ['D04', { loss: 'js-div' }, { target: [[0.5, 0.5]], probs: [[0.5, 0.6]] }, { target: [[0.5, 0.5]], probs: [[0.4, 0.6]] }],
  ['D04', { loss: 'rps' }, { target: [0], probs: [[0.5, 0.6]] }, { target: [0], probs: [[0.4, 0.6]] }],
  ['D05', { loss: 'cross-entropy' }, { target: [0], lp0: [0.5], lp1: [-1] }, { target: [0], lp0: [-0.5], lp1: [-1] }],
  ['D05', { loss: 'nll' }, { target: [0], lp0: [0.9], lp1: [0.1] }, { target: [0], lp0: [-0.1], lp1: [-2.3] }],
  ['D05', { loss: 'kl-div' }, { target: [[1, 0]], lp0: [2], lp1: [-1] }, { target: [[1, 0]], lp0: [-0.1], lp1: [-2.3] }],
  [
    'D05',
    { loss: 'dpo' },
    { chosen: [10], rejected: [-20], ref_chosen: [-10], ref_rejected: [-20] },
    { chosen: [-10], rejected: [-20], ref_chosen: [-10], ref_rejected: [-20] },
  ],
  ['D05', { loss: 'orpo' }, { chosen: [0], rejected: [-1], nll: [1] }, { chosen: [-0.1], rejected: [-1], nll: [1] }],
  ['D06', { loss: 'hinge' }, { target: [3], pred: [1] }, { target: [1], pred: [1] }],
  ['D06', { loss: 'hinge' }, { target: [1, 0, -1], pred: [1, 1, 1] }, { target: [1, 0, 0], pred: [1, 1, 1] }],
  ['D06', { loss: 'bce' }, { target: [1, 0, -1], prob: [1, 1, 1] }, { target: [1, -1, -1], prob: [1, 1, 1] }],
  ['D06', { loss: 'bce' }, { target: [2], prob: [0.5] }, { target: [0.2], prob: [0.5] }],
  ['D06', { loss: 'soft-margin' }, { target: [1, 2], pred: [1, 1] }, { target: [1, 0], pred: [1, 1] }],
  ['D06', { loss: 'perceptron' }, { target: [0.5], pred: [1] }, { target: [0], pred: [1] }],
  ['D06', { loss: 'hinge-embedding' }, { target: [2], distance: [1] }, { target: [0], distance: [1] }],
  ['D06', { loss: 'cosine-embedding' }, { target: [2], x1: [[1, 0]], x2: [[0, 1]] }, { target: [0], x1: [[1, 0]], x2: [[0, 1]] }],
  ['D06', { loss: 'margin-ranking' }, { target: [2], x1: [1], x2: [0] }, { target: [0], x1: [1], x2: [0] }],
  ['D06', { loss: 'dice', columnsOf: { probs: 'p' } }, { target: [255], p: [0.5] }, { target: [1], p: [0.5] }],
  ['D07', { loss: 'cross-entropy' }, { target: [2], z0: [1], z1: [0] }, { target: [1], z0: [1], z1: [0] }],
  ['D07', { loss: 'cross-entropy' }, { target: [-1], z0: [1], z1: [0] }, { target: [0], z0: [1], z1: [0] }],
  ['D07', { loss: 'cross-entropy' }, { target: [0.5], z0: [1], z1: [0] }, { target: [1], z0: [1], z1: [0] }],
  ['D09', { loss: 'mse' }, { target: [], pred: [] }, { target: [1], pred: [1] }],
  ['D09', { loss: 'mse', nan: 'skip' }, { target: [null], pred: [1] }, { target: [1], pred: [1] }],
  ['D09', { loss: 'mse', weight: 'w' }, { target: [1], pred: [1], w: [0] }, { target: [1], pred: [1], w: [0.1] }],
  ['D09', { loss: 'cross-entropy' }, { target: [-100], z0: [1], z1: [0] }, { target: [1], z0: [1], z1: [0] }],
  ['D09', { loss: 'cross-entropy:class-weight=0,1' }, { target: [0], z0: [1], z1: [0] }, { target: [1], z0: [1], z1: [0] }],
  ['D09', { loss: 'cox' }, { pred: [1, 2], time: [1, 2], event: [0, 0] }, { pred: [1, 2], time: [1, 2], event: [1, 0] }],
  ['D09', { loss: 'wql:quantiles=0.5' }, { target: [0], pred: [1] }, { target: [1], pred: [1] }],
  ['D10', { loss: 'mape:zero-target=error' }, { target: [0], pred: [1] }, { target: [1], pred: [0] }],
  ['D11', { loss: 'msle' }, { target: [-1], pred: [1] }, { target: [-0.9], pred: [1] }],
  ['D11', { loss: 'poisson-nll' }, { target: [-1], pred: [1] }, { target: [0], pred: [1] }],
  ['D11', { loss: 'poisson-nll:log-input=false' }, { target: [1], pred: [-1] }, { target: [1], pred: [1] }],
  ['D11', { loss: 'poisson-deviance' }, { target: [1], pred: [0] }, { target: [0], pred: [1] }],
  ['D11', { loss: 'gamma-deviance' }, { target: [0], pred: [1] }, { target: [1], pred: [1] }],
  ['D11', { loss: 'tweedie-deviance:power=2' }, { target: [0], pred: [1] }, { target: [1], pred: [1] }],
  ['D11', { loss: 'tweedie-deviance:power=1.5' }, { target: [-1], pred: [1] }, { target: [0], pred: [1] }],
  ['D11', { loss: 'cox' }, { pred: [1], time: [0], event: [1] }, { pred: [1], time: [1], event: [1] }],
  ['D11', { loss: 'mase' }, { target: [1], pred: [1], seasonal_error: [0] }, { target: [1], pred: [1], seasonal_error: [1] }],
  ['D13', { loss: 'gaussian-nll' }, { target: [1], pred: [1], var: [-1] }, { target: [1], pred: [1], var: [1] }],
  ['D13', { loss: 'crps-normal' }, { target: [1], pred: [1], std: [-1] }, { target: [1], pred: [1], std: [1] }],
  ['D15', { loss: 'giou' }, { target: [[0, 0, 1, 1]], pred: [[2, 0, 1, 1]] }, { target: [[0, 0, 1, 1]], pred: [[0, 0, 1, 1]] }],
  [
    'D15',
    { loss: 'box-iou' },
    { target: [[50, 60, 20, 20]], pred: [[1, 1, 2, 2]] },
    { target: [[1, 1, 2, 2]], pred: [[1, 1, 2, 2]] },
  ],
  ['D16', { loss: 'arcface' }, { target: [0], logits: [[64, 10]] }, { target: [0], logits: [[1.0000005, 0]] }], // of 32 bits
  ['D16', { loss: 'cosface' }, { target: [0], logits: [[-1.1, 0]] }, { target: [0], logits: [[-1, 0]] }],
  ['D19', { loss: 'mse' }, { target: [[1, 2]], pred: [[1, 2, 3]] }, { target: [[1, 2]], pred: [[1, 2]] }],
  ['D19', { loss: 'mse' }, { target: [1], pred: [[1, 2]] }, { target: [1], pred: [[1]] }],
  [
    'D19',
    { loss: 'mse', weight: 'a,b' },
    { target: [1], pred: [1], a: [1], b: [1] },
    { target: [[1, 2]], pred: [[1, 2]], a: [1], b: [1] },
  ],
  ['D20', { loss: 'mse' }, { target: [1], pred: [Number.NaN] }, { target: [1], pred: [1] }],
  ['D20', { loss: 'mse' }, { target: [1], pred: [Number.POSITIVE_INFINITY] }, { target: [1], pred: [1e300] }],
];

describe('what the data contradict has a stable code', () => {
  test.each(CONTRADICTIONS)('%s: %j', async (code, evaluation, refused, twin) => {
    await expect(evaluate(refused, evaluation)).rejects.toMatchObject({ name: 'Fault', code, hint: expect.any(String) });
    const [{ n }] = await evaluate(twin, evaluation);
    expect(n).toBe(Object.values(twin)[0].length);
  });

  const inputs = LOSSES.flatMap((loss) =>
    Object.entries(loss.inputs).flatMap(([name, declared]) =>
      Object.entries('oneOf' in declared ? declared.oneOf : { [name]: declared }).map(([role, input]) => {
        const overrides = loss.domain?.(fillParams(loss))[role];
        return [`${loss.name} --${role}`, { ...input, ...overrides }] as const;
      }),
    ),
  );
  test.each(inputs)('%s: what is refused comes with what to do', (_, { min, max, whole, nonZero, hint }) => {
    if (min !== undefined || max !== undefined || whole || nonZero) expect(hint).toBeDefined();
  });

  test('every code of a refusal has a case', () => {
    const refused = CODES.filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect([...new Set(CONTRADICTIONS.map(([code]) => code))]).toEqual(refused);
  });

  test('no code is printed that is not listed', () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const printed = files.flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/(?<=')D\d\d(?=')/g) ?? []);
    expect([...new Set(printed)].sort()).toEqual([...new Set(CODES.map(({ code }) => code))].filter((code) => /^D/.test(code)));
  });
});
