import { defineMaskLoss, scope, smooth, smoothIn, squared } from './mask-loss.ts';

export const dice = defineMaskLoss({
  name: 'dice',
  aliases: ['soft-dice', 'f1-loss', 'sorensen-dice'],
  summary: 'One minus the overlap of two masks, twice the common area over the sum of areas: unmoved by a large background.',
  params: { smooth, smoothIn, squared, scope },
  formula: {
    text: '1 - (2 sum(p t) + smooth) / (sum(p) + sum(t) + smooth)',
    latex: String.raw`1-\frac{2\sum p\,t+s}{\sum p+\sum t+s}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: true, robust: true },
  references: [
    { title: 'Milletari, Navab and Ahmadi (2016), V-Net', url: 'https://arxiv.org/abs/1606.04797' },
    {
      title: 'Sudre et al. (2017), Generalised Dice overlap as a deep learning loss function',
      url: 'https://arxiv.org/abs/1707.03237',
    },
  ],
  pitfalls: [
    'Over the batch and averaged over images are two numbers: small objects count little in the first, each image counts the same in the second.',
    'Soft masks never reach 0: a target of 0.5 predicted as 0.5 costs one half, unless squared.',
    'Empty against empty costs 0 with smooth in both terms and 1 with smooth below alone (Keras); with smooth 0 it is undefined.',
    'On tiny masks or per image a smooth of 1 moves the value visibly.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: 'monai.losses.DiceLoss(smooth_nr=1e-5, smooth_dr=1e-5): scope image; batch=True is scope batch; squared_pred is squared',
    keras: 'keras.losses.Dice(): smooth 1e-7 in the denominator, over the batch',
    smp: 'segmentation_models_pytorch.losses.DiceLoss("binary"): smooth 0, an image set without foreground costs 0',
  },
  examples: [
    { inputs: { target: [1, 1, 0, 0], pred: [0.9, 0.8, 0.2, 0.1] }, params: { smooth: 1e-6 }, value: 0.14999996250000924 },
    {
      inputs: {
        target: [
          [1, 1],
          [0, 1],
        ],
        pred: [
          [1, 0],
          [0, 1],
        ],
      },
      params: { smooth: 0, scope: 'image' },
      value: 0.16666666666666666,
      note: 'the mean of 1/3 and 0',
    },
  ],
  sums: 2,
  measure({ common, over }, { smooth, smoothIn }) {
    return (over + (smoothIn === 'both' ? 0 : smooth)) / (2 * common + over + smooth); // 1 - the share, uncancelled
  },
  divisor({ common, over }, { smooth }) {
    return 2 * common + over + smooth;
  },
});
