import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

export const expectile = defineRowLoss({
  name: 'expectile',
  aliases: ['asymmetric-squared', 'asymmetric-least-squares'],
  task: 'regression',
  summary: 'Squared error that charges alpha for predicting too low and 1 - alpha for too high: least for the alpha-expectile.',
  inputs: { target: real('observed value'), pred: real('predicted expectile') },
  params: { alpha: number('the expectile that is predicted', 0.5, { min: 0, max: 1, open: true }) },
  formula: {
    text: '|alpha - [target <= pred]| (pred - target)^2',
    latex: String.raw`\bigl|\alpha-\mathbf 1[y\le\hat y]\bigr|\,(\hat y-y)^2`,
  },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'Newey and Powell (1987), Asymmetric Least Squares Estimation and Testing', url: 'https://doi.org/10.2307/1911031' },
  ],
  pitfalls: [
    'alpha = 0.5 gives half of mse, not mse.',
    'An expectile is no quantile: the 0.9-expectile does not lie above 90 % of the targets.',
    'Implicit Q-learning calls alpha tau; there too predicting too low costs the more, the larger it is.',
  ],
  equivalents: {
    catboost: 'Expectile:alpha=alpha',
    torch: 'torch.where(target > pred, alpha, 1 - alpha) * (pred - target) ** 2',
  },
  examples: [
    {
      inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] },
      params: { alpha: 0.8 },
      losses: [0.2, 0.05, 0, 0.2],
      value: 0.1125,
    },
  ],
  kernel({ target, pred }, { alpha }, n, out) {
    for (let i = 0; i < n; i++) {
      const e = pred[i] - target[i];
      out[i] = (e < 0 ? alpha : 1 - alpha) * e * e;
    }
  },
});
