import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { times } from '../math/logarithm.ts';
import { sigmoid } from '../math/softplus.ts';
import { number } from '../params.ts';
import { defineDicePlus, dicePlusParams } from './dice-plus.ts';

export const diceFocal = defineDicePlus({
  name: 'dice-focal',
  aliases: ['focal-dice'],
  summary: 'Dice plus the focal loss of the pixels: cross-entropy in which pixels that are nearly right count little.',
  params: {
    ...dicePlusParams,
    lambdaFocal: number('factor on the focal loss', 1, { min: 0 }),
    gamma: number('how little pixels count that are nearly right: 0 is cross-entropy', 2, { min: 0 }),
  },
  formula: {
    text: 'lambdaDice dice + lambdaFocal mean over pixels of (1 - p_t)^gamma CE;  p_t = p y + (1 - p) (1 - y), of several classes p of the true one',
    latex: String.raw`\lambda_d\,\mathrm{dice}+\lambda_f\,\frac1M\sum(1-p_t)^{\gamma}\,\mathrm{CE}(p,y)`,
  },
  unit: 'ratio + nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    { title: 'Zhu et al. (2019), AnatomyNet: dice and focal loss for head and neck', url: 'https://arxiv.org/abs/1808.05238' },
    { title: 'Lin et al. (2017), Focal Loss for Dense Object Detection', url: 'https://arxiv.org/abs/1708.02002' },
  ],
  pitfalls: [
    'A ratio and nats are added: the value has no unit of its own, and its split depends on the factors. Evaluate dice and focal beside it.',
    'The focal loss here has no alpha: torchvision weighs positives by 0.25 unless told not to.',
    'The focal mean divides by all pixels, most of which cost nearly nothing: it is small beside dice. lambdaFocal 20 is not unusual.',
    'Class weights weigh the classes in the mean of dice and the pixels in the focal loss, whose mean then divides by the weights of the true classes, for class indices and for a value for each class alike. PyTorch divides by pixels in the second case.',
    'includeBackground and absent are about dice: the background takes part in the focal loss in any case.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.DiceFocalLoss(sigmoid=True, gamma=2.0, lambda_dice=1.0, lambda_focal=1.0, smooth_nr=1e-5, smooth_dr=1e-5, batch=False)',
      params: { scope: 'image' },
      note: 'softmax=True divides the focal loss by the number of classes as well; batch=True is scope batch',
    },
  },
  examples: [
    {
      inputs: { target: [1, 1, 0, 0], probs: [0.9, 0.8, 0.2, 0.1] },
      params: { smooth: 0 },
      value: 0.15498967360457333,
      note: '0.15 of dice; the pixels are nearly right and count little',
    },
  ],
  pixel(target, score, fromProbs, { gamma }) {
    const p = fromProbs ? score : sigmoid(score);
    const notP = fromProbs ? 1 - score : sigmoid(-score);
    const wrong = p * (1 - target) + notP * target; // 1 - p_t
    const entropy = fromProbs ? crossEntropyOfProb(target, 1 - target, score) : crossEntropyOfLogit(target, 1 - target, score);
    return times(wrong ** gamma, entropy);
  },
  ofClass(negativeLog, { gamma }) {
    return times((-Math.expm1(-negativeLog)) ** gamma, negativeLog);
  },
  factor({ lambdaFocal }) {
    return lambdaFocal;
  },
});
