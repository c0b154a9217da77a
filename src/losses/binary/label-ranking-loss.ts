import { defineRowLoss } from '../define.ts';
import { hardLabels, reals } from '../inputs.ts';

export const labelRankingLoss = defineRowLoss({
  name: 'label-ranking-loss',
  aliases: ['label-ranking', 'multilabel-ranking-loss', 'multilabel-ranking'],
  task: 'binary',
  summary: 'Share of the pairs of a true and a false label that are in the wrong order.',
  inputs: {
    target: hardLabels('which labels are true'),
    pred: reals('a score for each label: logits and probabilities do as well'),
  },
  params: {},
  formula: {
    text: 'pairs of a true k and a false l with s_k <= s_l, divided by all such pairs; 0 where there are none',
    latex: String.raw`\frac{\#\{(k,l): y_k=1,\ y_l=0,\ s_k\le s_l\}}{|Y|\,(L-|Y|)}`,
  },
  unit: 'rate',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Tsoumakas, Katakis and Vlahavas (2010), Mining Multi-label Data',
      url: 'https://doi.org/10.1007/978-0-387-09823-4_34',
    },
    {
      title: 'scikit-learn: label_ranking_loss',
      url: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.label_ranking_loss.html',
    },
  ],
  pitfalls: [
    'Equal scores count as wrong: a model that says the same for all labels scores 1.',
    'A row with no true label, or with all of them, costs 0 and pulls the mean down.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.label_ranking_loss(target, pred)',
    torchmetrics: {
      call: 'torchmetrics.classification.MultilabelRankingLoss(num_labels=L)',
      differs:
        'of equal scores the one that argsort happens to put later ranks higher; where no two of a row are equal it is the value here',
    },
  },
  examples: [
    {
      inputs: {
        target: [
          [1, 0, 0],
          [0, 0, 1],
        ],
        pred: [
          [0.75, 0.5, 1],
          [1, 0.2, 0.1],
        ],
      },
      losses: [0.5, 1],
      value: 0.75,
      note: 'of the scikit-learn documentation',
    },
  ],
  kernel({ target, pred: { data, width } }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const end = start + width;
      let wrong = 0;
      let present = 0;
      for (let k = start; k < end; k++) {
        wrong += 0 * (target.data[k] + data[k]); // keeps NaN
        if (!(target.data[k] > 0)) continue;
        present++;
        for (let l = start; l < end; l++) if (target.data[l] < 0 && data[k] <= data[l]) wrong++;
      }
      out[i] = wrong / Math.max(1, present * (width - present));
    }
  },
});
