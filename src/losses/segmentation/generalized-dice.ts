import { choice } from '../params.ts';
import { defineMaskLoss, type MaskSums, scope, smooth, smoothIn } from './mask-loss.ts';

export const generalizedDice = defineMaskLoss({
  name: 'generalized-dice',
  aliases: ['generalizeddice', 'gdl', 'gdice', 'generalised-dice'],
  summary: 'Dice over foreground and background, each weighted by its size: a small object counts as much as all around it.',
  params: {
    wType: choice(
      'weight of each of the two by its true area T: 1 / T^2, 1 / T, or the same',
      ['square', 'simple', 'uniform'],
      'square',
    ),
    smooth,
    smoothIn,
    scope,
  },
  formula: {
    text: '1 - (2 sum over c of w_c sum(p_c t_c) + smooth) / (sum over c of w_c (sum(p_c) + sum(t_c)) + smooth);  c foreground and background, w_c = 1 / sum(t_c)^2',
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
    'The background is the second class, as in the paper. Libraries given one channel weigh that one alone, and get dice with another smooth.',
    'Weights are near 1 / area^2: in masks of more than some hundred pixels smooth 1e-5 is no longer small beside them. Set it to 0 there.',
    'A class that is absent has no weight of its own and takes that of the other, as in MONAI.',
    'Optax weighs the dice losses of the classes instead of their areas, which is another number.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: 'monai.losses.GeneralizedDiceLoss(w_type="square", batch=True) of two channels, background and foreground',
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
  sums: 4,
  measure(sums, { wType, smooth, smoothIn }) {
    const outside = sums.over + sums.under;
    const shares = weightOf(sums.common + sums.under, sums, wType) + weightOf(sums.neither + sums.over, sums, wType);
    return (shares * outside + (smoothIn === 'both' ? 0 : smooth)) / (weightedAreas(sums, wType) + smooth);
  },
  divisor(sums, { wType, smooth }) {
    return weightedAreas(sums, wType) + smooth;
  },
});

/** Weight of a class of this true area; where it is absent, that of the other, whose area is then the whole. */
function weightOf(area: number, { common, over, under, neither }: MaskSums, wType: string): number {
  if (wType === 'uniform') return 1;
  const divisor = area === 0 ? common + over + under + neither : area;
  return wType === 'simple' ? 1 / divisor : 1 / (divisor * divisor);
}

function weightedAreas(sums: MaskSums, wType: string): number {
  const { common, over, under, neither } = sums;
  const outside = over + under;
  const foreground = weightOf(common + under, sums, wType) * (2 * common + outside);
  return foreground + weightOf(neither + over, sums, wType) * (2 * neither + outside);
}
