import { defineFoldLoss } from '../define.ts';
import { reals } from '../inputs.ts';

export const maxError = defineFoldLoss({
  name: 'max-error',
  aliases: ['maximum-error', 'worst-error', 'l-infinity'],
  task: 'regression',
  summary: 'Largest absolute error of all rows: for predictions that must never be far off.',
  inputs: { target: reals('observed value'), pred: reals('predicted value') },
  params: {},
  formula: { text: 'max |pred - target|', latex: String.raw`\max_i\,|\hat y_i-y_i|` },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: 'almost-everywhere', minimum: 0, symmetric: true, robust: false },
  references: [{ title: 'scikit-learn: max_error', url: 'https://scikit-learn.org/stable/modules/model_evaluation.html' }],
  pitfalls: [
    'One row decides it, and it can only grow with more rows: compare on the same rows only.',
    'Weights scale nothing; a row of weight 0 is left out.',
    'Vector rows: the largest error of all their elements.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.max_error(target, pred)',
    torch: 'torch.linalg.vector_norm(pred - target, ord=float("inf"))',
  },
  examples: [{ inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] }, value: 1 }],
  combine: () => 'max',
  slots() {
    return 1;
  },
  fold({ target, pred }, _params, n, weight, into) {
    const { width } = target;
    for (let i = 0; i < n; i++) {
      if (weight[i] === 0) continue;
      for (let j = i * width; j < (i + 1) * width; j++) into.add(0, Math.abs(pred.data[j] - target.data[j]));
    }
  },
  finish([largest]) {
    return { value: largest < 0 ? Number.NaN : largest, denominator: 1 }; // without rows nothing is largest
  },
});
