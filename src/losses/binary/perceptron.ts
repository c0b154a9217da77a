import { defineRowLoss } from '../define.ts';
import { real, sign } from '../inputs.ts';

export const perceptron = defineRowLoss({
  name: 'perceptron',
  aliases: ['binary-perceptron'],
  task: 'binary',
  summary: 'How far a score is on the wrong side; nothing for one on the right side, however close.',
  inputs: { target: sign('label, -1 or +1'), pred: real('raw score; its sign is the prediction') },
  params: {},
  formula: { text: 'max(0, -target pred)', latex: String.raw`\max(0,\ -y\,\hat y)` },
  unit: 'score',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [{ title: 'Rosenblatt (1958), The Perceptron', url: 'https://doi.org/10.1037/h0042519' }],
  pitfalls: [
    'A score of 0 costs nothing for either label: a model that always says 0 is perfect by this loss.',
    'It is hinge with margin 0: it scales with the scores, so models with scores of different size are not comparable.',
  ],
  equivalents: {
    optax: 'optax.losses.perceptron_loss(pred, target)',
    sklearn: 'loss="perceptron" of sklearn.linear_model.SGDClassifier',
  },
  examples: [{ inputs: { target: [1, -1, 1], pred: [0.5, 0.5, -2] }, losses: [0, 0.5, 2], value: 0.8333333333333334 }],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = Math.max(0, -target[i] * pred[i]);
  },
});
