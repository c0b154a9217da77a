import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';

export const halfMse = defineRowLoss({
  name: 'half-mse',
  aliases: ['half-squared-error', 'half-mean-squared-error', 'optax-l2', 'l2-loss'],
  task: 'regression',
  summary: 'Half the squared error, whose derivative is the error itself: what optimisers and Gaussian likelihoods work with.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {},
  bestConstant: () => 'mean',
  formula: { text: '0.5 (pred - target)^2', latex: String.raw`\tfrac12(\hat y-y)^2` },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: false },
  elements: 'mean',
  references: [{ title: 'Bishop (2006), Pattern Recognition and Machine Learning, section 3.1' }],
  pitfalls: [
    'Twice this is mse: a value half as large as expected usually means that the two were mixed.',
    'The name l2-loss is this half, as in optax.l2_loss and tf.nn.l2_loss; l2 alone is mse, as in LightGBM.',
  ],
  equivalents: {
    optax: 'optax.l2_loss(pred, target)',
    torch: '0.5 * torch.nn.functional.mse_loss(pred, target)',
    sklearn: 'loss="squared_error" of sklearn.linear_model.SGDRegressor',
  },
  examples: [{ inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, losses: [0.125, 0.125, 0, 0.5], value: 0.1875 }],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const e = pred[i] - target[i];
      out[i] = 0.5 * e * e;
    }
  },
});
