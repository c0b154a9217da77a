import { ignoreIndex, number, temperature } from '../params.ts';
import { defineMaskLoss } from './mask-loss.ts';
import { scope } from './mask-params.ts';
import type { MaskSums } from './mask-sums.ts';

export const mccLoss = defineMaskLoss({
  name: 'mcc-loss',
  aliases: ['mcc', 'matthews', 'matthews-correlation', 'phi-coefficient'],
  summary: "One minus Matthews' correlation of two masks: counts the background rightly left alone, which dice and jaccard ignore.",
  params: {
    eps: number('added to each of the four sums, so that masks of one kind divide', 1e-5, { min: 0 }),
    scope,
    ignoreIndex,
    temperature,
  },
  formula: {
    text: '1 - (TP TN - FP FN) / sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN));  each sum plus eps',
    latex: String.raw`1-\frac{TP\cdot TN-FP\cdot FN}{\sqrt{(TP+FP)(TP+FN)(TN+FP)(TN+FN)}}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, maximum: 2, symmetric: true, robust: true },
  references: [
    {
      title: 'Abhishek and Hamarneh (2021), Matthews Correlation Coefficient Loss for Deep Convolutional Networks',
      url: 'https://arxiv.org/abs/2010.13454',
    },
  ],
  pitfalls: [
    'A guess costs 1 and the opposite of the truth 2: values below 1 are better than chance, whatever the share of the foreground.',
    'A mask without any foreground, or without any background, has no correlation: with eps it costs one half even when predicted rightly.',
    'scikit-learn gives a correlation of 0 where one of the four marginals is empty; with eps 0 that is undefined here.',
    'segmentation-models-pytorch takes probabilities only, and applies no sigmoid by itself.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    smp: { call: 'segmentation_models_pytorch.losses.MCCLoss(eps=1e-5)(probs, target)', note: 'of probabilities, not logits' },
    monai: {
      call: 'monai.losses.MCCLoss(smooth_nr=0.0, smooth_dr=1e-5, batch=False)',
      differs: 'each image by itself, with 1e-5 added to the product below the root and 0 for a mask that is predicted exactly',
    },
    torchmetrics: {
      call: '1 - torchmetrics.classification.BinaryMatthewsCorrCoef(threshold=0.5)(pred, target)',
      differs: 'it cuts predictions at 0.5; of hard masks it is this with eps 0',
    },
    sklearn: {
      call: '1 - sklearn.metrics.matthews_corrcoef(target, pred)',
      params: { eps: 0 },
      note: 'of hard masks; where one of them is all foreground or all background the loss is 1 there and undefined here',
    },
  },
  examples: [
    {
      inputs: { target: [1, 1, 0, 0], pred: [0.9, 0.8, 0.2, 0.1] },
      params: { eps: 0 },
      value: 0.3,
      note: 'TP = TN = 1.7 and FP = FN = 0.3: a correlation of 0.7',
    },
  ],
  sums: 4,
  measure(sums, { eps }) {
    const tp = sums.common + eps;
    const fp = sums.over + eps;
    const fn = sums.under + eps;
    const tn = sums.neither + eps;
    const below = rootOfMargins(sums, eps);
    const above = tp * tn - fp * fn;
    if (above < 0) return 1 - above / below;
    // below^2 - above^2, all of it positive: a correlation near 1 keeps its digits
    const gap = 4 * tp * tn * fp * fn + (tp * tn + fp * fn) * (tp + tn) * (fp + fn) + (tp * fn + tn * fp) * (tp * fp + tn * fn);
    return gap / (below * (below + above));
  },
  divisor(sums, { eps }) {
    return rootOfMargins(sums, eps);
  },
});

/** sqrt((TP + FP) (TP + FN) (TN + FP) (TN + FN)), eps added to each of the four. */
function rootOfMargins({ common, over, under, neither }: MaskSums, eps: number): number {
  const predicted = Math.sqrt((common + over + 2 * eps) * (neither + under + 2 * eps));
  return predicted * Math.sqrt((common + under + 2 * eps) * (neither + over + 2 * eps));
}
