import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { pinball } from '../math/pinball.ts';
import { number } from '../params.ts';

export const quantile = defineRowLoss({
  name: 'quantile',
  aliases: ['pinball', 'mean-pinball', 'quantile-regression'],
  task: 'regression',
  summary: 'Absolute error that charges q for predicting too low and 1 - q for too high: least for the q-quantile.',
  inputs: { target: real('observed value'), pred: real('predicted q-quantile') },
  params: { q: number('the quantile that is predicted', 0.5, { min: 0, max: 1, open: true }) },
  formula: {
    text: 'max(q (target - pred), (q - 1) (target - pred))',
    latex: String.raw`\max\bigl(q\,(y-\hat y),\ (q-1)(y-\hat y)\bigr)`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  elements: 'mean',
  references: [
    { title: 'Koenker and Bassett (1978), Regression Quantiles', url: 'https://doi.org/10.2307/1913643' },
    {
      title: 'Steinwart and Christmann (2011), Estimating conditional quantiles with the help of the pinball loss',
      url: 'https://doi.org/10.3150/10-BEJ267',
    },
  ],
  pitfalls: [
    'q = 0.5 gives half of mae, not mae.',
    'Values of different q are on different scales: compare models at the same q only.',
    'q is called alpha in scikit-learn, LightGBM (there 0.9 by default) and CatBoost; GluonTS sums twice the value.',
    'A higher quantile below a lower one (quantile crossing) is an error of the model that no single value shows.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_pinball_loss(target, pred, alpha=q)',
    lightgbm: 'objective="quantile", alpha=q: default 0.9',
    catboost: 'Quantile:alpha=q',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, params: { q: 0.8 }, losses: [0.4, 0.1, 0, 0.2], value: 0.175 },
  ],
  kernel({ target, pred }, { q }, n, out) {
    for (let i = 0; i < n; i++) out[i] = pinball(target[i] - pred[i], q);
  },
});
