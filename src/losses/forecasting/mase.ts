import { defineGroupLoss } from '../define.ts';
import { positiveScalar, scalar } from '../inputs.ts';
import { ExactSum } from '../math/exact-sum.ts';

export const mase = defineGroupLoss({
  name: 'mase',
  aliases: ['mean-absolute-scaled-error'],
  task: 'forecasting',
  summary: 'Absolute error in units of what the naive forecast missed by on the past: comparable between series of any size.',
  inputs: {
    target: scalar('observed value'),
    pred: scalar('forecast'),
    seasonalError: positiveScalar(
      'mean of |y_t - y_(t-m)| over the past of the series, m its season (1 without); the same in all its rows',
    ),
  },
  params: {},
  formula: {
    text: 'mean of |pred - target| / seasonal error over the rows of a series, then over series',
    latex: String.raw`\frac1n\sum_{t}\frac{|\hat y_t-y_t|}{\frac{1}{T-m}\sum_{s=m+1}^{T}|y_s-y_{s-m}|}`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: true },
  values: 'group',
  cost: 'one value for each series: name its column with --group, else all rows count as one series',
  references: [
    {
      title: 'Hyndman and Koehler (2006), Another look at measures of forecast accuracy',
      url: 'https://doi.org/10.1016/j.ijforecast.2006.03.001',
    },
  ],
  pitfalls: [
    'The seasonal error comes from the past the model was trained on, never from the rows that are forecast: it is an input, --seasonal-error.',
    'Below 1 is better than the naive forecast was on the past, one step ahead: far ahead a good forecast may be above 1.',
    'A constant past has a seasonal error of 0 and no scaled error; such series are refused. Older GluonTS reported 0 for them.',
    'Averaged over series, not over rows: series of different length count the same. Without --group every row counts the same.',
  ],
  equivalents: {
    gluonts: 'gluonts.evaluation: MASE, with seasonal_error of each item',
    sktime: 'sktime.performance_metrics.forecasting.MeanAbsoluteScaledError(sp=m): takes the past as y_train',
  },
  examples: [
    {
      inputs: { target: [10, 12, 14], pred: [11, 12, 11], seasonalError: [2, 2, 2] },
      losses: [0.6666666666666666],
      value: 0.6666666666666666,
      note: 'one series: (0.5 + 0 + 1.5) / 3',
    },
  ],
  kernel({ target, pred, seasonalError }, _params, n, out) {
    const terms = new Float64Array(n);
    for (let i = 0; i < n; i++) terms[i] = Math.abs(pred[i] - target[i]) / seasonalError[i];
    const sum = new ExactSum(); // so that the order of the rows changes no bit
    sum.add(terms);
    out[0] = sum.value() / n;
  },
});
