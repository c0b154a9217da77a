import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';

export const mse = defineRowLoss({
  name: 'mse',
  aliases: ['mean-squared-error', 'squared-error', 'l2'],
  aliasNotes: { l2: 'it is the whole square here, as in LightGBM; l2_loss of Optax is half of it: half-mse' },
  task: 'regression',
  summary: 'Squared error: one large error outweighs many small ones; estimates the mean.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {},
  bestConstant: () => 'mean',
  formula: { text: '(pred - target)^2', latex: String.raw`(\hat y-y)^2` },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: false },
  elements: 'mean',
  references: [
    { title: 'Gauss (1823), Theoria combinationis observationum erroribus minimis obnoxiae' },
    { title: 'Gneiting (2011), Making and Evaluating Point Forecasts', url: 'https://doi.org/10.1198/jasa.2011.r10138' },
  ],
  pitfalls: [
    'The unit is the square of the target: compare rmse, not mse, with the spread of the data.',
    'The name l2 means this full square, as in LightGBM; optax.l2_loss and tf.nn.l2_loss are half of it: half-mse.',
    'In NumPy and PyTorch predictions of shape (N, 1) against targets of shape (N) broadcast to N x N differences and give another number.',
    'A single outlier can decide the value: look at the worst rows, or at mae and huber beside it.',
  ],
  equivalents: {
    torch: 'torch.nn.MSELoss()',
    keras: 'keras.losses.MeanSquaredError()',
    sklearn: 'sklearn.metrics.mean_squared_error(target, pred)',
    optax: { call: 'optax.squared_error(pred, target)', note: 'optax.l2_loss is half of it' },
    torchmetrics: 'torchmetrics.MeanSquaredError()',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, losses: [0.25, 0.25, 0, 1], value: 0.375 },
    { inputs: { target: [[0, 0]], pred: [[1, 3]] }, losses: [5], value: 5, note: 'a vector row reads as the mean of its elements' },
  ],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const e = pred[i] - target[i];
      out[i] = e * e;
    }
  },
});
