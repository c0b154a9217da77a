import { defineMaskLoss } from './mask-loss.ts';
import { tverskyDivisor, tverskyMeasure, tverskyParams } from './tversky-index.ts';

export const tversky = defineMaskLoss({
  name: 'tversky',
  aliases: ['tversky-index'],
  summary:
    'Overlap of two masks where false alarms and missed pixels have weights of their own: for lesions that must not be missed.',
  params: tverskyParams(0.5, 0.5, 1),
  formula: {
    text: '(1 - (TP + smooth) / (TP + alpha FP + beta FN + smooth))^gamma;  TP = sum(p t), FP = sum(p (1 - t)), FN = sum((1 - p) t)',
    latex: String.raw`\Bigl(1-\frac{TP+s}{TP+\alpha\,FP+\beta\,FN+s}\Bigr)^{\gamma}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Salehi, Erdogmus and Gholipour (2017), Tversky loss function for image segmentation',
      url: 'https://arxiv.org/abs/1706.05721',
    },
  ],
  pitfalls: [
    'alpha weighs false alarms and beta missed pixels, as in the paper, SMP, MONAI and Optax; some code swaps them, as Keras did.',
    'alpha = beta = 0.5 is dice with twice the smooth, alpha = beta = 1 is jaccard.',
    'Only their ratio to 1 matters: with both below 0.5 errors cost less than in dice.',
    'gamma is a power of the whole, 1 here: focal-tversky is the same with other defaults.',
    'With several classes the value is the mean of one loss for each; what is absent from the target, and which mean is taken, is as in dice.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.TverskyLoss(alpha=0.5, beta=0.5, smooth_nr=1e-5, smooth_dr=1e-5, batch=False)',
      params: { scope: 'image' },
      note: 'batch=True is scope batch',
    },
    keras: {
      call: 'keras.losses.Tversky(alpha=0.5, beta=0.5, axis=None)',
      params: { smooth: 1e-7, smoothIn: 'denominator', average: 'micro' },
      note: 'until July 2026 its alpha weighed missed pixels and its beta false alarms, against its documentation',
    },
    smp: {
      call: 'segmentation_models_pytorch.losses.TverskyLoss(mode, smooth=0.0, eps=1e-7, alpha=0.5, beta=0.5, gamma=1.0)',
      params: { smooth: 0, absent: 'zero' },
      note: 'it takes the power gamma after the mean over classes',
    },
    optax: {
      call: 'optax.losses.dice_loss(logits, targets, smooth=1.0, alpha=0.5, beta=0.5).mean()',
      params: { smooth: 1, scope: 'image' },
    },
  },
  examples: [
    {
      inputs: { target: [1, 1, 0, 0], pred: [0.9, 0.8, 0.2, 0.1] },
      params: { alpha: 0.3, beta: 0.7, smooth: 1e-6 },
      value: 0.14999992500003756,
    },
    {
      inputs: { target: [1, 1, 0, 0], pred: [1, 0, 0, 0] },
      params: { alpha: 0.25, beta: 1, smooth: 0 },
      value: 0.5,
      note: 'one of two pixels is missed: the weight of false alarms has no say',
    },
  ],
  sums: 3,
  measure: tverskyMeasure,
  divisor: tverskyDivisor,
});
