import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';

export const logCosh = defineRowLoss({
  name: 'log-cosh',
  aliases: [],
  task: 'regression',
  summary: 'Half the squared error when small, absolute error when large, with derivatives of every order and nothing to tune.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: {},
  formula: { text: 'ln(cosh(pred - target))', latex: String.raw`\ln\cosh(\hat y-y)` },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Saleh and Saleh (2022), Statistical Properties of the log-cosh Loss Function',
      url: 'https://arxiv.org/abs/2208.04564',
    },
  ],
  pitfalls: [
    'The turn from square to absolute lies at an error of about 1 in units of the target: scale the target, or take huber.',
    'For large errors it is |error| - ln 2, not |error|.',
    'Written as ln((e^x + e^-x) / 2) it overflows for large errors, as in TorchMetrics.',
  ],
  equivalents: {
    keras: 'keras.losses.LogCosh()',
    optax: 'optax.log_cosh(pred, target)',
    torchmetrics: {
      call: 'torchmetrics.LogCoshError()',
      note: 'infinite where e^|error| overflows: beyond an error of 709 in float64, 88 in float32',
    },
  },
  examples: [
    {
      inputs: { target: [3, -0.5, 2, 7], pred: [2.5, 0, 2, 8] },
      losses: [0.12011450695827752, 0.12011450695827752, 0, 0.4337808304830271],
      value: 0.1685024610998955,
    },
  ],
  kernel({ target, pred }, _params, n, out) {
    for (let i = 0; i < n; i++) {
      const r = Math.abs(pred[i] - target[i]);
      if (r < 1) {
        const s = Math.sinh(0.5 * r);
        out[i] = Math.log1p(2 * s * s); // cosh r - 1 = 2 sinh^2(r / 2): no digit is lost near 0
      } else {
        out[i] = r + Math.log1p(Math.exp(-2 * r)) - Math.LN2; // and nothing overflows far away
      }
    }
  },
});
