import { defineGroupLoss } from '../define.ts';
import { reals } from '../inputs.ts';

export const medianAe = defineGroupLoss({
  name: 'median-ae',
  aliases: ['median-absolute-error', 'medae'],
  task: 'regression',
  summary: 'Median of the absolute errors: the error of a typical row, whatever the worst half of them does.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: {},
  formula: {
    text: 'median of |pred - target| over all rows; of an even number the mean of the middle two',
    latex: String.raw`\operatorname{median}_i\,|\hat y_i-y_i|`,
  },
  unit: 'target',
  properties: { differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: true },
  values: 'group',
  cost: 'all rows in memory and one sort; with --group the value is the mean of the medians of the groups, not the median of all',
  references: [
    { title: 'scikit-learn: median_absolute_error', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
    {
      title: 'Hampel (1974), The Influence Curve and its Role in Robust Estimation',
      url: 'https://doi.org/10.1080/01621459.1974.10482962',
    },
  ],
  pitfalls: [
    'It does not see the larger half of the errors at all: report mae or max-error beside it.',
    'A median of shards or groups is not the median of all rows: with --group or --batch-size the mean of their medians is reported.',
    'Rows have no weights here: a weighted median is another statistic.',
    'For the median of each slice give its column twice: --group region --by region.',
    'Vector rows: the mean of the medians of each element, as in scikit-learn.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.median_absolute_error(target, pred)',
    catboost: 'MedianAbsoluteError',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, losses: [0.5], value: 0.5 },
    { inputs: { target: [0, 0, 0, 0], pred: [1, -2, 4, 100] }, losses: [3], value: 3, note: 'halfway between 2 and 4' },
  ],
  kernel({ target, pred }, _params, n, out) {
    const { width } = target;
    const errors = new Float64Array(n);
    let sum = 0;
    for (let j = 0; j < width; j++) {
      for (let i = 0; i < n; i++) errors[i] = Math.abs(pred.data[i * width + j] - target.data[i * width + j]);
      errors.sort();
      const middle = n >> 1;
      const median = n % 2 === 1 ? errors[middle] : 0.5 * errors[middle - 1] + 0.5 * errors[middle];
      sum += Number.isNaN(errors[n - 1]) ? Number.NaN : median; // NaN sorts last
    }
    out[0] = sum / width;
  },
});
