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
  ['0 for 0 costs nothing without a floor', 'mape', { target: [0, 0, 0], pred: [0, NAN, 1] }, { eps: 0 }, [0, NAN, INF]],
  ['0 ln 0 is 0, and hides no NaN', 'poisson-deviance', { target: [0, 0, NAN], pred: [2, NAN, 1] }, {}, [4, NAN, NAN]],
  ['0 for 0 costs nothing without a floor', 'smape', { target: [0, 0, 0], pred: [0, NAN, 1] }, { eps: 0 }, [0, NAN, 2]],
  [
    'no error and no scale: infinitely likely',
    'laplace-nll',
    { target: [1, 1], pred: [1, 2], laplaceScale: [0, 0] },
    { eps: 0 },
    [-INF, INF],
  ],
  ['no spread: the absolute error', 'crps-normal', { target: [1, 1, 1], pred: [1, 3, NAN], std: [0, 0, 0] }, {}, [0, 2, NAN]],
  ['an amount where the log mean says none', 'tweedie-nll', { target: [1, 0], pred: [-1e4, -1e4] }, { logInput: true }, [INF, 0]],
  ['the median knows NaN, wherever it stands', 'median-ae', { target: [0, 0, 0], pred: [1, NAN, 2] }, {}, [NAN]],
  [
    'members on both sides, and one that is NaN',
    'crps-ensemble',
    {
      target: [0, 0],
      members: [
        [-1, 1],
        [NAN, 1],
      ],
    },
    { estimator: 'fair' },
    [0, NAN],
  ],
  ['an error beyond the square', 'energy-score', { target: [[0, 0]], members: [[5e200, 0, 5e200, 0]] }, {}, [5e200]],
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
  ['an infinite logit, right and wrong', 'focal', { target: [1, 0, 0, 1], logits: [INF, -INF, INF, -INF] }, {}, [0, 0, INF, INF]],
  ['positives of weight 0 cost nothing, even infinity', 'focal', { target: [1], logits: [-INF] }, { alpha: 0 }, [0]],
  ['a NaN logit', 'focal', { target: [1, 0], logits: [NAN, NAN] }, { gamma: 0 }, [NAN, NAN]],
  ['an infinite logit, right and wrong', 'sparsemax', { target: [1, 1], logits: [INF, -INF] }, {}, [0, INF]],
  ['a wrong infinite logit ends at eps', 'asymmetric', { target: [1, 0], logits: [-INF, -INF] }, {}, [-Math.log(1e-8), 0]],
  [
    'a label of weight 0 costs nothing, even infinity',
    'multilabel-soft-margin',
    { target: [[1, 1]], logits: [[-INF, INF]] },
    { classWeight: [0, 1] },
    [0],
  ],
  ['a class of weight 0 costs nothing, even infinity', 'nll', { target: [0], logProbs: [[-INF, 0]] }, { classWeight: [0, 1] }, [0]],
  ['certain and wrong costs 1 / q', 'gce', { target: [0], probs: [[0, 1]] }, {}, [2]],
  ['certain and wrong', 'gce', { target: [0], probs: [[0, 1]] }, { q: 0 }, [INF]],
  ['a class that is not a number', 'categorical-hinge', { target: [NAN], pred: [[1, 2]] }, {}, [NAN]],
  ['a class that is not a number', 'ova-logloss', { target: [NAN], logits: [[1, 2]] }, {}, [NAN]],
  ['a class that is not a number', 'rps', { target: [NAN], probs: [[0.5, 0.5]] }, {}, [NAN]],
  [
    'a class that is not a number, and smoothing',
    'softmax-focal',
    { target: [NAN], logits: [[1, 2]] },
    { labelSmoothing: 0.1 },
    [NAN],
  ],
  [
    'a class ruled out',
    'multiclass-sparsemax',
    {
      target: [0, 1],
      logits: [
        [0, -INF],
        [0, -INF],
      ],
    },
    {},
    [0, INF],
  ],
  [
    'a NaN in another class',
    'multiclass-sparsemax',
    {
      target: [0, 0],
      logits: [
        [1, NAN],
        [1, NAN],
      ],
    },
    {},
    [NAN, NAN],
  ],
  [
    'more time steps than there are, or half of one',
    'ctc',
    {
      target: [[1], [1], [1]],
      logProbs: [
        [
          [-1, -1],
          [-1, -1],
        ],
        [
          [-1, -1],
          [-1, -1],
        ],
        [
          [-1, -1],
          [-1, -1],
        ],
      ],
      inputLength: [3, 1e20, 1.5],
    },
    { symbols: 2 },
    [NAN, NAN, NAN],
  ],
  ['a NaN in another class', 'zero-one', { target: [0], logits: [[1, NAN]] }, {}, [NAN]],
  ['a NaN in another class', 'top-k-error', { target: [0], pred: [[1, NAN]] }, {}, [NAN]],
  ['nothing in common, in bits', 'js-div', { target: [[1, 0]], logProbs: [[-INF, 0]] }, { base: 2 }, [1]],
  [
    '0 ln 0 hides no NaN',
    'generalized-kl',
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
    [NAN, NAN],
  ],
  ['a class both rule out costs nothing', 'distillation', { logits: [[0, -INF]], teacherLogits: [[3, -INF]] }, { alpha: 1 }, [0]],
  ['a query alone', 'info-nce', { query: [[3, 4]], key: [[-3, 4]] }, {}, [0]],
  ['an item alone', 'listmle', { target: [2], pred: [7] }, {}, [0]],
  ['no item is better than another', 'ranknet', { target: [1, 1], pred: [1, 2] }, {}, [0]],
  ['nor here, but a score is no number', 'ranknet', { target: [1, 1], pred: [1, NAN] }, {}, [NAN]],
  ['a relevance that is no number', 'pairwise-hinge', { target: [1, NAN], pred: [1, 2] }, {}, [NAN]],
  ['a score that is no number, among equals', 'ndcg-loss', { target: [1, 1], pred: [1, NAN] }, {}, [NAN]],
  ['the same where relevance is nowhere', 'ndcg-loss', { target: [0, 0], pred: [1, NAN] }, {}, [NAN]],
  ['ties of fractions: exactly 0', 'ndcg-loss', { target: [0.1, 0.1, 0.1], pred: [2, 2, 2] }, { gain: 'linear' }, [0]],
  ['no event', 'cox', { pred: [1, 2], time: [1, 2], event: [0, 0] }, {}, [0]],
  ['whether it was an event is not known', 'cox', { pred: [1, 2], time: [1, 2], event: [0, NAN] }, {}, [NAN]],
  ['nothing is known of the time', 'aft-nll', { pred: [3], lower: [0], upper: [-1] }, {}, [0]],
  ['bounds that are swapped', 'aft-nll', { pred: [0], lower: [2], upper: [1] }, { eps: 0 }, [INF]],
  ['a bound that is no number', 'aft-nll', { pred: [0, 0], lower: [NAN, 1], upper: [1, NAN] }, {}, [NAN, NAN]],
  [
    'rewards beyond float64 that are equal',
    'dpo',
    { chosen: [-1e4], rejected: [-1e4], refChosen: [0], refRejected: [0] },
    { fDivergence: 'forward-kl' },
    [Math.LN2],
  ],
  ['a token the reference finds certain', 'kl-estimator', { logProbs: [-1e4], refLogProbs: [0] }, {}, [INF]],
  ['a token that is masked', 'token-ce', { target: [0], logits: [[-INF, 1]] }, {}, [INF]],
  ['areas of 0 without eps: nothing to divide by', 'box-iou', { target: [[1, 1, 1, 1]], pred: [[1, 1, 1, 1]] }, { eps: 0 }, [NAN]],
  ['equal boxes without eps', 'ciou', { target: [[0.1, 0.2, 0.7, 0.9]], pred: [[0.1, 0.2, 0.7, 0.9]] }, { eps: 0 }, [0]],
  ['no difference at all, another norm', 'contrastive', { x1: [[1, 2]], x2: [[1, 2]], target: [1] }, { p: 3 }, [0]],
  ['a stranger out of reach shows a NaN label', 'contrastive', { x1: [[0, 0]], x2: [[9, 9]], target: [NAN] }, {}, [NAN]],
  ['a zero vector has no direction', 'cosine-distance', { target: [[0, 0]], pred: [[0, 0]] }, { eps: 0 }, [1]],
  ['a distance beyond float64', 'triplet', { anchor: [[1e308]], positive: [[-1e308]], negative: [[0]] }, {}, [INF]],
  [
    'nobody to be compared with',
    'supcon',
    {
      embedding: [
        [1, 0],
        [0, 1],
        [NAN, 1],
      ],
      target: [1, 2, 3],
    },
    {},
    [0, 0, NAN],
  ],
  [
    'nobody to be compared with',
    'nt-xent',
    {
      embedding: [
        [1, 0],
        [0, 1],
        [NAN, 1],
      ],
      target: [1, 2, 3],
    },
    {},
    [0, 0, NAN],
  ],
  [
    'no row of another label',
    'nt-xent',
    {
      embedding: [
        [1, 0],
        [0, 1],
      ],
      target: [5, 5],
    },
    {},
    [0, 0],
  ],
  ['a label that is none', 'nt-xent', { embedding: [[1, 0]], target: [NAN] }, {}, [NAN]],
  ['ready distances that are none', 'triplet', { positiveDistance: [NAN, 0, 0], negativeDistance: [0, NAN, 9] }, {}, [NAN, NAN, 0]],
  ['a row alone', 'circle', { embedding: [[3, 4]], target: [1] }, {}, [0]],
  ['a row alone', 'multi-similarity', { embedding: [[3, 4]], target: [1] }, {}, [0]],
  [
    'all of one label',
    'batch-hard-triplet',
    {
      embedding: [
        [1, 0],
        [0, 1],
      ],
      target: [1, 1],
    },
    {},
    [0, 0],
  ],
  ['a row has no variance', 'vicreg', { view1: [[1, 2]], view2: [[1, 2]] }, {}, [NAN]],
  ['a row has no variance', 'barlow-twins', { view1: [[1, 2]], view2: [[1, 2]] }, {}, [NAN]],
  ['an infinite score, right and wrong', 'lovasz-hinge', { target: [1, -1], logits: [INF, -INF] }, {}, [0]],
  ['an infinite score, wrong', 'lovasz-hinge', { target: [1, -1], logits: [-INF, -1] }, {}, [INF]],
  ['no variance at all', 'gaussian-kl', { mu: [[0]], logvar: [[-INF]] }, {}, [INF]],
];

describe('at the ends of domains', () => {
  it.each(EDGES)('%s: %s', (_, name, inputs, params, expected) => {
    const loss = LOSSES.find((each) => each.name === name);
    if (!loss) throw new Error(`no ${name}`);
    const values = loss.kind === 'fold' ? [evaluate(loss, { inputs, params })] : [...runRows(loss, { inputs, params }).out];
    expect(values.map((value) => value + 0)).toEqual(expected);
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
