import { defineRowLoss } from '../define.ts';
import { amount, real } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { boolean, number } from '../params.ts';

export const tweedieNll = defineRowLoss({
  name: 'tweedie-nll',
  aliases: ['tweedie-nloglik', 'tweedie'],
  task: 'regression',
  summary: 'What a Tweedie likelihood says of the predicted mean: for amounts that are often exactly 0, such as claims.',
  inputs: { target: amount('observed amount'), pred: real('predicted mean, or its logarithm with --log-input') },
  params: {
    rho: number('the variance is proportional to mean^rho', 1.5, { min: 1, max: 2, open: true }),
    logInput: boolean('pred is the logarithm of the mean', false),
  },
  domain({ logInput }) {
    return logInput
      ? {}
      : { pred: { min: 0, open: true, hint: 'a mean is above 0: is this its logarithm? then pass --log-input' } };
  },
  formula: {
    text: 'target pred^(1-rho) / (rho-1) + pred^(2-rho) / (2-rho);  logInput: e^pred in place of pred',
    latex: String.raw`\frac{y\,\hat y^{1-\rho}}{\rho-1}+\frac{\hat y^{2-\rho}}{2-\rho}`,
  },
  unit: 'target^(2 - rho)',
  properties: { differentiable: true, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Yang, Qian and Zou (2018), Insurance Premium Prediction via Gradient Tree-Boosted Tweedie Compound Poisson Models',
      url: 'https://doi.org/10.1080/07350015.2016.1200981',
    },
  ],
  pitfalls: [
    'Its best value depends on the targets: only differences between models on the same rows mean something. tweedie-deviance is 0 at best.',
    'It is half of tweedie-deviance plus a term of the target alone, which is left out.',
    'CatBoost takes the logarithm of the mean (--log-input); XGBoost and LightGBM report from the mean.',
    'Values of different rho are in different units.',
  ],
  equivalents: {
    xgboost: 'eval_metric="tweedie-nloglik@1.5"',
    lightgbm: 'metric="tweedie", tweedie_variance_power=1.5',
    catboost: 'Tweedie:variance_power=1.5: logInput',
  },
  examples: [
    { inputs: { target: [0, 1, 3], pred: [1, 1, 4] }, losses: [2, 4, 7], value: 4.333333333333333 },
    {
      inputs: { target: [0, 1], pred: [0, 0] },
      params: { logInput: true },
      losses: [2, 4],
      value: 3,
      note: 'a log mean of 0 is a mean of 1',
    },
  ],
  kernel({ target, pred }, { rho, logInput }, n, out) {
    const a = 1 - rho;
    const b = 2 - rho;
    for (let i = 0; i < n; i++) {
      const x = pred[i];
      const falling = logInput ? Math.exp(a * x) : x ** a;
      const rising = logInput ? Math.exp(b * x) : x ** b;
      out[i] = rising / b - times(target[i], falling) / a;
    }
  },
});
