import { defineRowLoss } from '../define.ts';
import { real, sign } from '../inputs.ts';
import { softplus } from '../math/softplus.ts';

export const softMargin = defineRowLoss({
  name: 'soft-margin',
  aliases: ['logistic-pm1', 'logistic-margin'],
  task: 'binary',
  summary: 'Logistic loss of a margin: binary cross-entropy for labels -1 and +1.',
  inputs: { target: sign('label, -1 or +1'), pred: real('raw score; its sign is the prediction') },
  params: {},
  formula: { text: 'ln(1 + exp(-target pred))', latex: String.raw`\ln\left(1+e^{-y\,\hat y}\right)` },
  unit: 'nats',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: false, robust: false },
  elements: 'mean',
  references: [
    {
      title: 'Friedman, Hastie and Tibshirani (2000), Additive Logistic Regression',
      url: 'https://doi.org/10.1214/aos/1016218223',
    },
    { title: 'PyTorch: SoftMarginLoss', url: 'https://pytorch.org/docs/stable/generated/torch.nn.SoftMarginLoss.html' },
  ],
  pitfalls: [
    'It is bce-with-logits with other labels: soft-margin of -1/+1 equals that of 0/1.',
    'PyTorch reads a label 0 as it stands, and the loss is then ln 2 whatever the score; here 0/1 is read as -1/+1.',
    'PyTorch overflows for a wrong score beyond 88 in float32; here it costs what it should.',
  ],
  equivalents: { torch: 'torch.nn.SoftMarginLoss()' },
  examples: [
    {
      inputs: { target: [1, -1, 1], pred: [2, -1, 0] },
      losses: [0.1269280110429726, 0.3132616875182228, 0.6931471805599453],
      value: 0.3777789597070469,
    },
  ],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) out[i] = softplus(-target[i] * pred[i]);
  },
});
