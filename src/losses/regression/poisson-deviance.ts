import { defineRowLoss } from '../define.ts';
import { count, positive } from '../inputs.ts';
import { poissonDivergence } from '../math/deviance.ts';

export const poissonDeviance = defineRowLoss({
  name: 'poisson-deviance',
  aliases: ['mean-poisson-deviance'],
  task: 'regression',
  summary: 'Twice what the predicted mean lacks in Poisson log-likelihood against the count itself: 0 for a perfect prediction.',
  inputs: {
    target: count('observed count'),
    pred: { ...positive('predicted mean'), hint: 'a mean of counts is above 0: take the exponential of log rates first' },
  },
  params: {},
  bestConstant: () => 'mean',
  formula: {
    text: '2 (target ln(target / pred) - target + pred);  0 ln 0 = 0',
    latex: String.raw`2\Bigl(y\ln\frac{y}{\hat y}-y+\hat y\Bigr)`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    { title: 'McCullagh and Nelder (1989), Generalized Linear Models, section 2.3', url: 'https://doi.org/10.1201/9780203753736' },
    { title: 'scikit-learn: mean_poisson_deviance', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' },
  ],
  pitfalls: [
    'It is twice poisson-nll with its full constant, less what the target itself would cost: never negative, unlike poisson-nll.',
    'pred is the mean, not its logarithm.',
    'A predicted mean of 0 is refused, even where the count is 0: a model that is sure of 0 can never be right by more.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.mean_poisson_deviance(target, pred)',
    torchmetrics: 'torchmetrics.TweedieDevianceScore(power=1)',
  },
  examples: [
    {
      inputs: { target: [2, 0, 4], pred: [1.5, 0.5, 3] },
      losses: [0.15072828980712353, 1, 0.3014565796142471],
      value: 0.48406162314045687,
    },
  ],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = 2 * poissonDivergence(target[i], pred[i]);
  },
});
