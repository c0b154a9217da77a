import { defineGroupLoss } from '../define.ts';
import { embedding, identity } from '../inputs.ts';
import { nothingOf } from '../math/labelled.ts';
import { ScoreRow } from '../math/score-row.ts';
import { dot, unitVectors } from '../math/unit-vectors.ts';
import { number } from '../params.ts';

export const supcon = defineGroupLoss({
  name: 'supcon',
  aliases: ['supervised-contrastive'],
  task: 'embedding',
  summary: 'Cross-entropy of picking the rows of the same label among all others of the group: contrastive training with labels.',
  inputs: { embedding: embedding('embedding of the row'), target: identity('label: rows belong together where it is equal') },
  params: { temperature: number('what cosines are divided by', 0.1, { min: 0, open: true }) },
  formula: {
    text: 'mean over p of (-s_ip + ln sum over j != i of e^s_ij);  p other rows of the same label, s_ij = cos(z_i, z_j) / temperature',
    latex: String.raw`-\frac1{|P_i|}\sum_{p\in P_i}\ln\frac{e^{s_{ip}}}{\sum_{j\ne i}e^{s_{ij}}},\quad s_{ij}=\cos(z_i,z_j)/\tau`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  values: 'row',
  cost: 'time n^2 D and memory n D for a group of n rows of D dimensions; guessing costs ln(n - 1), so values of different group sizes cannot be compared',
  references: [{ title: 'Khosla et al. (2020), Supervised Contrastive Learning', url: 'https://arxiv.org/abs/2004.11362' }],
  pitfalls: [
    'A row whose label no other row of its group has costs 0 and does not count in the mean; without any pair there is no value.',
    'The value depends on how many rows compete, and on how many share a label: with k positives it cannot fall below ln k.',
    'Here other positives stay in the sum below, as in the paper; nt-xent of some libraries takes them out.',
    'The code of the paper multiplies by temperature / base temperature = 1; with unequal ones its value is scaled.',
    'Temperatures differ: 0.1 here and in pytorch-metric-learning, 0.07 in the code of the paper.',
  ],
  equivalents: {
    pml: {
      call: 'pytorch_metric_learning.losses.SupConLoss(temperature=0.1)',
      note: 'gives 0 where all rows have one label',
    },
    'SupContrast (paper)': 'SupConLoss(temperature=0.07, base_temperature=0.07)(features, labels)',
  },
  examples: [
    {
      inputs: {
        embedding: [
          [1, 0],
          [1, 0],
          [0, 1],
        ],
        target: [7, 7, 3],
      },
      params: { temperature: 1 },
      losses: [0.31326168751822286, 0.31326168751822286, 0],
      value: 0.31326168751822286,
      note: 'ln(e + 1) - 1; the third row has no partner and does not count',
    },
  ],
  kernel({ embedding, target }, { temperature }, n, out, norm) {
    const { width } = embedding;
    const units = unitVectors(embedding.data, width, n);
    const all = new ScoreRow(n);
    const positives = new ScoreRow(n);
    for (let i = 0; i < n; i++) {
      const label = target[i];
      let size = 0;
      let same = 0;
      for (let j = 0; j < n; j++) {
        if (j === i) continue;
        const score = dot(units, i * width, units, j * width, width) / temperature;
        all.scores[size++] = score;
        if (target[j] === label) positives.scores[same++] = score;
      }
      const top = all.top(size);
      norm[i] = same > 0 ? 1 : 0;
      out[i] = same > 0 ? positives.below(top, same) / same + all.tail(top, size) : nothingOf(label, units[i * width]);
    }
  },
});
