/** The ends of domains, where a formula written plainly gives NaN or a wrong number. Values follow from limits, by hand. */
import { describe, expect, it } from 'vitest';
import type { ParamValue } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { type Cell, evaluate, runRows } from './kernel-run.ts';

const INF = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

type Edge = readonly [
  why: string,
  loss: string,
  inputs: { readonly [role: string]: readonly Cell[] },
  params: { readonly [name: string]: ParamValue },
  expected: readonly number[],
];

const EDGES: readonly Edge[] = [
  ['a target of 0 that is skipped still shows a NaN', 'mape', { target: [0, 0], pred: [NAN, 5] }, { zeroTarget: 'skip' }, [NAN, 0]],
  ['0 ln 0 is 0', 'poisson-nll', { target: [0, 1], pred: [0, 0] }, { logInput: false, eps: 0 }, [0, INF]],
  ['a rate beyond float64 is named', 'poisson-nll', { target: [3], pred: [1e4] }, {}, [INF]],
  [
    'no error and no spread: infinitely likely',
    'gaussian-nll',
    { target: [1, 1], pred: [1, 1], var: [0, 1] },
    { eps: 0 },
    [-INF, 0],
  ],
  ['the same in logarithms', 'gaussian-nll', { target: [1], pred: [1], logvar: [-1e4] }, { eps: 0 }, [-5000]],
  ['an infinite logit, right and wrong', 'bce', { target: [1, 0, 0, 1], logits: [INF, -INF, INF, -INF] }, {}, [0, 0, INF, INF]],
  ['a NaN logit', 'bce', { target: [1, 0], logits: [NAN, NAN] }, {}, [NAN, NAN]],
  [
    'an infinite logit, right and wrong',
    'bce-with-logits',
    { target: [1, 0, 0, 1], logits: [INF, -INF, INF, -INF] },
    {},
    [0, 0, INF, INF],
  ],
  [
    'a positive of weight 0 costs nothing, even infinity',
    'bce-with-logits',
    { target: [1], logits: [-INF] },
    { posWeight: [0] },
    [0],
  ],
  ['a positive of weight 0 still shows a NaN', 'bce-with-logits', { target: [1], logits: [NAN] }, { posWeight: [0] }, [NAN]],
  [
    'certain probabilities, right and wrong',
    'bce-with-logits',
    { target: [1, 0, 1, 0], probs: [1, 0, 0, 1] },
    {},
    [0, 0, INF, INF],
  ],
  [
    'a class of weight 0 costs nothing, even infinity',
    'cross-entropy',
    { target: [0], logits: [[-INF, 1]] },
    { classWeight: [0, 1] },
    [0],
  ],
  ['a masked class and smoothing', 'cross-entropy', { target: [1], logits: [[-INF, 1]] }, { labelSmoothing: 0.1 }, [INF]],
  [
    'an infinite logit, right and wrong',
    'cross-entropy',
    {
      target: [0, 1],
      logits: [
        [INF, 1],
        [INF, 1],
      ],
    },
    {},
    [0, INF],
  ],
  ['all classes masked: there is no distribution', 'cross-entropy', { target: [0], logits: [[-INF, -INF]] }, {}, [NAN]],
  ['a NaN in another class', 'cross-entropy', { target: [0], logits: [[1, NAN]] }, {}, [NAN]],
  [
    '0 ln 0 hides no NaN',
    'kl-div',
    {
      target: [
        [0, 1],
        [NAN, 1],
      ],
      probs: [
        [NAN, 1],
        [0, 1],
      ],
    },
    {},
    [NAN, 0, NAN, 0],
  ],
  [
    'nor the other way round',
    'kl-div',
    {
      target: [
        [NAN, 1],
        [0, 1],
      ],
      probs: [
        [0, 1],
        [NAN, 1],
      ],
    },
    { direction: 'reverse' },
    [NAN, 0, NAN, 0],
  ],
  ['a subnormal probability', 'kl-div', { target: [[0, 1]], probs: [[5e-324, 1]] }, {}, [0, 0]],
  ['equal boxes without eps', 'giou', { target: [[0.1, 0.2, 0.7, 0.9]], pred: [[0.1, 0.2, 0.7, 0.9]] }, { eps: 0 }, [0]],
  ['areas of 0 without eps: nothing to divide by', 'giou', { target: [[1, 1, 1, 1]], pred: [[1, 1, 1, 1]] }, { eps: 0 }, [NAN]],
  ['a query alone', 'info-nce', { query: [[3, 4]], key: [[-3, 4]] }, {}, [0]],
];

describe('at the ends of domains', () => {
  it.each(EDGES)('%s: %s', (_, name, inputs, params, expected) => {
    const loss = LOSSES.find((each) => each.name === name);
    if (!loss || loss.kind === 'fold') throw new Error(`no rows of ${name}`);
    expect([...runRows(loss, { inputs, params }).out].map((value) => value + 0)).toEqual(expected);
  });

  it('dice of pixels has one image, whatever the scope', () => {
    const dice = LOSSES.find(({ name }) => name === 'dice');
    if (!dice) throw new Error('no dice');
    const inputs = { target: [1, 0, 1, 1], pred: [0.9, 0.2, 0.6, 1] };
    const values = ['batch', 'image'].map((scope) => evaluate(dice, { inputs, params: { scope } }));
    expect(values[0]).toBe(values[1]);
    expect(evaluate(dice, { inputs: { target: [[0, 0]], pred: [[0, 0]] }, params: { smooth: 0 } })).toBeNaN();
  });
});
