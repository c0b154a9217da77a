import { defineFoldLoss } from '../define.ts';
import { mask, maskLogits, maskProbs, oneOf } from '../inputs.ts';
import { sigmoid } from '../math/softplus.ts';
import { boolean, choice, number } from '../params.ts';

export const dice = defineFoldLoss({
  name: 'dice',
  aliases: ['soft-dice', 'f1-loss', 'sorensen-dice'],
  task: 'segmentation',
  summary: 'One minus the overlap of two masks, twice the common area over the sum of areas: unmoved by a large background.',
  inputs: {
    target: mask('true mask'),
    scores: oneOf({
      pred: mask('predicted mask, hard or soft'),
      probs: maskProbs('probability of each pixel'),
      logits: maskLogits('logit of each pixel'),
    }),
  },
  params: {
    smooth: number('added so that empty masks divide: the loss of empty against empty is then 0', 1e-5, { min: 0 }),
    smoothIn: choice('where smooth is added: above and below, or below alone as Keras does', ['both', 'denominator'], 'both'),
    squared: boolean('areas as sums of squares, as in V-Net', false),
    scope: choice('one overlap over all images, or the mean of one for each image', ['batch', 'image'], 'batch'),
  },
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
    'Values of shards cannot be averaged: merge their states.',
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
  slots() {
    return 3; // weight of the images; of the masks what lies outside the overlap, and the areas
  },
  fold({ target, scores }, { smooth, smoothIn, squared, scope }, n, weight, into) {
    const { role, data, width } = scores;
    const perImage = scope === 'image' && width > 1;
    const excess = smoothIn === 'both' ? 0 : smooth;
    for (let i = 0; i < n; i++) {
      let outside = 0;
      let area = 0;
      for (let j = i * width; j < (i + 1) * width; j++) {
        const t = target.data[j];
        const p = role === 'logits' ? sigmoid(data[j]) : data[j];
        const notP = role === 'logits' ? sigmoid(-data[j]) : 1 - p;
        outside += squared ? (p - t) * (p - t) : p * (1 - t) + t * notP; // p + t - 2 p t, without cancellation
        area += squared ? p * p + t * t : p + t;
      }
      const w = weight[i];
      if (perImage) {
        into.add(0, w);
        into.add(1, (w * (outside + excess)) / (area + smooth));
      } else {
        into.add(1, w * outside);
        into.add(2, w * area);
      }
    }
  },
  finish([images, outside, area], { smooth, smoothIn, scope }) {
    if (scope === 'image' && images > 0) return { value: outside / images, denominator: images };
    const excess = smoothIn === 'both' ? 0 : smooth;
    return { value: (outside + excess) / (area + smooth), denominator: area + smooth };
  },
});
