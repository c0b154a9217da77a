import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { intervalScore as score } from '../math/interval.ts';
import { number } from '../params.ts';

export const intervalScore = defineRowLoss({
  name: 'interval-score',
  aliases: ['winkler', 'winkler-score', 'mean-interval-score'],
  task: 'forecasting',
  summary: 'Width of a prediction interval, plus 2 / alpha for every unit the target lies outside: rewards narrow ones that hold.',
  inputs: {
    target: real('observed value'),
    lower: real('lower end of the interval: the alpha / 2 quantile'),
    upper: real('upper end of the interval: the 1 - alpha / 2 quantile'),
  },
  params: { alpha: number('share of targets that may lie outside: 1 - coverage', 0.05, { min: 0, max: 1, open: true }) },
  formula: {
    text: 'upper - lower + (2 / alpha) (max(0, lower - target) + max(0, target - upper))',
    latex: String.raw`(u-l)+\frac2\alpha\bigl((l-y)_++(y-u)_+\bigr)`,
  },
  unit: 'target',
  properties: { convexIn: 'lower', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  elements: 'mean',
  references: [
    { title: 'Winkler (1972), A Decision-Theoretic Approach to Interval Estimation', url: 'https://doi.org/10.2307/2284720' },
    {
      title: 'Gneiting and Raftery (2007), Strictly Proper Scoring Rules, Prediction, and Estimation',
      url: 'https://doi.org/10.1198/016214506000001437',
    },
  ],
  pitfalls: [
    'alpha is 1 - coverage: 0.05 for a 95 % interval. With 0.95 misses cost next to nothing and the value looks fine.',
    'Values of different alpha cannot be compared.',
    'An interval that ends below its beginning is charged as missed on both sides, not reported: check the columns.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.interval_score(target, lower, upper, alpha)',
    sklearn: '2 / alpha times the sum of mean_pinball_loss of lower at alpha / 2 and of upper at 1 - alpha / 2',
  },
  examples: [
    {
      inputs: { target: [5, 12, -1], lower: [0, 0, 0], upper: [10, 10, 10] },
      params: { alpha: 0.2 },
      losses: [10, 30, 20],
      value: 20,
    },
  ],
  kernel({ target, lower, upper }, { alpha }, n, out) {
    for (let i = 0; i < n; i++) out[i] = score(target[i], lower[i], upper[i], alpha);
  },
});
