import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { minusLog1p } from '../math/logarithm.ts';
import { number } from '../params.ts';

export const fair = defineRowLoss({
  name: 'fair',
  aliases: ['fair-error'],
  task: 'regression',
  summary:
    'Half the squared error when small, nearly linear when large, with a curvature that falls off slowly: hardly a place to tune.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { c: number('where the loss turns from quadratic to linear, in units of the target', 1, { min: 0, open: true }) },
  formula: {
    text: 'c^2 (r / c - ln(1 + r / c));  r = |pred - target|',
    latex: String.raw`c^2\Bigl(\frac{r}{c}-\ln\bigl(1+\frac{r}{c}\bigr)\Bigr),\quad r=|\hat y-y|`,
  },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [{ title: 'Fair (1974), On the Robust Estimation of Econometric Models' }],
  pitfalls: [
    'For large errors it grows by c for each unit, but lags behind c |error| by c^2 ln(|error| / c).',
    'c is in units of the target; 1.3998 standard deviations give 95 % efficiency for normal errors.',
    'Written as in the formula it gives 0 or worse for errors below 1e-8 c.',
  ],
  equivalents: {
    lightgbm: 'objective="fair", fair_c=1.0',
  },
  examples: [
    {
      inputs: { target: [0, 0, 0], pred: [0, 1, -3] },
      losses: [0, 0.3068528194400547, 1.6137056388801094],
      value: 0.6401861527733881,
    },
  ],
  kernel({ target, pred }, { c }, n, out) {
    for (let i = 0; i < n; i++) out[i] = c * (c * minusLog1p(Math.abs(pred[i] - target[i]) / c));
  },
});
