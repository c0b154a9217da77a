import { describe, expect, test } from 'vitest';
import { faultIn } from '../support/fault.ts';
import { type Columns, type Evaluation, evaluate } from '../support/memory-table.ts';

const refusals: readonly [string, Columns, Evaluation, string, RegExp][] = [
  [
    'a missing value',
    { target: [1, null], pred: [1, 2] },
    { loss: 'mse' },
    'memory:3:1: column "target": empty cell',
    /^--nan skip/,
  ],
  [
    'NaN',
    { target: [1, 2], pred: [1, Number.NaN] },
    { loss: 'mse' },
    'memory:3:2: column "pred": "NaN" is not a finite number',
    /^--nan skip/,
  ],
  [
    'several',
    { target: [null, 2, null, null, null], pred: [1, Number.POSITIVE_INFINITY, 1, 1, null] },
    { loss: 'mse', batchRows: 2 },
    'memory:2:1: column "target": empty cell (6 in all, next at memory:3, memory:4)',
    /^--nan skip/,
  ],
  [
    'an infinite prediction',
    { target: [1], pred: [Number.NEGATIVE_INFINITY] },
    { loss: 'mse' },
    'memory:2:2: column "pred": "-Infinity" is not a finite number',
    /./,
  ],
  ['no rows', { target: [], pred: [] }, { loss: 'mse' }, 'memory: there are no rows', /empty file/],
  [
    'all rows skipped',
    { target: [null], pred: [1] },
    { loss: 'mse', nan: 'skip' },
    'mse: no row is left to evaluate: 1 skipped, 0 ignored',
    /./,
  ],
  [
    'weights of zero',
    { target: [1], pred: [1], w: [0] },
    { loss: 'mse', weight: 'w' },
    'mse: none of the 1 rows counts: their weights sum to 0',
    /--weight/,
  ],
  [
    'a negative weight',
    { target: [1], pred: [1], w: [-1] },
    { loss: 'mse', weight: 'w' },
    'memory:2:3: column "w": -1 is not at least 0',
    /weights/,
  ],
  [
    'a logit as probability',
    { target: [1, 0], prob: [0.5, 2.5] },
    { loss: 'bce' },
    'memory:3:2: column "prob": 2.5 is not in [0, 1]',
    /--logits/,
  ],
  [
    'a class out of range',
    { target: [0, 2], z0: [1, 1], z1: [0, 0] },
    { loss: 'cross-entropy' },
    'memory:3:1: column "target": class 2 is out of range: there are 2 classes, 0 to 1',
    /--classes/,
  ],
  [
    'a negative class',
    { target: [0, -1], z0: [1, 1], z1: [0, 0] },
    { loss: 'cross-entropy' },
    'memory:3:1: column "target": class -1 is out of range: there are 2 classes, 0 to 1',
    /./,
  ],
  [
    'half a class',
    { target: [0.5], z0: [1], z1: [0] },
    { loss: 'cross-entropy' },
    'memory:2:1: column "target": class 0.5 is not a whole number',
    /./,
  ],
  [
    'probabilities that do not sum to one',
    { target: [0], p0: [0.5], p1: [0.6] },
    { loss: 'cross-entropy' },
    'memory:2:2: column "p0": the 2 values of this row sum to 1.1, not to 1',
    /./,
  ],
  [
    'a positive log-probability',
    { target: [0], lp0: [0.5], lp1: [-1] },
    { loss: 'cross-entropy' },
    'memory:2:2: column "lp0": 0.5 is not at most 0',
    /--probs/,
  ],
  [
    'widths that differ',
    { target: [[1, 2]], pred: [[1, 2, 3]] },
    { loss: 'mse' },
    'mse: --target has 2 values a row, --pred has 3',
    /nothing is broadcast/,
  ],
  [
    'a scalar against a vector',
    { target: [1], pred: [[1, 2]] },
    { loss: 'mse' },
    'mse: --target has 1 values a row, --pred has 2',
    /nothing is broadcast/,
  ],
  [
    'one logit for classes',
    { target: [0], logit: [1] },
    { loss: 'cross-entropy' },
    'cross-entropy: --logits has 1 values a row, at least 2 are needed',
    /all its columns/,
  ],
  [
    'class weights of another number',
    { target: [0], z0: [1], z1: [0] },
    { loss: 'cross-entropy:class-weight=1,2,3' },
    'cross-entropy: --class-weight has 3 values for 2 classes',
    /one for each/,
  ],
  [
    'a three in binary labels',
    { target: [1, 3], pred: [1, 1] },
    { loss: 'hinge' },
    'memory:3:1: column "target": 3 is not a binary label',
    /--positive-label/,
  ],
  [
    '0 and -1 as labels',
    { target: [1, 0, -1], pred: [1, 1, 1] },
    { loss: 'hinge', batchRows: 2 },
    'memory:4:1: column "target": label -1 in a column that also has label 0 (memory:3:1: column "target")',
    /not both/,
  ],
  [
    'a box inside out',
    { target: [[0, 0, 1, 1]], pred: [[2, 0, 1, 1]] },
    { loss: 'giou' },
    'memory:2:2: column "pred": box [2, 0, 1, 1] ends before it begins',
    /--boxes/,
  ],
  [
    'a box of five',
    { target: [[0, 0, 1, 1]], pred: [[2, 0, 1, 1, 1]] },
    { loss: 'giou' },
    'giou: --pred has 5 values a row, not 4',
    /4 columns/,
  ],
  [
    'two candidates',
    { target: [1], y: [1], pred: [1] },
    { loss: 'mse' },
    'mse: 2 candidates for one input: --target target and --target y',
    /choose one/,
  ],
  [
    'two scales',
    { target: [1], p0: [1], p1: [0], z0: [1], z1: [0] },
    { loss: 'cross-entropy' },
    'cross-entropy: 2 candidates for one input: --logits z0,z1 and --probs p0,p1',
    /choose one/,
  ],
  [
    'no candidate',
    { target: [1], guess: [1] },
    { loss: 'mse' },
    'mse needs --pred: no column has a usual name for it',
    /--pred COLUMN; columns: "target", "guess"/,
  ],
  [
    'a role no loss has',
    { target: [1], pred: [1] },
    { loss: 'mse', columnsOf: { logits: 'pred' } },
    '--logits: no chosen loss has this input',
    /lossctl explain mse/,
  ],
  [
    'two scales by flags',
    { target: [1], p: [1], z: [0] },
    { loss: 'bce', columnsOf: { probs: 'p', logits: 'z' } },
    'bce: --probs and --logits are the same input on other scales',
    /one of them/,
  ],
  [
    'a weight of another width',
    { target: [1], pred: [1], a: [1], b: [1] },
    { loss: 'mse', weight: 'a,b' },
    'mse: --weight has 2 values a row',
    /one column/,
  ],
  [
    'a target of 0 where it divides',
    { target: [1, 0], pred: [1, 1] },
    { loss: 'mape:zero-target=error' },
    'memory:3:1: column "target": 0, where the loss is undefined',
    /zero-target/,
  ],
  [
    'parameters that contradict the roles',
    { query: [[1, 0]], key: [[1, 0]], negatives: [[0, 1]] },
    { loss: 'info-nce:symmetric=true', columnsOf: { negatives: 'negatives' } },
    'info-nce: symmetric has no meaning with negatives: a negative has no query of its own',
    /explain info-nce/,
  ],
  [
    'half a negative',
    { query: [[1, 0]], key: [[1, 0]], negatives: [[0, 1, 2]] },
    { loss: 'info-nce', columnsOf: { negatives: 'negatives' } },
    'info-nce: --negatives has 3 values a row, not a multiple of 2',
    /whole vectors/,
  ],
];

describe('bad input is refused', () => {
  test.each(refusals)('%s', async (_, columns, evaluation, message, hint) => {
    const told = await faultIn(() => evaluate(columns, evaluation));
    expect(told.message).toBe(message);
    expect(told.hint).toMatch(hint);
  });
});

describe('what looks alike and is right', () => {
  test.each<[string, Columns, Evaluation, number]>([
    [
      'masked classes with --allow-inf',
      { target: [0], z0: [0], z1: [Number.NEGATIVE_INFINITY] },
      { loss: 'cross-entropy', allowInf: true },
      0,
    ],
    ['labels -1 and +1 where 0 and 1 are meant', { target: [1, -1], prob: [1, 0] }, { loss: 'bce' }, 0],
    ['labels 0 and 1 where -1 and +1 are meant', { target: [1, 0], pred: [2, -2] }, { loss: 'hinge' }, 0],
    ['booleans', { target: ['True', 'False'], prob: [1, 0] }, { loss: 'bce' }, 0],
    ['a positive label', { target: ['ham', 'spam', 'ham'], prob: [0, 1, 0] }, { loss: 'bce', positiveLabel: 'spam' }, 0],
    ['classes by name', { target: ['b', 'a'], p0: [0, 1], p1: [1, 0] }, { loss: 'cross-entropy', classes: ['a', 'b'] }, 0],
    ['boxes as corner and size', { target: [[1, 1, 2, 2]], pred: [[1, 1, 2, 2]] }, { loss: 'giou:eps=0,boxes=xywh' }, 0],
    ['boxes as centre and size', { target: [[0, 0, 2, 2]], pred: [[0, 0, 2, 2]] }, { loss: 'giou:eps=0,boxes=cxcywh' }, 0],
  ])('%s', async (_, columns, evaluation, value) => {
    expect((await evaluate(columns, evaluation))[0]).toMatchObject({ value, status: 'ok' });
  });
});

describe('what the data contradict has a stable code', () => {
  test.each<[string, Columns, Evaluation]>([
    ['D01', { target: [1], prob: [2.5] }, { loss: 'bce' }],
    ['D04', { target: [0], p0: [0.5], p1: [0.6] }, { loss: 'cross-entropy' }],
    ['D05', { target: [0], lp0: [0.5], lp1: [-1] }, { loss: 'cross-entropy' }],
    ['D06', { target: [3], pred: [1] }, { loss: 'hinge' }],
    ['D06', { target: [1, 0, -1], pred: [1, 1, 1] }, { loss: 'hinge' }],
    ['D06', { target: [2], prob: [0.5] }, { loss: 'bce' }],
    ['D07', { target: [2], z0: [1], z1: [0] }, { loss: 'cross-entropy' }],
    ['D07', { target: [0.5], z0: [1], z1: [0] }, { loss: 'cross-entropy' }],
    ['D09', { target: [], pred: [] }, { loss: 'mse' }],
    ['D09', { target: [null], pred: [1] }, { loss: 'mse', nan: 'skip' }],
    ['D09', { target: [1], pred: [1], w: [0] }, { loss: 'mse', weight: 'w' }],
    ['D10', { target: [0], pred: [1] }, { loss: 'mape:zero-target=error' }],
    ['D11', { target: [-1], pred: [1] }, { loss: 'poisson-nll' }],
    ['D13', { target: [1], pred: [1], var: [-1] }, { loss: 'gaussian-nll' }],
    ['D15', { target: [[0, 0, 1, 1]], pred: [[2, 0, 1, 1]] }, { loss: 'giou' }],
    ['D19', { target: [[1, 2]], pred: [[1, 2, 3]] }, { loss: 'mse' }],
    ['D20', { target: [1], pred: [Number.NaN] }, { loss: 'mse' }],
  ])('%s: %j', async (code, columns, evaluation) => {
    await expect(evaluate(columns, evaluation)).rejects.toMatchObject({ name: 'Fault', code });
  });
});
