import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

/** Beyond this, (1 + x^2) is x^2 to the last digit; it keeps x^2 finite. */
const FAR = 1e100;

export const pseudoHuber = defineRowLoss({
  name: 'pseudo-huber',
  aliases: ['mphe', 'pseudohubererror', 'mean-pseudo-huber'],
  task: 'regression',
  summary: 'Half the squared error when small, absolute error when large, with derivatives of every order: a smooth huber.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { delta: number('where the loss turns from quadratic to linear, in units of the target', 1, { min: 0, open: true }) },
  formula: {
    text: 'delta^2 (sqrt(1 + ((pred - target) / delta)^2) - 1)',
    latex: String.raw`\delta^2\Bigl(\sqrt{1+\bigl((\hat y-y)/\delta\bigr)^2}-1\Bigr)`,
  },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Charbonnier et al. (1997), Deterministic edge-preserving regularization in computed imaging',
      url: 'https://doi.org/10.1109/83.551699',
    },
    {
      title: 'Hartley and Zisserman (2004), Multiple View Geometry, appendix 6.8',
      url: 'https://doi.org/10.1017/CBO9780511811685',
    },
  ],
  pitfalls: [
    'For large errors it is delta |error| - delta^2, where huber is delta |error| - delta^2 / 2.',
    'delta is in units of the target: scale one or the other. XGBoost calls it huber_slope.',
    'Written as in the formula it gives 0 for all errors below 1e-8 delta.',
  ],
  equivalents: {
    xgboost: 'eval_metric="mphe", huber_slope=1.0',
    scipy: 'scipy.special.pseudo_huber(delta, pred - target)',
  },
  examples: [
    {
      inputs: { target: [0, 0, 0], pred: [0, 0.75, -2.4] },
      losses: [0, 0.25, 1.6],
      value: 0.6166666666666667,
    },
  ],
  kernel({ target, pred }, { delta }, n, out) {
    for (let i = 0; i < n; i++) {
      const r = Math.abs(pred[i] - target[i]);
      const x = Math.min(r / delta, FAR);
      out[i] = delta * r * (x / (Math.sqrt(1 + x * x) + 1)); // sqrt(1 + x^2) - 1, without cancellation
    }
  },
});
