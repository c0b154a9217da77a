import { defineGroupLoss } from '../define.ts';
import { embedding, identity } from '../inputs.ts';
import { ScoreRow } from '../math/score-row.ts';
import { softplus } from '../math/softplus.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const multiSimilarity = defineGroupLoss({
  name: 'multi-similarity',
  aliases: ['ms-loss'],
  task: 'embedding',
  summary:
    'Soft maxima of how dissimilar rows of one label and how similar rows of different labels are: every pair has its weight.',
  inputs: { embedding: embedding('embedding of the row'), target: identity('label: rows belong together where it is equal') },
  params: {
    alpha: number('scale of the similarities within a label', 2, { min: 0, open: true }),
    beta: number('scale of the similarities to other labels', 50, { min: 0, open: true }),
    base: number('cosine around which pairs are told apart', 0.5, { min: -1, max: 1 }),
  },
  formula: {
    text: 'ln(1 + sum over p of e^(-alpha (s_p - t))) / alpha + ln(1 + sum over n of e^(beta (s_n - t))) / beta;  s_p, s_n cosines with rows of the same and of other labels, t = base',
    latex: String.raw`\tfrac1\alpha\ln\Bigl(1+\sum_p e^{-\alpha(s_p-\lambda)}\Bigr)+\tfrac1\beta\ln\Bigl(1+\sum_n e^{\beta(s_n-\lambda)}\Bigr)`,
  },
  unit: 'ratio',
  properties: { differentiable: true, symmetric: false, robust: true },
  values: 'row',
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; its size changes the value: more pairs are summed',
  references: [
    {
      title: 'Wang et al. (2019), Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning',
      url: 'https://arxiv.org/abs/1904.06627',
    },
  ],
  pitfalls: [
    'All pairs of the group are used; the paper first mines hard ones (MultiSimilarityMiner), which gives another value.',
    'A row without another one of its label has no first term, but counts in the mean.',
    'beta is 50 here and in pytorch-metric-learning, 40 or 50 in the code of the paper.',
  ],
  equivalents: { pml: 'pytorch_metric_learning.losses.MultiSimilarityLoss(alpha=2, beta=50, base=0.5)' },
  examples: [
    {
      inputs: {
        embedding: [
          [1, 0],
          [1, 0],
          [0, 1],
        ],
        target: [1, 1, 2],
      },
      params: { alpha: 2, beta: 2, base: 0.5 },
      losses: [0.31326168751822286, 0.31326168751822286, 0.27572235696602557],
      note: 'ln(1 + 1/e) for each of the first two; the third has no partner and two strangers',
    },
  ],
  kernel({ embedding, target }, { alpha, beta, base }, n, out) {
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
        if (target[j] === label) positives.scores[same++] = -alpha * (s - base);
        else negatives.scores[others++] = beta * (s - base);
      }
      const own = softplus(positives.logSum(same)) / alpha + softplus(negatives.logSum(others)) / beta;
      out[i] = Number.isNaN(label) ? label : own;
    }
  },
});
