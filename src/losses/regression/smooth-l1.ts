import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

export const smoothL1 = defineRowLoss({
  name: 'smooth-l1',
  aliases: ['smooth-mae'],
  task: 'regression',
  summary: 'Absolute error with a rounded tip of width beta: slope 1 outside, whatever beta is.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { beta: number('where the rounded tip ends, in units of the target; 0 is exactly mae', 1, { min: 0 }) },
  formula: {
    text: 'r = |pred - target|;  0.5 r^2 / beta if r < beta, else r - 0.5 beta',
    latex: String.raw`\begin{cases}\frac{r^2}{2\beta} & r < \beta\\ r-\tfrac12\beta & r \ge \beta\end{cases},\quad r=|\hat y-y|`,
  },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [{ title: 'Girshick (2015), Fast R-CNN', url: 'https://arxiv.org/abs/1504.08083' }],
  pitfalls: [
    'Equals huber only at beta = delta = 1: huber(delta) = delta * smooth-l1(beta = delta).',
    'beta = 0 is mae and has a kink; beta to infinity tends to 0, where huber tends to half of mse.',
    'Detection code often writes it with sigma: beta = 1 / sigma^2 (3 in Faster R-CNN, so beta = 1/9).',
  ],
  equivalents: {
    torch: 'torch.nn.SmoothL1Loss(beta=1.0)',
    optax: { call: 'optax.huber_loss(pred, target, delta=1.0)', note: 'for another beta huber_loss(delta=beta) / beta' },
    keras: { call: 'keras.losses.Huber(delta=1.0)', note: 'for another beta Huber(delta=beta) / beta' },
  },
  examples: [
    {
      inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] },
      params: { beta: 1 },
      losses: [0.125, 0.125, 0, 0.5],
      value: 0.1875,
    },
    { inputs: { target: [0, 0], pred: [0.5, -3] }, params: { beta: 0 }, losses: [0.5, 3], value: 1.75, note: 'exactly mae' },
  ],
  kernel({ target, pred }, { beta }, n, out) {
    for (let i = 0; i < n; i++) {
      const r = Math.abs(pred[i] - target[i]);
      out[i] = r < beta ? (0.5 * r * r) / beta : r - 0.5 * beta;
    }
  },
});
