import { defineRowLoss } from '../define.ts';
import { logit, sign } from '../inputs.ts';

export const sparsemax = defineRowLoss({
  name: 'sparsemax',
  aliases: ['binary-sparsemax'],
  task: 'binary',
  summary: 'Loss of the binary sparsemax: exactly 0 beyond the margin, as a hinge, and smooth, as a logistic loss.',
  inputs: { target: sign('label'), logits: logit('score before sparsemax') },
  params: {},
  formula: {
    text: 'x = -target z with labels -1 and +1;  0 if x <= -1, (x + 1)^2 / 4 if x < 1, else x',
    latex: String.raw`\begin{cases}0 & x\le-1\\ \tfrac14(x+1)^2 & -1<x<1\\ x & x\ge1\end{cases},\quad x=-y\,z`,
  },
  unit: 'score',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Blondel, Martins and Niculae (2020), Learning with Fenchel-Young Losses',
      url: 'https://jmlr.org/papers/v21/19-021.html',
    },
    { title: 'Martins and Astudillo (2016), From Softmax to Sparsemax', url: 'https://arxiv.org/abs/1602.02068' },
  ],
  pitfalls: [
    'It is multiclass-sparsemax of the scores (0, z); its probability is (1 + z) / 2 held in [0, 1], no sigmoid.',
    'A model trained with a logistic loss has scores of another size: its values here say little.',
    'Labels are 0/1 or -1/+1; soft labels are refused.',
  ],
  equivalents: { optax: 'optax.losses.sparsemax_loss(logits, target)' },
  examples: [{ inputs: { target: [1, 0, 1, 0], logits: [2, 0, 0.5, 3] }, losses: [0, 0.25, 0.0625, 3], value: 0.828125 }],
  kernel({ target, logits }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const x = -target[i] * logits[i];
      const bend = Math.max(0, Math.min(1 + x, 2)); // 1 + x within the quadratic part
      out[i] = 0.25 * bend * bend + Math.max(0, x - 1);
    }
  },
});
