import { defineRowLoss } from '../define.ts';
import { classIndex, scores } from '../inputs.ts';
import { largestOther } from '../math/margins.ts';

export const multiclassPerceptron = defineRowLoss({
  name: 'multiclass-perceptron',
  aliases: [],
  task: 'multiclass',
  summary: 'How far the score of the class is below the best score; nothing where it is the best.',
  inputs: { target: classIndex('class index'), pred: scores('a raw score for each class') },
  params: {},
  formula: { text: 'max over classes of s_c - s_y', latex: String.raw`\max_c s_c-s_y` },
  unit: 'score',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Collins (2002), Discriminative Training Methods for Hidden Markov Models: perceptron algorithms',
      url: 'https://aclanthology.org/W02-1001/',
    },
  ],
  pitfalls: [
    'Equal scores for all classes cost nothing: a model that says nothing is perfect by this loss.',
    'It scales with the scores: models with scores of different size are not comparable.',
  ],
  equivalents: { optax: 'optax.losses.multiclass_perceptron_loss(pred, target)' },
  examples: [
    {
      inputs: {
        target: [0, 2],
        pred: [
          [2, 0.5, -1],
          [0, 1, 0.25],
        ],
      },
      losses: [0, 0.75],
      value: 0.375,
    },
  ],
  kernel({ target, pred: { data, width } }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const own = start + target.data[i];
      out[i] = Math.max(0, largestOther(data, start, width, own) - data[own]);
    }
  },
});
