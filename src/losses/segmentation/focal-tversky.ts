import { defineMaskLoss } from './mask-loss.ts';
import { tverskyDivisor, tverskyMeasure, tverskyParams } from './tversky-index.ts';

export const focalTversky = defineMaskLoss({
  name: 'focal-tversky',
  aliases: ['ftl'],
  summary: 'A power of the Tversky loss: below 1 it keeps pushing on masks that are nearly right, above 1 it lets them rest.',
  params: tverskyParams(0.3, 0.7, 0.75),
  formula: {
    text: '(1 - (TP + smooth) / (TP + alpha FP + beta FN + smooth))^gamma',
    latex: String.raw`\Bigl(1-\frac{TP+s}{TP+\alpha\,FP+\beta\,FN+s}\Bigr)^{\gamma}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Abraham and Khan (2019), A Novel Focal Tversky Loss Function With Improved Attention U-Net',
      url: 'https://arxiv.org/abs/1810.07842',
    },
  ],
  pitfalls: [
    'The paper writes the power as 1 / gamma with gamma = 4/3; here, as in most code, gamma is the power itself: 0.75.',
    'The paper weighs missed pixels by alpha = 0.7; here alpha belongs to false alarms and beta to missed ones, as in tversky.',
    'A power of a mean is not a mean of powers: with several images scope batch and scope image differ more than in tversky.',
    'With several classes the value is the mean of one loss for each; what is absent from the target, and which mean is taken, is as in dice.',
    'The power is taken for each class, as in the paper; segmentation-models-pytorch takes it of the mean over classes.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    smp: {
      call: 'segmentation_models_pytorch.losses.TverskyLoss(mode, alpha=0.3, beta=0.7, gamma=0.75)',
      differs: 'it takes the power after the mean over classes; for one mask take tversky with these three parameters',
    },
    monai: {
      call: 'monai.losses.unified_focal_loss.AsymmetricFocalTverskyLoss(delta=0.7, gamma=0.75)',
      differs:
        'it is the mean of the Tversky loss of the background, without a power, and of that of the foreground to the power 1 - gamma, ' +
        'both for each image; its delta weighs missed pixels and 1 - delta false alarms',
    },
  },
  examples: [
    {
      inputs: { target: [1, 1, 0, 0], pred: [1, 0, 0, 0] },
      params: { alpha: 0.25, beta: 1, gamma: 2, smooth: 0 },
      value: 0.25,
      note: 'the square of one half',
    },
  ],
  sums: 3,
  measure: tverskyMeasure,
  divisor: tverskyDivisor,
});
