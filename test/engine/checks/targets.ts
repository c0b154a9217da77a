import type { Case } from './case.ts';

export const TARGETS: readonly Case[] = [
  {
    code: 'D08',
    run: { loss: 'hinge' },
    triggers: { target: [1, 1], pred: [0.5, 2] },
    twin: { target: [1, -1], pred: [0.5, 2] },
    says: /all 2 rows have the label 1/,
  },
  {
    code: 'D08',
    run: { loss: 'cross-entropy' },
    triggers: { target: [1, 1], z0: [0, 1], z1: [2, 0] },
    twin: { target: [1, 0], z0: [0, 1], z1: [2, 0] },
    says: /all 2 rows have the label 1/,
  },
  {
    code: 'D08',
    run: { loss: 'cross-entropy' },
    triggers: {
      target: [
        [1, 0],
        [1, 0],
      ],
      logits: [
        [2, 1],
        [0, 3],
      ],
    },
    twin: {
      target: [
        [1, 0],
        [0, 1],
      ],
      logits: [
        [2, 1],
        [0, 3],
      ],
    },
    says: /all 2 rows have the same target/,
  },
  {
    code: 'D08', // of pairs all may be written better first, worse second
    run: { loss: 'cosine-embedding' },
    triggers: {
      target: [1, 1],
      x1: [
        [1, 2],
        [3, 4],
      ],
      x2: [
        [1, 2],
        [3, 5],
      ],
    },
    twin: { target: [1, 1], x1: [1, 2], x2: [0, 3] },
    twinRun: { loss: 'margin-ranking' },
    says: /label 1/,
  },
  {
    code: 'D12',
    run: { loss: 'poisson-nll' },
    triggers: { target: [1, 0.5], pred: [1, 1] },
    twin: { target: [1, 2], pred: [0.5, 1] },
    says: /1 of 2 counts are not whole.*; first at memory:3:1/,
  },
  {
    code: 'D12',
    run: { loss: 'negative-binomial-nll' },
    triggers: { target: [0.5], pred: [1], dispersion: [1] },
    twin: { target: [1], pred: [0.5], dispersion: [1] },
    says: /1 of 1 counts/,
  },
  {
    code: 'D22',
    run: { loss: 'quantile' },
    triggers: { target: [1.5, 2], pred: [1, 2] },
    twin: { target: [1.5, 2], pred: [1, 2.5] },
    says: /swapped/,
  },
  {
    code: 'D22', // one target for two predictions: nothing is read past its end
    run: { loss: 'quantile', params: { quantiles: '0.1,0.9' } },
    triggers: {
      target: [1.5, 2],
      pred: [
        [1, 2],
        [2, 3],
      ],
    },
    twin: {
      target: [1, 2],
      pred: [
        [1, 2],
        [2, 3],
      ],
    },
    says: /swapped/,
  },
  {
    code: 'D22',
    run: { loss: 'cross-entropy' },
    triggers: {
      target: [
        [0.7, 0.3],
        [0.2, 0.8],
      ],
      probs: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: {
      target: [
        [1, 0],
        [0, 1],
      ],
      probs: [
        [0.7, 0.3],
        [0.2, 0.8],
      ],
    },
    says: /--probs holds only whole numbers/,
  },
  {
    code: 'D22',
    run: { loss: 'bce' },
    triggers: { target: [0.7, 0.2], prob: [1, 0] },
    twin: { target: [1, 0], prob: [0.7, 0.2] },
    says: /--probs/,
  },
  {
    code: 'D22',
    run: { loss: 'poisson-deviance' },
    triggers: { target: [1.5, 2.5], pred: [1, 3] },
    twin: { target: [1, 3], pred: [1.5, 2.5] },
    says: /--pred/,
  },
  {
    code: 'D22',
    run: { loss: 'kl-div' },
    triggers: {
      target: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      probs: [
        [1, 0],
        [0, 1],
      ],
    },
    twin: {
      target: [
        [0.5, 0.5],
        [0.5, 0.5],
      ],
      probs: [
        [1, 0],
        [0, 1],
      ],
    },
    twinRun: { loss: 'js-div' },
    says: /--probs/,
  },
  {
    code: 'D26',
    run: { loss: 'cross-entropy' },
    triggers: {
      target: [
        [1, 0, 0],
        [0, 0, 1],
        [0, 0, 1],
      ],
      logits: [
        [1, 2, 3],
        [0, 1, 4],
        [2, 2, 0],
      ],
    },
    twin: {
      target: [
        [1, 0, 0],
        [0, 0.1, 0.9],
        [0, 0, 1],
      ],
      logits: [
        [1, 2, 3],
        [0, 1, 4],
        [2, 2, 0],
      ],
    },
    says: /1 of 3 classes have no row, first 1/,
  },
  {
    code: 'D26', // nobody expects all tokens
    run: { loss: 'cross-entropy' },
    triggers: { target: [0, 1, 1], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    twin: { target: [0, 1, 1], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    twinRun: { loss: 'token-ce' },
    says: /1 of 3 classes/,
  },
  {
    code: 'D26',
    run: { loss: 'lovasz-softmax' },
    triggers: { target: [0, 1, 1], p0: [0.5, 0.2, 0.3], p1: [0.5, 0.7, 0.4], p2: [0, 0.1, 0.3] },
    twin: { target: [0, 1, 2], p0: [0.5, 0.2, 0.3], p1: [0.5, 0.7, 0.4], p2: [0, 0.1, 0.3] },
    says: /1 of 3 classes/,
  },
  {
    code: 'D26', // a predicted class is no score of it
    run: { loss: 'zero-one', columnsOf: { probs: 'p0,p1,p2' } },
    triggers: { target: [1, 2, 1], pred: [1, 2, 1], p0: [0, 0, 1], p1: [1, 0, 0], p2: [0, 1, 0] },
    twin: { target: [1, 2, 1], pred: [1, 2, 1] },
    twinRun: { loss: 'zero-one' },
    says: /first 0/,
  },
  {
    code: 'D26',
    run: { loss: 'cross-entropy' },
    triggers: { target: [0, 1, 1], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    twin: { target: [0, 1, 2], z0: [1, 2, 3], z1: [0, 1, 4], z2: [2, 2, 0] },
    says: /1 of 3 classes have no row, first 2/,
  },
  {
    code: 'D26', // a missing target is no class, and hides none
    run: { loss: 'cross-entropy', nan: 'propagate' },
    triggers: { target: [null, null, null, 0, 1, 1], z0: [1, 2, 3, 1, 2, 3], z1: [0, 1, 4, 0, 1, 4], z2: [2, 2, 0, 2, 2, 0] },
    twin: { target: [null, null, null, 0, 1, 2], z0: [1, 2, 3, 1, 2, 3], z1: [0, 1, 4, 0, 1, 4], z2: [2, 2, 0, 2, 2, 0] },
    says: /1 of 3 classes have no row, first 2/,
  },
  {
    code: 'D27',
    run: { loss: 'cross-entropy', params: { 'label-smoothing': '0.1' } },
    triggers: { target: [[0.9, 0.1]], logits: [[1, 2]] },
    twin: { target: [[1, 0]], logits: [[1, 2]] },
    says: /softens them again/,
  },
  {
    code: 'D27',
    run: { loss: 'bce-with-logits', params: { 'label-smoothing': '0.1' } },
    triggers: { target: [0.9, 0], logit: [2, -2] },
    twin: { target: [1, 0], logit: [2, -2] },
    says: /1 target values are soft already/,
  },
];
