import { defineRowLoss } from '../define.ts';
import { oneOf, real, spread } from '../inputs.ts';
import { boolean, number } from '../params.ts';

const HALF_LOG_TWO_PI = 0.9189385332046728;

export const gaussianNll = defineRowLoss({
  name: 'gaussian-nll',
  aliases: ['normal-nll', 'rmse-with-uncertainty'],
  task: 'regression',
  summary: 'Negative log-likelihood under a normal distribution with predicted mean and spread: rewards honest uncertainty.',
  inputs: {
    target: real('observed value'),
    pred: real('predicted mean'),
    spread: oneOf(
      {
        var: spread('predicted variance'),
        std: spread('predicted standard deviation'),
        logvar: real('logarithm of the predicted variance'),
      },
      'var',
    ),
  },
  params: {
    full: boolean('add ln(2 pi) / 2, which no model can change', false),
    eps: number('smallest variance; a smaller one counts as this', 1e-6, { min: 0 }),
  },
  formula: {
    text: 'v = max(var, eps);  (ln v + (pred - target)^2 / v) / 2;  full: + ln(2 pi) / 2',
    latex: String.raw`\tfrac12\Bigl(\ln v+\frac{(\hat y-y)^2}{v}\Bigr)\ [{}+\tfrac12\ln 2\pi],\quad v=\max(\sigma^2,\varepsilon)`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, symmetric: true, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Nix and Weigend (1994), Estimating the mean and variance of the target probability distribution',
      url: 'https://doi.org/10.1109/ICNN.1994.374138',
    },
  ],
  pitfalls: [
    'A standard deviation passed as --var is the usual slip: nothing fails, every number is wrong. Name the role after what the column holds.',
    'It can be negative, and falls by ln 10 for every power of ten in the unit of the target: compare on the same target only.',
    'eps is a floor for the variance, not added to it. In units where variances are below 1e-6 it changes the value: set it to 0.',
    'Convex in the mean for a given spread, but not in mean and spread together.',
  ],
  equivalents: {
    torch: 'torch.nn.GaussianNLLLoss(full=False, eps=1e-6)',
    catboost: 'RMSEWithUncertainty: full true, spread as logarithm of the standard deviation',
    scipy: '-scipy.stats.norm.logpdf(target, pred, std): full true, eps 0',
  },
  examples: [
    { inputs: { target: [0, 1], pred: [0, 1.5], var: [1, 0.25] }, losses: [0, -0.19314718055994529], value: -0.09657359027997264 },
    {
      inputs: { target: [0, 1], pred: [0, 1.5], std: [1, 0.5] },
      losses: [0, -0.19314718055994529],
      note: 'the same spread, as standard deviation',
    },
  ],
  kernel({ target, pred, spread }, { full, eps }, n, out) {
    const { role, data } = spread;
    const constant = full ? HALF_LOG_TWO_PI : 0;
    const leastStd = Math.sqrt(eps);
    const leastLogVar = Math.log(eps);
    for (let i = 0; i < n; i++) {
      const e = pred[i] - target[i];
      let logStd: number;
      let z: number; // the error in standard deviations
      if (role === 'logvar') {
        logStd = 0.5 * Math.max(data[i], leastLogVar);
        z = e * Math.exp(-logStd);
      } else if (role === 'std') {
        const std = Math.max(data[i], leastStd);
        logStd = Math.log(std);
        z = e / std;
      } else {
        const v = Math.max(data[i], eps);
        logStd = 0.5 * Math.log(v);
        z = e / Math.sqrt(v);
      }
      out[i] = logStd + (e === 0 ? 0 : 0.5 * z * z) + constant; // at e = 0 the spread may be 0
    }
  },
});
