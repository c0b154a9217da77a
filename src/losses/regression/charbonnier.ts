import { defineRowLoss } from '../define.ts';
import { real } from '../inputs.ts';
import { number } from '../params.ts';

export const charbonnier = defineRowLoss({
  name: 'charbonnier',
  aliases: ['l1-smooth', 'smoothed-l1'],
  task: 'regression',
  summary: 'Absolute error with its tip rounded off by eps: the usual pixel loss of image restoration.',
  inputs: { target: real('observed value'), pred: real('predicted value') },
  params: { eps: number('radius of the rounded tip, in units of the target; 0 is exactly mae', 1e-3, { min: 0 }) },
  formula: { text: 'sqrt((pred - target)^2 + eps^2)', latex: String.raw`\sqrt{(\hat y-y)^2+\varepsilon^2}` },
  unit: 'target',
  properties: { convexIn: 'pred', differentiable: true, symmetric: true, robust: true },
  elements: 'mean',
  references: [
    {
      title: 'Charbonnier et al. (1994), Two deterministic half-quadratic regularization algorithms for computed imaging',
      url: 'https://doi.org/10.1109/ICIP.1994.413553',
    },
    { title: 'Lai et al. (2017), Deep Laplacian Pyramid Networks', url: 'https://arxiv.org/abs/1704.03915' },
  ],
  pitfalls: [
    'A perfect prediction costs eps, not 0.',
    'Code differs in what it adds: eps^2 here and in the paper, but eps alone in some image libraries; 1e-3 there is 0.0316 here.',
    'eps is in units of the target: 1e-3 suits pixels in [0, 1] and is nothing for pixels in [0, 255].',
  ],
  equivalents: {
    basicsr: 'CharbonnierLoss(eps=1e-12): eps is the square of the one here',
    torch: 'torch.sqrt((pred - target) ** 2 + eps ** 2).mean()',
  },
  examples: [
    { inputs: { target: [0, 0], pred: [0, 3] }, params: { eps: 4 }, losses: [4, 5], value: 4.5, note: 'the least value is eps' },
  ],
  kernel({ target, pred }, { eps }, n, out) {
    for (let i = 0; i < n; i++) {
      const r = Math.abs(pred[i] - target[i]);
      const large = Math.max(r, eps);
      const ratio = Math.min(r, eps) / large;
      out[i] = large === 0 ? 0 : large * Math.sqrt(1 + ratio * ratio); // no square leaves the range of float64
    }
  },
});
