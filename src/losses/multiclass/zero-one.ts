import { defineRowLoss, type Numbers } from '../define.ts';
import { classIndex, classLogits, classProbs, oneOf } from '../inputs.ts';
import { largestOther } from '../math/margins.ts';
import { decisionThreshold, number } from '../params.ts';

export const zeroOne = defineRowLoss({
  name: 'zero-one',
  aliases: ['0-1', 'error-rate', 'misclassification', 'merror', 'binary-error', 'multi-error'],
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
  params: {
    threshold: decisionThreshold,
    topK: number('how many of the best classes count as a hit', 1, { min: 1, integer: true }),
  },
  refuse({ topK }, roles) {
    return topK > 1 && roles.includes('pred')
      ? '--top-k above 1 needs --probs or --logits: of a predicted class there is one'
      : undefined;
  },
  formula: {
    text:
      '1 if the predicted class is not the target, else 0;  of one probability p > threshold, of several the first largest;  ' +
      'topK: 0 where the target is among the first k',
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
    'Of equal scores the first come first, as argmax has it; top-k-error, which has the same k, counts ties as wrong.',
    'The number of wrong rows is --reduction sum; for labels -1/+1, or several in a row, use hamming.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.zero_one_loss(target, pred)',
    keras: {
      call: '1 - keras.metrics.SparseCategoricalAccuracy()',
      reduction: 'mean',
      note: 'of one probability 1 - keras.metrics.BinaryAccuracy(threshold=0.5)',
    },
    torchmetrics: {
      call: '1 - torchmetrics.classification.MulticlassAccuracy(num_classes=C)',
      differs: 'it is a mean over classes (average="macro"); with average="micro", and in BinaryAccuracy, it is the value here',
    },
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
    {
      inputs: {
        target: [0, 2],
        logits: [
          [2, 0.5, -1],
          [0, 1, 0.5],
        ],
      },
      params: { topK: 2 },
      losses: [0, 0],
      value: 0,
    },
  ],
  kernel({ target, scores }, { threshold, topK }, n, out) {
    const { role, data, width } = scores;
    const border = role === 'logits' ? Math.log(threshold) - Math.log1p(-threshold) : threshold;
    for (let i = 0; i < n; i++) {
      const y = target.data[i];
      const start = i * width;
      const largest = largestOther(data, start, width, -1); // for its NaN
      let hit: boolean;
      if (width > 1) hit = placeOf(y, data, start, width) < topK;
      else if (role === 'pred') hit = data[i] === y;
      else hit = topK > 1 || data[i] > border === (y === 1); // there are two classes
      out[i] = Number.isNaN(largest + y) ? Number.NaN : hit ? 0 : 1;
    }
  },
});

/** How many classes come before class `y` when they are ordered by score, of equal ones the first first. */
function placeOf(y: number, data: Numbers, start: number, width: number): number {
  const own = data[start + y];
  let place = 0;
  for (let c = 0; c < width; c++) if (data[start + c] > own || (c < y && data[start + c] === own)) place++;
  return place;
}
