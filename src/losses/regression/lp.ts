import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

export const lp = defineRowLoss({
  name: 'lp',
  aliases: ['lq', 'power-error'],
  task: 'regression',
  summary: 'A power of the absolute error: from mae at p = 1 over mse at p = 2 to ever more weight on the worst rows.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { p: number('the power', 2, { min: 1 }) },
  formula: { text: '|pred - target|^p', latex: String.raw`|\hat y-y|^p` },
  unit: 'target^p',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: false },
  elements: 'mean',
  references: [
    { title: 'Gneiting (2011), Making and Evaluating Point Forecasts', url: 'https://doi.org/10.1198/jasa.2011.r10138' },
    {
      title: 'CatBoost: regression objectives and metrics, Lq',
      url: 'https://catboost.ai/en/docs/concepts/loss-functions-regression',
    },
  ],
  pitfalls: [
    'No root is taken: it is the mean of |error|^p, not the p-norm of the errors.',
    'Values of different p are in different units.',
    'At p = 1 there is a kink at the target.',
  ],
  equivalents: {
    catboost: 'Lq:q=p',
    torch: 'torch.mean(torch.abs(pred - target) ** p)',
  },
  examples: [
    { inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, params: { p: 3 }, losses: [0.125, 0.125, 0, 1], value: 0.3125 },
  ],
  kernel({ target, pred }, { p }, n, out) {
    for (let i = 0; i < n; i++) out[i] = Math.abs(pred[i] - target[i]) ** p;
  },
});
