import { defineRowLoss } from '../define.ts';
import { real, sign } from '../inputs.ts';
import { number } from '../params.ts';

export const hinge = defineRowLoss({
  name: 'hinge',
  aliases: ['binary-hinge'],
  task: 'binary',
  summary: 'How far a score is from being on the right side by the margin: the loss of support vector machines.',
  inputs: { target: sign('label, -1 or +1'), pred: real('raw score; its sign is the prediction') },
  params: { margin: number('how far on the right side a score costs nothing', 1, { min: 0 }) },
  formula: { text: 'max(0, margin - target pred)', latex: String.raw`\max(0,\ m-y\,\hat y)` },
  unit: 'margin',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [{ title: 'Cortes and Vapnik (1995), Support-Vector Networks', url: 'https://doi.org/10.1007/BF00994018' }],
  pitfalls: [
    'Scores are raw: a probability in [0, 1] never gets beyond the margin, and every negative row costs at least 1.',
    'Labels 0/1 are read as -1/+1, whichever of the two a file has; both 0 and -1 in one file are refused. Keras maps labels only if all are ' +
      '0 or 1; unmapped, a label 0 costs the margin whatever the score.',
    'For a file with a single class scikit-learn 1.2 reads the labels as negative, which turns the value around.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.hinge_loss(target, pred)',
    keras: 'keras.losses.Hinge()',
    optax: 'optax.hinge_loss(pred, target)',
    torchmetrics: {
      call: 'torchmetrics.classification.BinaryHingeLoss(squared=False)',
      differs: 'it puts all scores through a sigmoid as soon as one lies outside [0, 1]',
    },
  },
  examples: [{ inputs: { target: [1, -1, 1], pred: [0.2, 0.4, 1.2] }, losses: [0.8, 1.4, 0], value: 0.7333333333333334 }],
  kernel({ target, pred }, { margin }, n, out) {
    for (let i = 0; i < n; i++) out[i] = Math.max(0, margin - target[i] * pred[i]);
  },
});
