import { defineRowLoss } from '../define.ts';
import { positive } from '../inputs.ts';
import { gammaDivergence } from '../math/deviance.ts';

export const gammaDeviance = defineRowLoss({
  name: 'gamma-deviance',
  aliases: ['mean-gamma-deviance'],
  task: 'regression',
  summary: 'Deviance of the gamma distribution: depends on the ratio of target and prediction alone, whatever their size.',
  inputs: { target: positive('observed amount'), pred: positive('predicted mean') },
  params: {},
  bestConstant: () => 'mean',
  formula: {
    text: '2 (ln(pred / target) + target / pred - 1)',
    latex: String.raw`2\Bigl(\ln\frac{\hat y}{y}+\frac{y}{\hat y}-1\Bigr)`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'McCullagh and Nelder (1989), Generalized Linear Models, section 8.3', url: 'https://doi.org/10.1201/9780203753736' },
    { title: 'scikit-learn: mean_gamma_deviance', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    "LightGBM's metric gamma_deviance is twice the sum over rows, not a mean.",
    'Predicting too low costs in proportion to the ratio, too high only its logarithm.',
    'Targets of 0 are refused: for amounts that are often 0 take tweedie-deviance with a power between 1 and 2.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_gamma_deviance(target, pred)',
    xgboost: 'eval_metric="gamma-deviance": with 1e-6 added to both',
    torchmetrics: 'torchmetrics.TweedieDevianceScore(power=2)',
  },
  examples: [
    {
      inputs: { target: [1, 2, 100], pred: [2, 2, 50] },
      losses: [0.3862943611198906, 0, 0.6137056388801094],
      value: 0.3333333333333333,
      note: 'twice as much costs less than half as much',
    },
  ],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = 2 * gammaDivergence(target[i], pred[i]);
  },
});
