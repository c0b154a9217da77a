import { defineFoldLoss, type Finished } from '../define.ts';
import { channels, choice, ignoreIndex, temperature } from '../params.ts';
import { counted, isPerImage } from './mask-average.ts';
import { includeBackground, masks, multilabel, scope, smooth, smoothIn } from './mask-params.ts';
import { type MaskSums, roomFor, sumMasks } from './mask-sums.ts';

type Areas = Omit<MaskSums, 'area'>;

/** Slots of images that have a loss each: how many there are, their weights, and their losses. */
const SINGLE = 3;

/** Slots of a class over all images: its four sums. */
const SUMS = 4;

export const generalizedDice = defineFoldLoss({
  name: 'generalized-dice',
  aliases: ['gdl', 'gdice', 'generalised-dice'],
  task: 'segmentation',
  summary: 'Dice over all classes together, each weighted by its size: a small object counts as much as all around it.',
  inputs: masks,
  params: {
    wType: choice(
      'weight of each class by its true area T: 1 / T^2, 1 / T, or the same',
      ['square', 'simple', 'uniform'],
      'square',
    ),
    smooth,
    smoothIn,
    scope,
    channels,
    multilabel,
    includeBackground,
    ignoreIndex,
    temperature,
  },
  formula: {
    text: '1 - (2 sum over c of w_c sum(p_c t_c) + smooth) / (sum over c of w_c (sum(p_c) + sum(t_c)) + smooth);  w_c = 1 / sum(t_c)^2, classes c or foreground and background',
    latex: String.raw`1-\frac{2\sum_c w_c\sum p_c t_c+s}{\sum_c w_c\sum(p_c+t_c)+s},\quad w_c=\frac1{(\sum t_c)^2}`,
  },
  unit: 'ratio',
  properties: { differentiable: true, minimum: 0, maximum: 1, symmetric: false, robust: true },
  references: [
    {
      title: 'Sudre et al. (2017), Generalised Dice overlap as a deep learning loss function',
      url: 'https://arxiv.org/abs/1707.03237',
    },
  ],
  pitfalls: [
    'Of a single mask the background is the second class, as in the paper. Libraries given one channel weigh that one alone, and get dice with another smooth.',
    'Weights are near 1 / area^2: in masks of more than some hundred pixels smooth 1e-5 is no longer small beside them. Set it to 0 there.',
    'A class that is absent has no weight of its own and takes the largest of the others, as in MONAI: its false alarms count for much. Where all are absent each weighs 1; MONAI then gives 0 whatever is predicted.',
    'Optax weighs the dice losses of the classes instead of their areas, which is another number.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.GeneralizedDiceLoss(w_type="square", smooth_nr=1e-5, smooth_dr=1e-5, batch=False)',
      params: { scope: 'image' },
      note: 'given one channel it weighs that one alone; a single mask here is two, background and foreground; batch=True is scope batch',
    },
    optax: {
      call: 'optax.losses.multiclass_generalized_dice_loss(logits, targets, smooth=1.0)',
      differs: 'it weighs the dice losses of the classes, each image by itself, not their areas',
    },
    torchmetrics: {
      call: '1 - torchmetrics.segmentation.GeneralizedDiceScore(num_classes, weight_type="square")(pred, target)',
      differs: 'a class that an image does not have takes the largest weight it has in the other images',
    },
    niftynet: 'generalised_dice_loss(type_weight="Square") of two classes',
  },
  examples: [
    {
      inputs: { target: [1, 0, 0, 0], pred: [1, 1, 0, 0] },
      params: { smooth: 0 },
      value: 0.3125,
      note: 'weights 1 and 1/9: 10/9 of error by 32/9 of area',
    },
  ],
  slots({ scores }, params) {
    return SINGLE + counted(roomFor(scores.channels), params).length * SUMS;
  },
  fold({ target, scores }, params, n, weight, into) {
    const perImage = isPerImage(scores, params);
    const classes = roomFor(scores.channels);
    const those = counted(classes, params);
    for (let i = 0; i < n; i++) {
      const w = weight[i];
      sumMasks(target, scores, i, params, classes);
      if (perImage) {
        into.add(0, 1);
        into.add(1, w);
        into.add(2, w * generalized(those, params).value);
        continue;
      }
      for (let g = 0, slot = SINGLE; g < those.length; g++, slot += SUMS) {
        into.add(slot, w * those[g].common);
        into.add(slot + 1, w * those[g].over);
        into.add(slot + 2, w * those[g].under);
        into.add(slot + 3, w * those[g].neither);
      }
    }
  },
  finish(slots, params) {
    const [images, weight, losses] = slots;
    if (params.scope === 'image' && images > 0) return { value: losses / weight, denominator: weight };
    const classes = Array.from({ length: (slots.length - SINGLE) / SUMS }, (_, g): Areas => {
      const [common, over, under, neither] = slots.subarray(SINGLE + g * SUMS);
      return { common, over, under, neither };
    });
    return generalized(classes, params);
  },
});

/** The value of all classes together. One mask has two, itself and what is around it. */
function generalized(
  those: readonly Areas[],
  { wType, smooth, smoothIn, includeBackground }: { wType: string; smooth: number; smoothIn: string; includeBackground: boolean },
): Finished {
  const alone = those.length === 1 && includeBackground;
  const classes = alone ? [those[0], background(those[0])] : those;
  const weights = weightsOf(classes, wType);
  let apart = 0;
  let areas = 0;
  for (const [c, { common, over, under }] of classes.entries()) {
    apart += weights[c] * (over + under);
    areas += weights[c] * (2 * common + (over + under));
  }
  if (alone) apart = (weights[0] + weights[1]) * (those[0].over + those[0].under); // both err in the same pixels
  const below = areas + smooth;
  return { value: (apart + (smoothIn === 'both' ? 0 : smooth)) / below, denominator: below };
}

function background({ common, over, under, neither }: Areas): Areas {
  return { common: neither, over: under, under: over, neither: common };
}

/** By the true areas; a class that is absent takes the largest weight of the others, and 1 where all are. */
function weightsOf(classes: readonly Areas[], wType: string): number[] {
  if (wType === 'uniform') return classes.map(() => 1);
  const areas = classes.map(({ common, under }) => common + under);
  const weights = areas.map((area) => (wType === 'simple' ? 1 / area : 1 / (area * area)));
  const largest = Math.max(...weights.filter((_, c) => areas[c] !== 0));
  return weights.map((weight, c) => (areas[c] !== 0 ? weight : largest > 0 ? largest : 1));
}
