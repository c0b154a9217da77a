import { defineRowLoss } from '../define.ts';
import { reals, scalar } from '../inputs.ts';
import { pinball } from '../math/pinball.ts';
import { quantiles } from '../params.ts';

export const crpsQuantile = defineRowLoss({
  name: 'crps-quantile',
  aliases: ['quantile-crps'],
  task: 'forecasting',
  summary: 'Distance between a distribution given by its quantiles and what happened: twice the mean of their pinball losses.',
  inputs: { target: scalar('observed value'), pred: reals('predicted quantiles, one for each level') },
  params: { quantiles },
  refuse({ quantiles }) {
    return quantiles === null ? 'it needs the level of each predicted quantile, such as --quantiles 0.1,0.5,0.9' : undefined;
  },
  formula: {
    text: '2 mean over q of max(q (target - pred_q), (q - 1) (target - pred_q))',
    latex: String.raw`\frac2Q\sum_q\max\bigl(q\,(y-\hat y^q),\ (q-1)(y-\hat y^q)\bigr)`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Laio and Tamea (2007), Verification tools for probabilistic forecasts',
      url: 'https://doi.org/10.5194/hess-11-1267-2007',
    },
    { title: 'Berrisch and Ziel (2023), CRPS learning', url: 'https://doi.org/10.1016/j.jeconom.2021.11.008' },
  ],
  pitfalls: [
    'An approximation of the integral: only for evenly spaced levels that cover the whole range does it tend to the crps as they become many.',
    'With the median alone it is mae.',
    'Values of different sets of levels cannot be compared.',
    'Quantiles that cross (a higher level below a lower one) are an error of the model that no single value shows.',
  ],
  equivalents: {
    scoringrules: 'scoringrules.crps_quantile(target, pred, alpha=quantiles)',
    sklearn: '2 * the mean of sklearn.metrics.mean_pinball_loss(target, pred_q, alpha=q) over q',
  },
  examples: [
    {
      inputs: {
        target: [10, 20],
        pred: [
          [8, 11],
          [19, 24],
        ],
      },
      params: { quantiles: [0.1, 0.5] },
      losses: [0.7, 2.1],
      value: 1.4,
    },
  ],
  kernel({ target, pred }, { quantiles }, n, out) {
    const { data, width } = pred;
    const levels = quantiles ?? []; // `refuse` lets no run begin without them
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += pinball(target[i] - data[i * width + k], levels[k]);
      out[i] = (2 * sum) / width;
    }
  },
});
