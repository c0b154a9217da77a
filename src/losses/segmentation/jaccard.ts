import { defineMaskLoss } from './mask-loss.ts';
import { perClass, scope, smooth, smoothIn, squared } from './mask-params.ts';

export const jaccard = defineMaskLoss({
  name: 'jaccard',
  aliases: ['iou', 'soft-iou', 'soft-jaccard', 'jaccard-distance'],
  summary: 'One minus the common area of two masks as a share of the area either covers: stricter than dice, the same order.',
  params: { smooth, smoothIn, squared, scope, ...perClass },
  formula: {
    text: '1 - (sum(p t) + smooth) / (sum(p) + sum(t) - sum(p t) + smooth)',
    latex: String.raw`1-\frac{\sum p\,t+s}{\sum p+\sum t-\sum p\,t+s}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: true, robust: true },
  references: [
    {
      title: 'Rahman and Wang (2016), Optimizing Intersection-Over-Union in Deep Neural Networks for Image Segmentation',
      url: 'https://doi.org/10.1007/978-3-319-50835-1_22',
    },
  ],
  pitfalls: [
    'With D the overlap of dice, the one of jaccard is D / (2 - D): the two rank models alike on one image, not averaged over several.',
    'Over the batch and averaged over images are two numbers: small objects count little in the first, each image counts the same in the second.',
    'Soft masks never reach 0: a target of 0.5 predicted as 0.5 costs two thirds, unless squared.',
    'For boxes use box-iou: there the four corners are given, not the pixels.',
    'With several classes the value is the mean of one loss for each; what is absent from the target, and which mean is taken, is as in dice.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.DiceLoss(jaccard=True, smooth_nr=1e-5, smooth_dr=1e-5, batch=False, squared_pred=False)',
      params: { smooth: 0.5e-5, scope: 'image' },
      note: 'it doubles both areas, so that its smooth counts half; batch=True is scope batch',
    },
    smp: {
      call: 'segmentation_models_pytorch.losses.JaccardLoss(mode, smooth=0.0, eps=1e-7)',
      params: { smooth: 0, absent: 'zero' },
    },
    torchmetrics: {
      call: '1 - torchmetrics.classification.BinaryJaccardIndex(threshold=0.5)(pred, target)',
      differs: 'it cuts predictions at 0.5; of hard masks it is this with smooth 0',
    },
    sklearn: {
      call: '1 - sklearn.metrics.jaccard_score(target, pred)',
      params: { smooth: 0 },
      note: 'of hard masks; two empty ones cost 1 there and have no value here',
    },
  },
  examples: [
    { inputs: { target: [1, 1, 0, 0], pred: [0.9, 0.8, 0.2, 0.1] }, params: { smooth: 1e-6 }, value: 0.2608694517958905 },
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
      value: 0.25,
      note: 'the mean of 1/2 and 0',
    },
  ],
  sums: 2,
  measure({ common, over, under }, { smooth, smoothIn }) {
    const apart = over + under;
    return (apart + (smoothIn === 'both' ? 0 : smooth)) / (common + apart + smooth);
  },
  divisor({ common, over, under }, { smooth }) {
    return common + (over + under) + smooth;
  },
});
