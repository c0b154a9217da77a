import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { pinball } from '../math/pinball.ts';
import { number, quantiles } from '../params.ts';

export const quantile = defineRowLoss({
  name: 'quantile',
  aliases: ['pinball', 'mean-pinball', 'quantile-regression', 'quantileerror', 'multi-quantile'],
  task: 'regression',
  summary: 'Absolute error that charges q for predicting too low and 1 - q for too high: least for the q-quantile.',
  inputs: { target: real('observed value'), pred: real('predicted q-quantile; with quantiles one for each level') },
  params: { q: number('the quantile that is predicted', 0.5, { min: 0, max: 1, open: true }), quantiles },
  domain({ quantiles }) {
    return quantiles ? { target: { width: 1 }, pred: { width: quantiles.length } } : {};
  },
  bestConstant: ({ q, quantiles }) => (quantiles ? undefined : { quantile: q }),
  formula: {
    text: 'max(q (target - pred), (q - 1) (target - pred));  with quantiles the mean over them',
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
    'Values of different q, or of different sets of quantiles, are on different scales: compare models at the same ones only.',
    'q is called alpha in scikit-learn, LightGBM and CatBoost; LightGBM takes 0.9 when it is not given.',
    'Of several quantiles it is the mean over them. MultiQuantile of CatBoost is their sum, and GluonTS sums twice the value over ' +
      'quantiles and rows.',
    'A higher quantile below a lower one (quantile crossing) is an error of the model that no single value shows: a warning counts them (D14).',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_pinball_loss(target, pred, alpha=0.5)',
    lightgbm: 'objective="quantile", alpha=q: default 0.9',
    catboost: 'Quantile:alpha=q',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, params: { q: 0.8 }, losses: [0.4, 0.1, 0, 0.2], value: 0.175 },
    {
      inputs: {
        target: [10, 20],
        pred: [
          [8, 11],
          [19, 24],
        ],
      },
      params: { quantiles: [0.1, 0.5] },
      losses: [0.35, 1.05],
      value: 0.7,
      note: 'two predicted quantiles: (0.2 + 0.5) / 2 and (0.1 + 2) / 2',
    },
  ],
  kernel({ target, pred }, { q, quantiles }, n, out) {
    if (quantiles === null) {
      for (let i = 0; i < n; i++) out[i] = pinball(target[i] - pred[i], q);
      return;
    }
    const count = quantiles.length; // all of a row share its target
    for (let i = 0, row = 0; i < n; row++) {
      for (let k = 0; k < count; k++, i++) out[i] = pinball(target[row] - pred[i], quantiles[k]);
    }
  },
});
