import { defineMaskLoss } from './mask-loss.ts';
import { tverskyDivisor, tverskyMeasure, tverskyParams } from './tversky-index.ts';

export const focalTversky = defineMaskLoss({
  name: 'focal-tversky',
  aliases: ['focaltversky', 'ftl'],
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
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    smp: 'segmentation_models_pytorch.losses.TverskyLoss("binary", alpha=0.3, beta=0.7, gamma=0.75): smooth 0; the power is taken after the mean over classes',
    monai:
      'monai.losses.unified_focal_loss.AsymmetricFocalTverskyLoss: another loss, for two channels; its delta weighs missed pixels',
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
