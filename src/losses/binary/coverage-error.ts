import { defineRowLoss } from '../define.ts';
import { hardLabels, reals } from '../inputs.ts';

export const coverageError = defineRowLoss({
  name: 'coverage-error',
  aliases: ['multilabel-coverage', 'multilabel-coverage-error'],
  task: 'binary',
  summary: 'How far down the ranking of the labels one has to go to have seen all true ones.',
  inputs: {
    target: hardLabels('which labels are true'),
    pred: reals('a score for each label: logits and probabilities do as well'),
  },
  params: {},
  formula: {
    text: 'number of labels whose score is at least the lowest score of a true one; 0 for no true label',
    latex: String.raw`\#\left\{l: s_l\ge\min_{k:\,y_k=1}s_k\right\}`,
  },
  unit: 'rank',
  properties: { differentiable: false, symmetric: false, robust: true },
  references: [
    {
      title: 'Tsoumakas, Katakis and Vlahavas (2010), Mining Multi-label Data',
      url: 'https://doi.org/10.1007/978-0-387-09823-4_34',
    },
    {
      title: 'scikit-learn: coverage_error',
      url: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.coverage_error.html',
    },
  ],
  pitfalls: [
    'The best value is the mean number of true labels, not 0: compare with that, or between models on the same rows.',
    'Ties count as the worst rank.',
    'A row without true labels costs 0 and pulls the mean down.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.coverage_error(target, pred)',
    torchmetrics: 'torchmetrics.classification.MultilabelCoverageError(num_labels=L)',
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
      losses: [2, 3],
      value: 2.5,
      note: 'of the scikit-learn documentation',
    },
  ],
  kernel({ target, pred: { data, width } }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const end = start + width;
      let lowest = Number.POSITIVE_INFINITY;
      let flaw = 0;
      for (let l = start; l < end; l++) {
        if (target.data[l] > 0) lowest = Math.min(lowest, data[l]);
        flaw += 0 * (target.data[l] + data[l]); // keeps NaN
      }
      let covered = 0;
      for (let l = start; l < end; l++) if (data[l] >= lowest) covered++;
      out[i] = covered + flaw;
    }
  },
});
