import { defineRowLoss } from '../define.ts';
import { labelLogits, labelProbs, labels, oneOf } from '../inputs.ts';
import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { times } from '../math/logarithm.ts';
import { classWeight, temperature } from '../params.ts';

export const multilabelSoftMargin = defineRowLoss({
  name: 'multilabel-soft-margin',
  aliases: [],
  task: 'binary',
  summary: 'Binary cross-entropy of several labels, averaged over the labels of the row: tags that exclude nothing.',
  inputs: {
    target: labels('each label, or the probability it should have'),
    scores: oneOf(
      { logits: labelLogits('a score for each label, before its sigmoid'), probs: labelProbs('a probability for each label') },
      'logits',
    ),
  },
  params: { classWeight, temperature },
  bestConstant: () => 'mean',
  formula: {
    text: '1 / L times the sum over labels of w_l (y_l ln(1 + e^-z_l) + (1 - y_l) ln(1 + e^z_l))',
    latex: String.raw`\frac1L\sum_l w_l\left(y_l\ln(1+e^{-z_l})+(1-y_l)\ln(1+e^{z_l})\right)`,
  },
  unit: 'nats',
  properties: { convexIn: 'logits', differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'PyTorch: MultiLabelSoftMarginLoss',
      url: 'https://pytorch.org/docs/stable/generated/torch.nn.MultiLabelSoftMarginLoss.html',
    },
    { title: 'Zhang and Zhou (2014), A Review on Multi-Label Learning Algorithms', url: 'https://doi.org/10.1109/TKDE.2013.39' },
  ],
  pitfalls: [
    'It is the mean over a row of bce-with-logits: the means agree, the sums differ by the number of labels.',
    'Class weights do not enter the denominator: the mean divides by rows and labels.',
    'Many labels that are rarely there make the mean small whatever the model does.',
  ],
  equivalents: { torch: { call: 'torch.nn.MultiLabelSoftMarginLoss(weight=None)', reduction: 'sum-over-batch-size' } },
  examples: [
    { inputs: { target: [[1, 0, 1]], logits: [[2, -1, 0]] }, losses: [0.3777789597070469], value: 0.3777789597070469 },
    { inputs: { target: [[1, 0, 1]], logits: [[0, 0, 0]] }, params: { classWeight: [3, 0, 0] }, value: 0.6931471805599453 },
  ],
  kernel({ target, scores }, { classWeight }, n, out) {
    const { role, data, width } = scores;
    const fromProbs = role === 'probs';
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let l = 0; l < width; l++) {
        const y = target.data[i * width + l];
        const x = data[i * width + l];
        const loss = fromProbs ? crossEntropyOfProb(y, 1 - y, x) : crossEntropyOfLogit(y, 1 - y, x);
        sum += times(classWeight ? classWeight[l] : 1, loss);
      }
      out[i] = sum / width;
    }
  },
});
