/** The inputs and parameters that losses of masks share. */
import { mask, maskLogits, maskProbs, oneOf } from '../inputs.ts';
import { boolean, channels, choice, classCounts, classWeight, ignoreIndex, number, temperature } from '../params.ts';

export const masks = {
  target: mask('true mask, or with --channels a class index for each pixel'),
  scores: oneOf({
    pred: mask('predicted mask, hard or soft'),
    probs: maskProbs('probability of each pixel, or of each class in each pixel'),
    logits: maskLogits('logit of each pixel, or of each class in each pixel'),
  }),
};

export const scope = choice('one value over all images, or the mean of one for each image', ['batch', 'image'], 'batch');

export const smooth = number('added so that empty masks divide: the loss of empty against empty is then 0', 1e-5, { min: 0 });

export const smoothIn = choice(
  'where smooth is added: above and below, or below alone as Keras does',
  ['both', 'denominator'],
  'both',
);

export const squared = boolean('areas as sums of squares, as in V-Net', false);

export const multilabel = boolean('classes do not exclude each other: sigmoid of each logit, not softmax over the classes', false);

export const includeBackground = boolean('class 0, the background, takes part', true);

export const absent = choice(
  'a class that the target does not have: its loss as it is, left out of the mean, or 0 in the mean',
  ['score', 'skip', 'zero'],
  'score',
);

/** What is asked of masks with several classes, whose losses are averaged. */
export const perClass = {
  channels,
  multilabel,
  average: choice('the mean of one loss for each class, or one over the sums of all classes', ['macro', 'micro'], 'macro'),
  includeBackground,
  absent,
  classWeight,
  classCounts,
  ignoreIndex,
  temperature,
};
