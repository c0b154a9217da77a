import { defineGroupLoss } from '../define.ts';
import { positiveScalar, scalar } from '../inputs.ts';
import { ExactSum } from '../math/exact-sum.ts';

export const rmsse = defineGroupLoss({
  name: 'rmsse',
  aliases: ['root-mean-squared-scaled-error', 'wrmsse'],
  task: 'forecasting',
  summary: 'Root mean squared error in units of that of the naive forecast on the past: the measure of the M5 competition.',
  inputs: {
    target: scalar('observed value'),
    pred: scalar('forecast'),
    seasonalMse: positiveScalar(
      'mean of (y_t - y_(t-m))^2 over the past of the series, m its season (1 without); the same in all its rows',
    ),
  },
  params: {},
  formula: {
    text: 'sqrt(mean of (pred - target)^2 / seasonal mse) over the rows of a series, then the mean over series',
    latex: String.raw`\sqrt{\frac{\frac1n\sum_{t}(\hat y_t-y_t)^2}{\frac{1}{T-m}\sum_{s=m+1}^{T}(y_s-y_{s-m})^2}}`,
  },
  unit: 'ratio',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: false },
  values: 'group',
  cost: 'one value for each series: name its column with --group, else all rows count as one series',
  references: [
    {
      title: 'Hyndman and Koehler (2006), Another look at measures of forecast accuracy',
      url: 'https://doi.org/10.1016/j.ijforecast.2006.03.001',
    },
    {
      title: 'Makridakis, Spiliotis and Assimakopoulos (2022), M5 accuracy competition: Results, findings, and conclusions',
      url: 'https://doi.org/10.1016/j.ijforecast.2021.11.013',
    },
  ],
  pitfalls: [
    'The seasonal error comes from the past the model was trained on, never from the rows that are forecast: it is an input, --seasonal-mse.',
    'It is a mean of squares, not the mean of absolute values that mase takes.',
    'M5 weighs series by their sales (WRMSSE): give --weight, the same in all rows of a series.',
    'M5 counts the past from the first sale on; with leading zeros the scale is smaller and the value larger.',
  ],
  equivalents: {
    sktime: 'sktime.performance_metrics.forecasting.MeanSquaredScaledError(sp=m, square_root=True): takes the past as y_train',
    utilsforecast: 'utilsforecast.losses.rmsse(seasonality=m): takes the past as train_df',
  },
  examples: [
    {
      inputs: { target: [10, 12], pred: [13, 8], seasonalMse: [2, 2] },
      losses: [2.5],
      value: 2.5,
      note: 'one series: sqrt((9 + 16) / 2 / 2)',
    },
  ],
  kernel({ target, pred, seasonalMse }, _params, n, out) {
    const terms = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const z = (pred[i] - target[i]) / Math.sqrt(seasonalMse[i]);
      terms[i] = z * z;
    }
    const sum = new ExactSum(); // so that the order of the rows changes no bit
    sum.add(terms);
    out[0] = Math.sqrt(sum.value() / n);
  },
});
