import { defineGroupLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { ExactSum } from '../math/exact-sum.ts';
import { softplus } from '../math/softplus.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const siglip = defineGroupLoss({
  name: 'siglip',
  aliases: ['sigmoid-contrastive', 'sigmoid-loss'],
  task: 'embedding',
  summary: 'Binary cross-entropy of every query with every key: partners are 1, all other pairs of the group 0. No softmax.',
  inputs: { query: embedding('embedding that looks for its partner'), key: embedding('its partner, in the same row') },
  params: {
    t: number('what cosines are multiplied by', 10, { min: 0, open: true }),
    b: number('what is added to them then', -10),
  },
  formula: {
    text: 'sum over j of ln(1 + e^(-y_ij (t cos(query_i, key_j) + b)));  y_ij = 1 for i = j, else -1',
    latex: String.raw`\sum_j\ln\bigl(1+e^{-y_{ij}(t\cos(q_i,k_j)+b)}\bigr)`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  values: 'row',
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; each row sums over the n keys, so a larger group costs more',
  references: [
    { title: 'Zhai et al. (2023), Sigmoid Loss for Language Image Pre-Training', url: 'https://arxiv.org/abs/2303.15343' },
  ],
  pitfalls: [
    'A row sums over all keys of its group, and rows are averaged: the value grows with the size of the group.',
    't and b are learned with the model: those of the checkpoint are needed. 10 and -10 are where training starts.',
    'Checkpoints store ln(t) as logit_scale: t is its exponential.',
    'Rows of a group that hold the same partner twice count as strangers to each other.',
  ],
  equivalents: {
    torch: '-torch.nn.functional.logsigmoid((2 * torch.eye(n) - 1) * (t * normalize(query) @ normalize(key).T + b)).sum() / n',
    open_clip: 'SigLipLoss()(query, key, logit_scale=10, logit_bias=-10)',
  },
  examples: [
    {
      inputs: {
        query: [
          [1, 0],
          [0, 1],
        ],
        key: [
          [1, 0],
          [0, 1],
        ],
      },
      params: { t: 2, b: 0 },
      losses: [0.8200751916029178, 0.8200751916029178],
      note: 'ln(1 + e^-2) for the partner, ln 2 for the other key',
    },
  ],
  kernel({ query, key }, { t, b }, n, out) {
    const { width } = query;
    const [queries, keys] = [unitVectors(query.data, width, n), unitVectors(key.data, width, n)];
    const terms = new Float64Array(n);
    const sum = new ExactSum();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const score = t * dot(queries, i * width, keys, j * width, width) + b;
        terms[j] = softplus(j === i ? -score : score);
      }
      sum.clear();
      sum.add(terms, n);
      out[i] = sum.value();
    }
  },
});
