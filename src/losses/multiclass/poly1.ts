import { defineRowLoss } from '../define.ts';
import { classes } from '../inputs.ts';
import { minusExpm1 } from '../math/logarithm.ts';
import { number, temperature } from '../params.ts';
import { classScores, complement, eachLikelihood } from './of-likelihood.ts';

export const poly1 = defineRowLoss({
  name: 'poly1',
  aliases: ['poly-loss', 'poly-cross-entropy', 'poly1-cross-entropy', 'poly-loss-cross-entropy'],
  task: 'multiclass',
  summary: 'Cross-entropy with the first coefficient of its series in 1 - p raised: one parameter that often gains accuracy.',
  inputs: { target: classes('class index, or a probability for each class'), scores: classScores },
  params: { epsilon: number('factor of the probability of being wrong, added to cross-entropy', 2, { min: -1 }), temperature },
  formula: {
    text: 'sum over classes of q_c (-ln p_c + epsilon (1 - p_c));  p = softmax(logits), q = one-hot(target)',
    latex: String.raw`\sum_c q_c\left(-\ln p_c+\epsilon\,(1-p_c)\right)`,
  },
  unit: 'nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Leng et al. (2022), PolyLoss: A Polynomial Expansion Perspective of Classification Loss Functions',
      url: 'https://arxiv.org/abs/2204.12511',
    },
  ],
  pitfalls: [
    'The default of epsilon is 2 in Optax and 1 in TF-Ranking; the paper tunes it for each task.',
    'Not comparable with cross-entropy: a row of the same model costs up to epsilon more.',
    'The paper adds epsilon (1 - p) of the target class; for soft targets Optax, and this loss, weigh the term of each class.',
  ],
  equivalents: { optax: 'optax.losses.poly_loss_cross_entropy(logits, one_hot, epsilon=2.0)' },
  examples: [
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      losses: [0.6701172274786054, 3.12756159869788],
      value: 1.8988394130882429,
    },
  ],
  kernel({ target, scores }, { epsilon }, n, out) {
    eachLikelihood(target, scores, 0, n, out, (x) => minusExpm1(-x) + (1 + epsilon) * complement(x));
  },
});
