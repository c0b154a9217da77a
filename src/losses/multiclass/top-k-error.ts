import { defineRowLoss } from '../define.ts';
import { classIndex, scores } from '../inputs.ts';
import { choice, number } from '../params.ts';

export const topKError = defineRowLoss({
  name: 'top-k-error',
  aliases: ['multi-error-top-k'],
  task: 'multiclass',
  summary: 'How often the class is not among the k best scores: one minus top-k accuracy.',
  inputs: { target: classIndex('class index'), pred: scores('a score for each class: logits and probabilities do as well') },
  params: {
    k: number('how many of the best scores count as a hit', 5, { min: 1, integer: true }),
    ties: choice(
      'a score equal to that of the class is ahead of it (against), is not (for), or is if its class comes later (last)',
      ['against', 'for', 'last'],
      'against',
    ),
  },
  formula: {
    text: '1 if at least k other classes have a score of s_y or more, else 0; ties: more, in place of s_y or more',
    latex: String.raw`\mathbb 1\left[\#\{c\neq y: s_c\ge s_y\}\ge k\right]`,
  },
  unit: 'rate',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Russakovsky et al. (2015), ImageNet Large Scale Visual Recognition Challenge',
      url: 'https://arxiv.org/abs/1409.0575',
    },
    { title: 'LightGBM: multi_error_top_k', url: 'https://lightgbm.readthedocs.io/en/latest/Parameters.html#multi_error_top_k' },
  ],
  pitfalls: [
    'Ties count against the model, as in LightGBM: equal scores for all classes are an error. Keras counts them as hits (--ties for).',
    'With k at least the number of classes every row is a hit.',
  ],
  equivalents: {
    sklearn: { call: '1 - sklearn.metrics.top_k_accuracy_score(target, pred, k=2)', params: { k: 2, ties: 'last' } },
    lightgbm: 'metric="multi_error", multi_error_top_k=1',
    keras: {
      call: '1 - keras.metrics.SparseTopKCategoricalAccuracy(k=5)',
      params: { ties: 'for' },
      reduction: 'mean',
    },
    torchmetrics: {
      call: '1 - torchmetrics.classification.MulticlassAccuracy(num_classes=C, top_k=5)',
      differs: 'it is a mean over classes (average="macro")',
    },
  },
  examples: [
    {
      inputs: {
        target: [0, 2],
        pred: [
          [0.5, 0.3, 0.2],
          [0.5, 0.3, 0.2],
        ],
      },
      params: { k: 2 },
      losses: [0, 1],
      value: 0.5,
    },
  ],
  kernel({ target, pred: { data, width } }, { k, ties }, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const own = start + target.data[i];
      let better = 0;
      for (let c = start; c < start + width; c++) {
        const ahead = ties === 'against' || (ties === 'last' && c > own); // of two equal scores
        if (c !== own && (ahead ? data[c] >= data[own] : data[c] > data[own])) better++;
        if (Number.isNaN(data[c])) better = Number.NaN;
      }
      out[i] = Number.isNaN(better + data[own]) ? Number.NaN : better >= k ? 1 : 0;
    }
  },
});
