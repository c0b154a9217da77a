import { defineGroupLoss, type Matrix, type Numbers } from '../define.ts';
import { embedding, identity, inForm } from '../inputs.ts';
import { ExactSum } from '../math/exact-sum.ts';
import { nothingOf } from '../math/labelled.ts';
import { ScoreRow } from '../math/score-row.ts';
import { softplus } from '../math/softplus.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const ntXent = defineGroupLoss({
  name: 'nt-xent',
  aliases: ['simclr', 'normalized-temperature-cross-entropy'],
  task: 'embedding',
  summary:
    'Cross-entropy of picking the other view of a row, or one of its label, among the views of the group: the loss of SimCLR.',
  inputs: {
    view1: inForm('views', embedding('embedding of one view of the row')),
    view2: inForm('views', embedding('embedding of the other view')),
    embedding: inForm('labels', embedding('embedding of the row')),
    target: inForm('labels', identity('label: rows belong together where it is equal')),
  },
  params: { temperature: number('what cosines are divided by', 0.5, { min: 0, open: true }) },
  formula: {
    text: '-s_ik + ln sum over j != i of e^s_ij, for each of the 2n views; k is the other view of the row, s_ij = cos(z_i, z_j) / temperature; a row is the mean of its two. With labels: -s_ip + ln(e^s_ip + sum over n of e^s_in) for each pair of row i with another p of its label; n rows of other labels',
    latex: String.raw`-\ln\frac{e^{s_{ik}}}{\sum_{j\ne i}e^{s_{ij}}},\quad s_{ij}=\cos(z_i,z_j)/\tau;\qquad -\ln\frac{e^{s_{ip}}}{e^{s_{ip}}+\sum_n e^{s_{in}}}`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  values: 'row',
  cost: 'time 4 n^2 D (with labels n^2 D) and memory n D for a group of n rows of D dimensions; guessing costs ln(2n - 1), so values of different group sizes cannot be compared',
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
    'With labels other positives are left out of the sum below, as in pytorch-metric-learning and Optax; supcon keeps them. All three agree only where each row has one partner.',
    'With labels the mean is over pairs of rows of one label, so that large classes count for more; a row under --reduction none is the sum over its partners. A row without any has no pair.',
  ],
  equivalents: {
    monai: 'monai.losses.ContrastiveLoss(temperature=0.5)',
    pml: {
      call: 'pytorch_metric_learning.losses.NTXentLoss(temperature=0.07)(embeddings, labels)',
      params: { temperature: 0.07 },
      note: 'views go under one label for each row',
    },
    optax: {
      call: 'optax.losses.ntxent(embeddings, labels, temperature=0.07)',
      params: { temperature: 0.07 },
      note: 'views go under one label for each row',
    },
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
    {
      inputs: {
        embedding: [
          [1, 0],
          [1, 0],
          [1, 0],
          [0, 1],
        ],
        target: [4, 4, 4, 9],
      },
      params: { temperature: 1 },
      losses: [0.62652337503644572, 0.62652337503644572, 0.62652337503644572, 0],
      value: 0.31326168751822286,
      note: 'labels: ln(e + 1) - 1 for each of six pairs, two a row; the last row has no partner',
    },
  ],
  kernel({ view1, view2, embedding, target }, { temperature }, n, out, norm) {
    if (view1 && view2) ofViews(view1, view2, temperature, n, out);
    else if (embedding && target) ofLabels(embedding, target, temperature, n, out, norm);
  },
});

function ofViews(view1: Matrix, view2: Matrix, temperature: number, n: number, out: Float64Array): void {
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
}

/** A row is the sum over its partners and counts as many times, so that the mean is over pairs. */
function ofLabels(
  { data, width }: Matrix,
  target: Numbers,
  temperature: number,
  n: number,
  out: Float64Array,
  norm: Float64Array,
): void {
  const units = unitVectors(data, width, n);
  const negatives = new ScoreRow(n);
  const positives = new Float64Array(n);
  const pairs = new ExactSum();
  for (let i = 0; i < n; i++) {
    const label = target[i];
    let same = 0;
    let others = 0;
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const score = dot(units, i * width, units, j * width, width) / temperature;
      if (target[j] === label) positives[same++] = score;
      else negatives.scores[others++] = score;
    }
    const against = negatives.logSum(others);
    for (let p = 0; p < same; p++) positives[p] = softplus(against - positives[p]);
    pairs.clear();
    pairs.add(positives, same);
    norm[i] = same;
    out[i] = same > 0 ? pairs.value() : nothingOf(label, units[i * width]);
  }
}
