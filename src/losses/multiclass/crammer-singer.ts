import { defineRowLoss } from '../define.ts';
import { classIndex, scores } from '../inputs.ts';
import { largestOther } from '../math/margins.ts';
import { boolean } from '../params.ts';

export const crammerSinger = defineRowLoss({
  name: 'crammer-singer',
  aliases: ['multiclass-hinge'],
  task: 'multiclass',
  summary: 'Hinge of the margin between the score of the class and the best other score: the multiclass support vector machine.',
  inputs: { target: classIndex('class index'), pred: scores('a raw score for each class') },
  params: { squared: boolean('square of the hinge', false) },
  formula: {
    text: 'max(0, 1 + max over other classes of s_c - s_y);  squared: its square',
    latex: String.raw`\max\left(0,\ 1+\max_{c\neq y}s_c-s_y\right)`,
  },
  unit: 'margin',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Crammer and Singer (2001), On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines',
      url: 'https://www.jmlr.org/papers/v2/crammer01a.html',
    },
  ],
  pitfalls: [
    'scikit-learn takes the classes from the file: where one does not occur it needs labels=.',
    'Not the hinge of Weston and Watkins, which sums over the other classes: that is multi-margin.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.hinge_loss(target, pred, labels=range(C))',
    optax: 'optax.losses.multiclass_hinge_loss(pred, target)',
    torchmetrics: {
      call: 'torchmetrics.classification.MulticlassHingeLoss(num_classes=C, squared=False)',
      differs: 'it puts all scores through softmax as soon as one lies outside [0, 1]',
    },
  },
  examples: [
    {
      inputs: {
        target: [0, 2],
        pred: [
          [2, 0.5, -1],
          [0, 1, 0.5],
        ],
      },
      losses: [0, 1.5],
      value: 0.75,
    },
    { inputs: { target: [2], pred: [[0, 1, 0.5]] }, params: { squared: true }, losses: [2.25], value: 2.25 },
  ],
  kernel({ target, pred: { data, width } }, { squared }, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const own = start + target.data[i];
      const short = Math.max(0, 1 + (largestOther(data, start, width, own) - data[own]));
      out[i] = squared ? short * short : short;
    }
  },
});
