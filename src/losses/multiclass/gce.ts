import { defineRowLoss } from '../define.ts';
import { classes } from '../inputs.ts';
import { number, temperature } from '../params.ts';
import { classScores, complement, eachLikelihood } from './of-likelihood.ts';

export const gce = defineRowLoss({
  name: 'gce',
  aliases: ['generalized-cross-entropy', 'categorical-generalized-cross-entropy'],
  task: 'multiclass',
  summary: 'Between cross-entropy and absolute error: bounded, so that wrong labels in the data do not dominate.',
  inputs: { target: classes('class index, or a probability for each class'), scores: classScores },
  params: { q: number('0 is cross-entropy, 1 is the probability of being wrong', 0.5, { min: 0, max: 1 }), temperature },
  formula: {
    text: '(1 - p^q) / q of the probability p of the target class; -ln p for q = 0',
    latex: String.raw`\frac{1-p_y^{\,q}}{q}`,
  },
  unit: 'nats for q = 0, else none',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: true },
  references: [
    {
      title: 'Zhang and Sabuncu (2018), Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy Labels',
      url: 'https://arxiv.org/abs/1805.07836',
    },
  ],
  pitfalls: [
    'A row costs at most 1 / q: 2 by default. Values for different q are not comparable.',
    'The paper uses q = 0.7, Keras 0.5.',
    'Keras takes probabilities only; logits passed to it are read as probabilities.',
    'A soft target weighs the term of each class.',
  ],
  equivalents: { keras: 'keras.losses.CategoricalGeneralizedCrossEntropy(q=0.5)' },
  examples: [
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.81, 0.19],
          [0.75, 0.25],
        ],
      },
      losses: [0.2, 1],
      value: 0.6,
    },
    {
      inputs: {
        target: [0, 1],
        probs: [
          [0.81, 0.19],
          [0.75, 0.25],
        ],
      },
      params: { q: 1 },
      losses: [0.19, 0.75],
      value: 0.47,
    },
  ],
  kernel({ target, scores }, { q }, n, out) {
    eachLikelihood(target, scores, 0, n, out, (x) => (q === 0 ? x : complement(q * x) / q));
  },
});
