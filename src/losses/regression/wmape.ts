import { defineFoldLoss } from '../define.ts';
import { reals } from '../inputs.ts';
import { number } from '../params.ts';

export const wmape = defineFoldLoss({
  name: 'wmape',
  aliases: ['nd', 'weighted-mape', 'wape', 'weighted-mean-absolute-percentage-error'],
  task: 'regression',
  summary: 'All absolute errors over all absolute targets: a percentage error that single targets of 0 cannot blow up.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: { eps: number('smallest sum of targets the errors are divided by', 1.17e-6, { min: 0 }) },
  formula: {
    text: 'sum(w |pred - target|) / max(sum(w |target|), eps)',
    latex: String.raw`\frac{\sum_i w_i|\hat y_i-y_i|}{\max\bigl(\sum_i w_i|y_i|,\ \varepsilon\bigr)}`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Kolassa and Schuetz (2007), Advantages of the MAD/Mean ratio over the MAPE',
      url: 'https://ideas.repec.org/a/for/ijafaa/y2007i6p40-43.html',
    },
    { title: 'Salinas et al. (2020), DeepAR (normalized deviation)', url: 'https://arxiv.org/abs/1704.04110' },
  ],
  pitfalls: [
    'A ratio of sums: values of shards, groups or series cannot be averaged: evaluate their rows together.',
    'Rows with large targets decide it: a model that is wrong on all small series can look good.',
    'The value is a fraction, not percent.',
    'If all targets are 0 it is the sum of errors over eps.',
  ],
  equivalents: {
    torchmetrics: 'torchmetrics.WeightedMeanAbsolutePercentageError()',
    gluonts: 'ND: eps 0',
  },
  examples: [{ inputs: { target: [100, 0, 300], pred: [90, 10, 280] }, value: 0.1, note: '40 of 400' }],
  slots() {
    return 2; // errors, targets
  },
  fold({ target, pred }, _params, n, weight, into) {
    const { width } = target;
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      for (let j = i * width; j < (i + 1) * width; j++) {
        into.add(0, w * Math.abs(pred.data[j] - target.data[j]));
        into.add(1, w * Math.abs(target.data[j]));
      }
    }
  },
  finish([errors, targets], { eps }) {
    const denominator = Math.max(targets, eps);
    return { value: errors / denominator, denominator };
  },
});
