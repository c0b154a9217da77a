import { defineFoldLoss } from '../define.ts';
import { reals } from '../inputs.ts';
import { rootMean } from '../math/root-mean.ts';
import { multioutput } from '../params.ts';

export const rmse = defineFoldLoss({
  name: 'rmse',
  aliases: ['root-mean-squared-error', 'root-mean-square-error', 'l2-root'],
  task: 'regression',
  summary: 'Root of the mean squared error: mse in the unit of the target, comparable with its standard deviation.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: { multioutput },
  bestConstant: () => 'mean',
  formula: {
    text: "sqrt(sum(w (pred - target)^2) / sum(w)); for vectors the mean of the elements' roots (uniform), or one root of all (flat)",
    latex: String.raw`\sqrt{\frac{\sum_i w_i(\hat y_i-y_i)^2}{\sum_i w_i}}`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: false },
  references: [
    { title: 'scikit-learn: root_mean_squared_error', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    'A root of a mean is not a mean of roots: the rmse of shards, groups or folds cannot be averaged: evaluate their rows together.',
    'For vectors scikit-learn averages the roots of the outputs (uniform); the root of the overall mean (flat) is never smaller.',
    'There is no value per row; use mse for worst rows and histograms.',
  ],
  equivalents: {
    torch: { call: 'torch.sqrt(torch.nn.functional.mse_loss(pred, target))', params: { multioutput: 'flat' } },
    keras: { call: 'keras.metrics.RootMeanSquaredError()', params: { multioutput: 'flat' } },
    sklearn: {
      call: 'sklearn.metrics.root_mean_squared_error(target, pred)',
      note: 'before 1.4 mean_squared_error(target, pred, squared=False)',
    },
    torchmetrics: { call: 'torchmetrics.MeanSquaredError(squared=False)', params: { multioutput: 'flat' } },
    catboost: 'RMSE; MultiRMSE is the root of the sum over outputs, not of their mean',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, value: 0.6123724356957945 },
    {
      inputs: {
        target: [
          [0, 0],
          [0, 0],
        ],
        pred: [
          [1, 2],
          [1, 2],
        ],
      },
      value: 1.5,
      note: 'the mean of 1 and 2',
    },
    {
      inputs: {
        target: [
          [0, 0],
          [0, 0],
        ],
        pred: [
          [1, 2],
          [1, 2],
        ],
      },
      params: { multioutput: 'flat' },
      value: 1.5811388300841898,
    },
  ],
  slots({ target }) {
    return 1 + target.width; // sum of weights, then sum of squares of each element
  },
  fold({ target, pred }, _params, n, weight, into) {
    const { width } = target;
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      into.add(0, w);
      for (let j = 0; j < width; j++) {
        const e = pred.data[i * width + j] - target.data[i * width + j];
        into.add(1 + j, w * e * e);
      }
    }
  },
  finish(slots, { multioutput }) {
    return rootMean(slots, multioutput);
  },
});
