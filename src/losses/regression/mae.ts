import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';

export const mae = defineRowLoss({
  name: 'mae',
  aliases: ['mean-absolute-error', 'absolute-error', 'l1'],
  task: 'regression',
  summary: 'Absolute error, in the unit of the target: every unit of error counts the same; estimates the median.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {},
  bestConstant: () => ({ quantile: 0.5 }),
  formula: { text: '|pred - target|', latex: String.raw`|\hat y-y|` },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    { title: 'Gneiting (2011), Making and Evaluating Point Forecasts', url: 'https://doi.org/10.1198/jasa.2011.r10138' },
    { title: 'Willmott and Matsuura (2005), Advantages of the mean absolute error', url: 'https://doi.org/10.3354/cr030079' },
  ],
  pitfalls: [
    'Its best constant prediction is the median, not the mean: on skewed targets a model of the mean looks worse than it is.',
    'mae <= rmse always; a large gap between the two says that a few rows carry the error.',
  ],
  equivalents: {
    torch: 'torch.nn.L1Loss()',
    keras: 'keras.losses.MeanAbsoluteError()',
    sklearn: 'sklearn.metrics.mean_absolute_error(target, pred)',
    torchmetrics: 'torchmetrics.MeanAbsoluteError()',
    lightgbm: 'metric="l1"',
  },
  examples: [{ inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, losses: [0.5, 0.5, 0, 1], value: 0.5 }],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = Math.abs(pred[i] - target[i]);
  },
});
