import { crossEntropyOfLogit, crossEntropyOfProb } from '../math/cross-entropy.ts';
import { labelSmoothing, number, posWeight } from '../params.ts';
import { defineDicePlus, dicePlusParams } from './dice-plus.ts';

export const diceCe = defineDicePlus({
  name: 'dice-ce',
  aliases: ['dice-bce', 'bce-dice', 'combo-loss'],
  summary: 'Dice plus the cross-entropy of the pixels: the usual loss of nnU-Net, steadier than dice alone on small objects.',
  params: { ...dicePlusParams, lambdaCe: number('factor on the cross-entropy', 1, { min: 0 }), posWeight, labelSmoothing },
  formula: {
    text: 'lambdaDice dice + lambdaCe mean over pixels of (w y ln(1 + e^-z) + (1 - y) ln(1 + e^z));  y = target (1 - e) + e / 2;  of several classes -ln p of the true one',
    latex: String.raw`\lambda_d\,\mathrm{dice}+\lambda_c\,\frac1M\sum\bigl(w\,y\ln(1+e^{-z})+(1-y)\ln(1+e^{z})\bigr)`,
  },
  refuse({ posWeight, channels, multilabel }) {
    return posWeight && channels !== 'none' && !multilabel
      ? 'classes that exclude each other have no positives: class-weight weighs them'
      : undefined;
  },
  unit: 'ratio + nats',
  properties: { differentiable: true, minimum: 0, symmetric: false, robust: false },
  references: [
    {
      title: 'Isensee et al. (2021), nnU-Net',
      url: 'https://doi.org/10.1038/s41592-020-01008-z',
    },
    { title: 'Taghanaki et al. (2019), Combo loss', url: 'https://arxiv.org/abs/1805.02798' },
  ],
  pitfalls: [
    'A ratio and nats are added: the value has no unit of its own, and its split depends on the factors. Evaluate dice and bce-with-logits beside it.',
    'Far wrong logits dominate: the cross-entropy has no upper end, dice ends at 1.',
    'From probabilities nothing is clipped: a certain and wrong pixel costs infinity.',
    'posWeight and labelSmoothing change the cross-entropy only, and the mean still divides by pixels.',
    'Class weights weigh the classes in the mean of dice and the pixels in the cross-entropy, whose mean then divides by the weights of the true classes, for class indices and for a value for each class alike. PyTorch divides by pixels in the second case.',
    'includeBackground and absent are about dice: the background takes part in the cross-entropy in any case.',
    'Values of shards cannot be averaged: evaluate their rows together.',
  ],
  equivalents: {
    monai: {
      call: 'monai.losses.DiceCELoss(sigmoid=True, lambda_dice=1.0, lambda_ce=1.0, smooth_nr=1e-5, smooth_dr=1e-5, batch=False)',
      params: { scope: 'image' },
      note: 'softmax=True for classes; batch=True is scope batch',
    },
    nnunet: 'DC_and_BCE_loss: 1 - dice is written as -dice there, so its value is lower by lambdaDice',
  },
  examples: [
    {
      inputs: { target: [1, 1, 0, 0], probs: [0.9, 0.8, 0.2, 0.1] },
      params: { smooth: 0 },
      value: 0.31425203348601806,
      note: '0.15 of dice and 0.164 nats',
    },
  ],
  pixel(target, score, fromProbs, { posWeight, labelSmoothing }, j) {
    const y = target * (1 - labelSmoothing) + 0.5 * labelSmoothing;
    const positive = posWeight ? posWeight[posWeight.length === 1 ? 0 : j] * y : y;
    return fromProbs ? crossEntropyOfProb(positive, 1 - y, score) : crossEntropyOfLogit(positive, 1 - y, score);
  },
  ofClass(negativeLog) {
    return negativeLog;
  },
  factor({ lambdaCe }) {
    return lambdaCe;
  },
});
