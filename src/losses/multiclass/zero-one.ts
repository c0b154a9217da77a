import { defineRowLoss } from '../define.ts';
import { classIndex, classLogits, classProbs, oneOf } from '../inputs.ts';
import { largestOther } from '../math/margins.ts';
import { indexOfMax } from '../math/softmax.ts';
import { decisionThreshold } from '../params.ts';

export const zeroOne = defineRowLoss({
  name: 'zero-one',
  aliases: ['error-rate', 'misclassification', 'merror'],
  task: 'multiclass',
  summary: 'How often the predicted class is wrong: one minus accuracy.',
  inputs: {
    target: classIndex('class index'),
    scores: oneOf({
      pred: classIndex('predicted class'),
      probs: classProbs('probability of class 1, or one for each class'),
      logits: classLogits('logit of class 1, or one for each class'),
    }),
  },
  params: { threshold: decisionThreshold },
  formula: {
    text: '1 if the predicted class is not the target, else 0;  of one probability p > threshold, of several the first largest',
    latex: String.raw`\mathbb 1\left[\hat y\neq y\right]`,
  },
  unit: 'rate',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: true, robust: true },
  references: [
    {
      title: 'Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, 2.4',
      url: 'https://hastie.su.domains/ElemStatLearn/',
    },
    {
      title: 'scikit-learn: zero_one_loss',
      url: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.zero_one_loss.html',
    },
  ],
  pitfalls: [
    'Where one class is frequent, always saying it scores well: compare with one minus its share.',
    'A probability of exactly the threshold is class 0, as in XGBoost and scikit-learn; some codes use >=.',
    'Of equal best scores the first counts, as argmax does; top-k-error --k 1 counts ties as wrong.',
    'The number of wrong rows is --reduction sum; for labels -1/+1, or several in a row, use hamming.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.zero_one_loss(target, pred)',
    xgboost: 'eval_metric="error" (threshold 0.5), "error@t", "merror"',
    lightgbm: 'metric="binary_error", "multi_error"',
  },
  examples: [
    { inputs: { target: [0, 2, 1, 1], pred: [0, 1, 1, 2] }, losses: [0, 1, 0, 1], value: 0.5 },
    { inputs: { target: [1, 0, 1], probs: [0.9, 0.6, 0.5] }, losses: [0, 1, 1], value: 0.6666666666666666 },
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0],
        ],
      },
      losses: [0, 1],
      value: 0.5,
    },
  ],
  kernel({ target, scores }, { threshold }, n, out) {
    const { role, data, width } = scores;
    const border = role === 'logits' ? Math.log(threshold) - Math.log1p(-threshold) : threshold;
    for (let i = 0; i < n; i++) {
      const y = target.data[i];
      const start = i * width;
      const largest = largestOther(data, start, width, -1); // for its NaN
      let said = data[start];
      if (width > 1) said = indexOfMax(data, start, width) - start;
      else if (role !== 'pred') said = said > border ? 1 : 0;
      out[i] = Number.isNaN(largest + y) ? Number.NaN : said === y ? 0 : 1;
    }
  },
});
