import { defineRowLoss } from '../define.ts';
import { classIndex, logits } from '../inputs.ts';

export const multiclassSparsemax = defineRowLoss({
  name: 'multiclass-sparsemax',
  aliases: ['sparsemax-multiclass'],
  task: 'multiclass',
  summary: 'Loss of sparsemax, which gives unlikely classes exactly no probability: 0 once the class leads by 1.',
  inputs: { target: classIndex('class index'), logits: logits('a score for each class, before sparsemax') },
  params: {},
  formula: {
    text: '(1 + |p|^2) / 2 + sum over classes with p_c > 0 of p_c (s_c - p_c) - s_y;  p = the distribution nearest to s',
    latex: String.raw`\tfrac12\lVert s-e_y\rVert^2-\tfrac12\lVert s-p\rVert^2,\quad p=\operatorname{sparsemax}(s)`,
  },
  unit: 'score',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Martins and Astudillo (2016), From Softmax to Sparsemax', url: 'https://arxiv.org/abs/1602.02068' },
    {
      title: 'Blondel, Martins and Niculae (2020), Learning with Fenchel-Young Losses',
      url: 'https://jmlr.org/papers/v21/19-021.html',
    },
  ],
  pitfalls: [
    'A model trained with cross-entropy has scores of another size: its values here say little.',
    'Far on the wrong side it grows as the score does, where the probability of the class is exactly 0.',
  ],
  equivalents: { optax: 'optax.losses.multiclass_sparsemax_loss(logits, target)' },
  examples: [
    {
      inputs: {
        target: [0, 1, 2],
        logits: [
          [2, 0.5, -1],
          [0.5, 0, -1],
          [0, 0, 0],
        ],
      },
      losses: [0, 0.5625, 0.3333333333333333],
      value: 0.2986111111111111,
    },
  ],
  /**
   * With u_c = 1 + s_c - s*, s* the largest score, the classes with u_c above a threshold share the probability:
   * p_c = u_c - threshold. The threshold is the mean excess of the supported classes, found by dropping classes until none falls
   * below it. With 1 - p = threshold for the leading class all terms are positive, so that a nearly certain row cancels no digits.
   */
  kernel({ target, logits: { data, width } }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const start = i * width;
      const end = start + width;
      let largest = Number.NEGATIVE_INFINITY;
      let at = start;
      for (let c = start; c < end; c++) {
        if (data[c] > data[at]) at = c;
        largest = Math.max(largest, data[c]); // keeps NaN
      }
      let threshold = 0;
      for (let before = width + 2, support = width + 1; support < before; ) {
        before = support;
        support = 1;
        let sum = 0;
        for (let c = start; c < end; c++) {
          const u = 1 + (data[c] - largest);
          if (c === at || !(u > threshold)) continue;
          sum += u;
          support++;
        }
        threshold = sum / support;
      }
      const own = start + target.data[i];
      let squares = 0; // of the probabilities of the other classes
      for (let c = start; c < end; c++) {
        if (c === own) continue;
        const p = c === at ? 1 - threshold : Math.max(0, 1 + (data[c] - largest) - threshold);
        squares += p * p;
      }
      const lead = 1 + (data[own] - largest) - threshold; // p of the class, or how far it is from having any
      const miss = own === at ? threshold : 1 - Math.max(0, lead);
      out[i] = 0.5 * (squares + miss * miss) + Math.max(0, -lead);
    }
  },
});
