import { defineRowLoss } from '../define.ts';
import { real, sign } from '../inputs.ts';
import { number } from '../params.ts';

export const squaredHinge = defineRowLoss({
  name: 'squared-hinge',
  aliases: ['binary-squared-hinge', 'l2-hinge'],
  task: 'binary',
  summary: 'Square of the hinge: smooth at the margin, and harder on scores far on the wrong side.',
  inputs: { target: sign('label, -1 or +1'), pred: real('raw score; its sign is the prediction') },
  params: { margin: number('how far on the right side a score costs nothing', 1, { min: 0 }) },
  formula: { text: 'max(0, margin - target pred)^2', latex: String.raw`\max(0,\ m-y\,\hat y)^2` },
  unit: 'margin^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Chang, Hsieh and Lin (2008), Coordinate Descent Method for Large-scale L2-loss Linear Support Vector Machines',
      url: 'https://www.jmlr.org/papers/v9/chang08a.html',
    },
  ],
  pitfalls: [
    'Scores are raw: a probability in [0, 1] never gets beyond the margin, and every negative row costs at least 1.',
    'One score far on the wrong side dominates the mean; hinge grows linearly.',
    'Labels 0/1 are read as -1/+1. Keras does so only if all labels are 0 or 1.',
  ],
  equivalents: {
    keras: 'keras.losses.SquaredHinge()',
    sklearn: 'loss="squared_hinge" of sklearn.svm.LinearSVC',
    torchmetrics: {
      call: 'torchmetrics.classification.BinaryHingeLoss(squared=True)',
      differs: 'it puts all scores through a sigmoid as soon as one lies outside [0, 1]',
    },
  },
  examples: [{ inputs: { target: [1, -1, 1], pred: [0.5, 0.5, 1.25] }, losses: [0.25, 2.25, 0], value: 0.8333333333333334 }],
  kernel({ target, pred }, { margin }, n, out) {
    for (let i = 0; i < n; i++) {
      const short = Math.max(0, margin - target[i] * pred[i]);
      out[i] = short * short;
    }
  },
});
