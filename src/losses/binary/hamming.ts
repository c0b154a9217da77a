import { defineRowLoss } from '../define.ts';
import { logit, oneOf, prob, sign } from '../inputs.ts';
import { decisionThreshold } from '../params.ts';

export const hamming = defineRowLoss({
  name: 'hamming',
  aliases: ['hamming-loss', 'label-error'],
  task: 'binary',
  summary: 'Share of the labels that are wrong: the error rate of several labels in a row, or of one.',
  inputs: {
    target: sign('label, or one for each of several'),
    scores: oneOf({
      pred: sign('predicted label'),
      probs: prob('probability of the label'),
      logits: logit('logit of the label'),
    }),
  },
  params: { threshold: decisionThreshold },
  formula: {
    text: '1 if the predicted label is not the target, else 0;  the label of a probability is p > threshold',
    latex: String.raw`\frac1L\sum_l\mathbb 1\left[\hat y_l\neq y_l\right]`,
  },
  unit: 'rate',
  properties: { differentiable: false, minimum: 0, maximum: 1, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Tsoumakas and Katakis (2007), Multi-Label Classification: An Overview',
      url: 'https://doi.org/10.4018/jdwm.2007070101',
    },
    {
      title: 'scikit-learn: hamming_loss',
      url: 'https://scikit-learn.org/stable/modules/generated/sklearn.metrics.hamming_loss.html',
    },
  ],
  pitfalls: [
    'Labels, not rows, are counted: a row with one wrong label of ten costs 0.1. Whether all labels of a row are right is another question.',
    'Where labels are rare, always saying no scores well.',
    'TorchMetrics averages over classes by default for class indices (macro); for those use zero-one.',
  ],
  equivalents: {
    sklearn: 'sklearn.metrics.hamming_loss(target, pred)',
    keras: { call: '1 - keras.metrics.BinaryAccuracy(threshold=0.5)', reduction: 'mean' },
    torchmetrics: 'torchmetrics.classification.MultilabelHammingDistance(num_labels=L, threshold=0.5)',
  },
  examples: [
    {
      inputs: {
        target: [
          [1, 0, 1],
          [0, 0, 1],
        ],
        pred: [
          [1, 1, 1],
          [1, 0, 0],
        ],
      },
      losses: [0.3333333333333333, 0.6666666666666666],
      value: 0.5,
    },
    { inputs: { target: [1, 0, 1, 0], probs: [0.9, 0.6, 0.5, 0.1] }, losses: [0, 1, 1, 0], value: 0.5 },
  ],
  kernel({ target, scores: { role, data } }, { threshold }, n, out) {
    const border = role === 'pred' ? 0 : role === 'probs' ? threshold : Math.log(threshold) - Math.log1p(-threshold);
    for (let i = 0; i < n; i++) {
      const x = data[i];
      out[i] = Number.isNaN(x + target[i]) ? Number.NaN : x > border === target[i] > 0 ? 0 : 1;
    }
  },
});
