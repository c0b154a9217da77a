import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

export const huber = defineRowLoss({
  name: 'huber',
  aliases: [],
  task: 'regression',
  summary: 'Squared error up to delta, absolute error beyond: an outlier counts linearly.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { delta: number('where the loss turns from quadratic to linear, in units of the target', 1, { min: 0, open: true }) },
  formula: {
    text: 'r = |pred - target|;  0.5 r^2 if r <= delta, else delta (r - 0.5 delta)',
    latex: String.raw`\begin{cases}\tfrac12 r^2 & r \le \delta\\ \delta\,(r-\tfrac12\delta) & r > \delta\end{cases},\quad r=|\hat y-y|`,
  },
  unit: 'target^2',
  properties: { convexIn: 'pred', differentiable: true, minimum: 0, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    { title: 'Huber (1964), Robust Estimation of a Location Parameter', url: 'https://doi.org/10.1214/aoms/1177703732' },
  ],
  pitfalls: [
    'delta is in units of the target: 1 is large for a target in [0, 1] and tiny for one in thousands.',
    'huber(delta) = delta * smooth-l1(beta = delta); for delta to infinity it becomes half of mse, not mse.',
    'delta is called alpha in LightGBM, which takes 0.9 when it is not given; CatBoost has no default.',
    'The weight of torch.nn.functional.huber_loss stays out of the denominator, unlike those of mse_loss and l1_loss.',
  ],
  equivalents: {
    torch: {
      call: 'torch.nn.HuberLoss(delta=1.0)',
      reduction: 'sum-over-batch-size',
      note: 'weights of F.huber_loss do not enter the divisor, those of mse_loss and l1_loss do',
    },
    keras: 'keras.losses.Huber(delta=1.0)',
    optax: 'optax.huber_loss(pred, target, delta=1.0)',
  },
  examples: [
    {
      inputs: { target: [0, 0, 0], pred: [0.5, 1, 3] },
      params: { delta: 1 },
      losses: [0.125, 0.5, 2.5],
      value: 1.0416666666666667,
    },
  ],
  kernel({ target, pred }, { delta }, n, out) {
    for (let i = 0; i < n; i++) {
      const r = Math.abs(pred[i] - target[i]);
      const q = Math.min(r, delta); // the part of r inside the quadratic zone
      out[i] = q * (r - 0.5 * q);
    }
  },
});
