import { defineRowLoss } from '../define.ts';
import { positive } from '../inputs.ts';
import { gammaDivergence } from '../math/deviance.ts';
import { stirlingRest } from '../math/log-factorial.ts';
import { number } from '../params.ts';

export const gammaNll = defineRowLoss({
  name: 'gamma-nll',
  aliases: ['gamma-nloglik', 'gamma'],
  task: 'regression',
  summary: 'Negative log-likelihood of positive amounts under a gamma distribution with the predicted mean.',
  inputs: { target: positive('observed amount'), pred: positive('predicted mean') },
  params: { psi: number('dispersion: the variance is psi mean^2; 1 is the exponential distribution', 1, { min: 0, open: true }) },
  formula: {
    text: 'k (target / pred + ln pred) - (k - 1) ln target - k ln k + ln Gamma(k);  k = 1 / psi',
    latex: String.raw`k\Bigl(\frac{y}{\hat y}+\ln\hat y\Bigr)-(k-1)\ln y-k\ln k+\ln\Gamma(k),\quad k=1/\psi`,
  },
  unit: 'nats',
  properties: { differentiable: true, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'McCullagh and Nelder (1989), Generalized Linear Models, chapter 8', url: 'https://doi.org/10.1201/9780203753736' },
  ],
  pitfalls: [
    'It can be negative, and falls by ln 10 for every power of ten in the unit of the target: compare on the same target only.',
    'With psi 1 it is target / pred + ln pred, which is what XGBoost and LightGBM report whatever the data; for other psi the constants belong to it.',
    'Between two models on the same rows it differs by half of gamma-deviance over psi.',
    'XGBoost raises predictions to 1e-6: below that its values differ.',
  ],
  equivalents: {
    torch: '-torch.distributions.Gamma(1 / psi, 1 / (psi * pred)).log_prob(target)',
    xgboost: 'eval_metric="gamma-nloglik": psi 1',
    lightgbm: 'metric="gamma": psi 1',
    scipy: '-scipy.stats.gamma.logpdf(target, 1 / psi, scale=psi * pred)',
  },
  examples: [
    {
      inputs: { target: [1, 3], pred: [1, 2] },
      losses: [1, 2.1931471805599454],
      value: 1.5965735902799727,
    },
    { inputs: { target: [2], pred: [2] }, params: { psi: 0.5 }, losses: [1.3068528194400546], note: '2 - ln 2' },
  ],
  kernel({ target, pred }, { psi }, n, out) {
    if (psi === 1) {
      for (let i = 0; i < n; i++) out[i] = target[i] / pred[i] + Math.log(pred[i]);
      return;
    }
    const k = 1 / psi;
    const constant = stirlingRest(k) + 0.5 * Math.log(2 * Math.PI * psi); // ln Gamma(k) + k - k ln k, which cancel for large k
    for (let i = 0; i < n; i++) out[i] = k * gammaDivergence(target[i], pred[i]) + Math.log(target[i]) + constant;
  },
});
