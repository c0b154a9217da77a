import { defineMaskLoss } from './mask-loss.ts';
import { perClass, scope, smooth, smoothIn, squared } from './mask-params.ts';

export const dice = defineMaskLoss({
  name: 'dice',
  aliases: ['soft-dice', 'f1-loss', 'sorensen-dice'],
  summary: 'One minus the overlap of two masks, twice the common area over the sum of areas: unmoved by a large background.',
  params: { smooth, smoothIn, squared, scope, ...perClass },
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
    'With several classes the value is the mean of one loss for each, which are reported beside it. scope image takes the mean over all images and classes at once, as MONAI does: with absent skip an image in which few classes occur counts less.',
    'A class that no pixel of the target has costs nearly 1 for any false alarm and 0 without one: in small images this decides the mean. absent skip leaves it out; absent zero counts it as 0, as segmentation-models-pytorch does, and flatters.',
    'From logits, classes exclude each other (softmax). Where they do not, as in regions within regions, say multilabel.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.DiceLoss(smooth_nr=1e-5, smooth_dr=1e-5, batch=False, squared_pred=False)',
      params: { scope: 'image' },
      note: 'batch=True is scope batch',
    },
    keras: {
      call: 'keras.losses.Dice(axis=None)',
      params: { smooth: 1e-7, smoothIn: 'denominator', average: 'micro' },
    },
    smp: {
      call: 'segmentation_models_pytorch.losses.DiceLoss(mode, smooth=0.0, eps=1e-7)',
      params: { smooth: 0, absent: 'zero' },
    },
    optax: {
      call: 'optax.losses.dice_loss(logits, targets, smooth=1.0).mean()',
      params: { smooth: 2, scope: 'image' },
      note: 'it adds smooth to the common area once, not to twice of it',
    },
    torchmetrics: {
      call: '1 - torchmetrics.segmentation.DiceScore(num_classes, average="macro", aggregation_level="samplewise")(pred, target)',
      params: { smooth: 0, scope: 'image' },
      note: 'leaves out classes that are empty in both masks, which have no value here; before 1.9 average was "micro"',
    },
    sklearn: {
      call: '1 - sklearn.metrics.f1_score(target, pred)',
      params: { smooth: 0 },
      note: 'of hard masks; two empty ones cost 1 there and have no value here',
    },
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
    {
      inputs: {
        target: [[0, 1, 1, 2]],
        pred: [
          [
            [1, 0, 0, 0],
            [0, 1, 0, 0],
            [0, 0, 1, 1],
          ],
        ],
      },
      params: { smooth: 0, channels: 'first' },
      value: 0.2222222222222222,
      note: 'one image of four pixels and three classes: the mean of 0, 1/3 and 1/3',
    },
  ],
  sums: 2,
  measure({ common, over, under }, { smooth, smoothIn }) {
    const apart = over + under;
    return (apart + (smoothIn === 'both' ? 0 : smooth)) / (2 * common + apart + smooth); // 1 - the share, uncancelled
  },
  divisor({ common, over, under }, { smooth }) {
    return 2 * common + (over + under) + smooth;
  },
});
