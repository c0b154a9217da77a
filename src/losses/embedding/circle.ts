import { defineGroupLoss } from '../define.ts';
import { embedding, identity } from '../inputs.ts';
import { nothingOf } from '../math/labelled.ts';
import { ScoreRow } from '../math/score-row.ts';
import { softplus } from '../math/softplus.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const circle = defineGroupLoss({
  name: 'circle',
  aliases: [],
  task: 'embedding',
  summary:
    'Pulls rows of one label together and pushes others apart, each similarity with a weight by how far it still is from its goal.',
  inputs: { embedding: embedding('embedding of the row'), target: identity('label: rows belong together where it is equal') },
  params: {
    m: number('goals: 1 - m for the cosine of a pair, m for that of strangers', 0.4, { min: 0, max: 1 }),
    gamma: number('scale of the similarities', 80, { min: 0, open: true }),
  },
  formula: {
    text: 'ln(1 + sum over p of e^(-gamma [1 + m - s_p]+ (s_p - 1 + m)) sum over n of e^(gamma [s_n + m]+ (s_n - m)));  s_p, s_n cosines with rows of the same and of other labels',
    latex: String.raw`\ln\Bigl(1+\sum_p e^{-\gamma[1+m-s_p]_+(s_p-1+m)}\sum_n e^{\gamma[s_n+m]_+(s_n-m)}\Bigr)`,
  },
  unit: 'nats',
  properties: { differentiable: 'almost-everywhere', symmetric: false, robust: false },
  values: 'row',
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; its size changes the value: a larger group has harder pairs',
  references: [
    {
      title: 'Sun et al. (2020), Circle Loss: A Unified Perspective of Pair Similarity Optimization',
      url: 'https://arxiv.org/abs/2002.10857',
    },
  ],
  pitfalls: [
    'A row without another one of its label, or without one of another label, costs 0 and does not count in the mean.',
    'pytorch-metric-learning leaves out every row that costs 0, also one whose loss underflows.',
    'gamma is 80 here and in pytorch-metric-learning, 256 in the paper for faces; m 0.4 here, 0.25 there.',
    'Keras takes cosine distances of embeddings that must have length 1 already; here they are scaled.',
  ],
  equivalents: {
    pml: 'pytorch_metric_learning.losses.CircleLoss(m=0.4, gamma=80)',
    keras: {
      call: 'keras.losses.Circle(gamma=80.0, margin=0.4, remove_diagonal=True)',
      note: 'embeddings must have length 1 already; on the torch backend newer versions count rows without a pair, as 0',
    },
  },
  examples: [
    {
      inputs: {
        embedding: [
          [1, 0],
          [0.6, 0.8],
          [0, 1],
        ],
        target: [1, 1, 2],
      },
      params: { m: 0.25, gamma: 1 },
      losses: [0.7108002977448283, 1.0865508328678524, 0],
      note: 'the third row has no partner and does not count',
    },
  ],
  kernel({ embedding, target }, { m, gamma }, n, out, norm) {
    const { width } = embedding;
    const units = unitVectors(embedding.data, width, n);
    const positives = new ScoreRow(n);
    const negatives = new ScoreRow(n);
    for (let i = 0; i < n; i++) {
      const label = target[i];
      let same = 0;
      let others = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const s = dot(units, i * width, units, j * width, width);
        if (target[j] === label) positives.scores[same++] = -gamma * Math.max(0, 1 + m - s) * (s - (1 - m));
        else negatives.scores[others++] = gamma * Math.max(0, s + m) * (s - m);
      }
      const counts = same > 0 && others > 0;
      norm[i] = counts ? 1 : 0;
      out[i] = counts ? softplus(positives.logSum(same) + negatives.logSum(others)) : nothingOf(label, units[i * width]);
    }
  },
});
