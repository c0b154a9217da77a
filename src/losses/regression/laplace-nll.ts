import { defineRowLoss } from '../define.ts';
import { real, spread } from '../inputs.ts';
import { number } from '../params.ts';

export const laplaceNll = defineRowLoss({
  name: 'laplace-nll',
  aliases: ['laplacian-nll', 'double-exponential-nll'],
  task: 'regression',
  summary:
    'Negative log-likelihood under a Laplace distribution with predicted median and scale: gaussian-nll that bears outliers.',
  inputs: {
    target: real('observed value'),
    pred: real('predicted median'),
    laplaceScale: {
      ...spread('predicted scale b; the standard deviation is b sqrt(2)'),
      hint: 'a negative scale is often its logarithm: take the exponential',
    },
  },
  params: { eps: number('smallest scale; a smaller one counts as this', 1e-6, { min: 0 }) },
  formula: {
    text: 'ln(2 b) + |pred - target| / b;  b = max(scale, eps)',
    latex: String.raw`\ln(2b)+\frac{|\hat y-y|}{b},\quad b=\max(s,\varepsilon)`,
  },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Kotz, Kozubowski and Podgorski (2001), The Laplace Distribution and Generalizations',
      url: 'https://doi.org/10.1007/978-1-4612-0173-1',
    },
  ],
  pitfalls: [
    'The scale is no standard deviation: b = std / sqrt(2), the mean absolute error of a model that is right about itself.',
    'It can be negative, and falls by ln 10 for every power of ten in the unit of the target: compare on the same target only.',
    'eps is a floor for the scale. In units where scales are below 1e-6 it changes the value: set it to 0.',
  ],
  equivalents: {
    torch: { call: '-torch.distributions.Laplace(pred, scale).log_prob(target)', params: { eps: 0 } },
    scipy: '-scipy.stats.laplace.logpdf(target, pred, scale): eps 0',
  },
  examples: [{ inputs: { target: [0, 1], pred: [0, 2], laplaceScale: [0.5, 0.5] }, losses: [0, 2], value: 1 }],
  kernel({ target, pred, laplaceScale }, { eps }, n, out) {
    for (let i = 0; i < n; i++) {
      const b = Math.max(laplaceScale[i], eps);
      const r = Math.abs(pred[i] - target[i]);
      const base = Math.log(b) + Math.LN2;
      out[i] = r === 0 ? base : b === 0 ? r / b : base + r / b; // a scale of 0 makes r = 0 certain, all else impossible
    }
  },
});
