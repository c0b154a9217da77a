import { defineRowLoss } from '../define.ts';
import { classes, scores } from '../inputs.ts';

export const categoricalHinge = defineRowLoss({
  name: 'categorical-hinge',
  aliases: [],
  task: 'multiclass',
  summary:
    'Hinge of the margin between the score of the class and the best other score, or 0 if that is higher: as Keras defines it.',
  inputs: { target: classes('class index, or a share for each class'), pred: scores('a raw score for each class') },
  params: {},
  formula: {
    text: 'max(0, 1 + max over classes of (1 - q_c) s_c - sum of q_c s_c);  q = one-hot(target)',
    latex: String.raw`\max\left(0,\ 1+\max_c\,(1-q_c)\,s_c-\sum_c q_c\,s_c\right)`,
  },
  unit: 'margin',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Keras: CategoricalHinge', url: 'https://keras.io/api/losses/hinge_losses/#categoricalhinge-class' },
    {
      title: 'Crammer and Singer (2001), On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines',
      url: 'https://www.jmlr.org/papers/v2/crammer01a.html',
    },
  ],
  pitfalls: [
    'The class itself enters the maximum with 0: where all other scores are negative, the value is above that of crammer-singer.',
    'Scores are raw: of probabilities no row costs 0 unless its class has all of it.',
  ],
  equivalents: { keras: 'keras.losses.CategoricalHinge()' },
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
    { inputs: { target: [0], pred: [[0.5, -2, -1]] }, losses: [0.5], value: 0.5, note: 'crammer-singer says 0' },
  ],
  kernel({ target, pred: { data, width } }, _params, n, out) {
    const byIndex = target.width === 1;
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const y = target.data[i]; // the class, if targets are indices
      let own = byIndex ? 0 * y : 0; // keeps NaN
      let others = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < width; c++) {
        const q = byIndex ? (c === y ? 1 : 0) : target.data[start + c];
        own += q * data[start + c];
        others = Math.max(others, (1 - q) * data[start + c]);
      }
      out[i] = Math.max(0, 1 + (others - own));
    }
  },
});
