import { defineGroupLoss } from '../define.ts';
import { embedding } from '../inputs.ts';
import { ScoreRow } from '../math/score-row.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const ntXent = defineGroupLoss({
  name: 'nt-xent',
  aliases: ['ntxent', 'simclr', 'normalized-temperature-cross-entropy'],
  task: 'embedding',
  summary: 'Cross-entropy of picking the other view of a row among all other views of the group: the loss of SimCLR.',
  inputs: { view1: embedding('embedding of one view of the row'), view2: embedding('embedding of the other view') },
  params: { temperature: number('what cosines are divided by', 0.5, { min: 0, open: true }) },
  formula: {
    text: '-s_ik + ln sum over j != i of e^s_ij, for each of the 2n views; k is the other view of the row, s_ij = cos(z_i, z_j) / temperature; a row is the mean of its two',
    latex: String.raw`-\ln\frac{e^{s_{ik}}}{\sum_{j\ne i}e^{s_{ij}}},\quad s_{ij}=\cos(z_i,z_j)/\tau`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  values: 'row',
  cost: '4 n^2 similarities for a group of n rows; guessing costs ln(2n - 1), so values of different group sizes cannot be compared',
  references: [
    {
      title: 'Chen et al. (2020), A Simple Framework for Contrastive Learning of Visual Representations (SimCLR)',
      url: 'https://arxiv.org/abs/2002.05709',
    },
    {
      title: 'Sohn (2016), Improved Deep Metric Learning with Multi-class N-pair Loss Objective',
      url: 'https://papers.nips.cc/paper/6200',
    },
  ],
  pitfalls: [
    'The value depends on how many rows compete: guessing costs ln(2n - 1). Fix the group (a column, or a batch size) and report it.',
    'Unlike in info-nce, views of the same kind compete as well: 2n - 1 candidates, not n.',
    'Temperatures differ between libraries: 0.5 here, in SimCLR and in MONAI, 0.07 in pytorch-metric-learning and Optax.',
    'The labelled form of pytorch-metric-learning and Optax leaves other positives out of the sum: the same only with one positive for each.',
  ],
  equivalents: {
    monai: 'monai.losses.ContrastiveLoss(temperature=0.5)',
    'pytorch-metric-learning': 'NTXentLoss(temperature=0.07) with both views of a row under one label',
    optax: 'optax.losses.ntxent(embeddings, labels, temperature=0.07), likewise',
  },
  examples: [
    {
      inputs: {
        view1: [
          [1, 0],
          [0, 1],
        ],
        view2: [
          [1, 0],
          [0, 1],
        ],
      },
      params: { temperature: 1 },
      losses: [0.5514447139320511, 0.5514447139320511],
      note: 'ln(e + 2) - 1: one partner, two others at right angles',
    },
  ],
  kernel({ view1, view2 }, { temperature }, n, out) {
    const { width } = view1;
    const [first, second] = [unitVectors(view1.data, width, n), unitVectors(view2.data, width, n)];
    const row = new ScoreRow(2 * n - 1);
    const loss = (own: Float64Array, other: Float64Array, i: number) => {
      let size = 0;
      for (let j = 0; j < n; j++) row.scores[size++] = dot(own, i * width, other, j * width, width) / temperature;
      for (let j = 0; j < n; j++) if (j !== i) row.scores[size++] = dot(own, i * width, own, j * width, width) / temperature;
      return row.loss(i);
    };
    for (let i = 0; i < n; i++) out[i] = 0.5 * (loss(first, second, i) + loss(second, first, i));
  },
});
