/** Losses that compare two masks by the pixels they share and do not: over all images, or the mean of one value for each image. */
import { defineFoldLoss, type FoldLoss, type Numbers, type Params, type ParamValues } from '../define.ts';
import { mask, maskLogits, maskProbs, oneOf } from '../inputs.ts';
import { sigmoid } from '../math/softplus.ts';
import { boolean, choice, number } from '../params.ts';

export const masks = {
  target: mask('true mask'),
  scores: oneOf({
    pred: mask('predicted mask, hard or soft'),
    probs: maskProbs('probability of each pixel'),
    logits: maskLogits('logit of each pixel'),
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

/** What two masks, p predicted and t true, have in common: sums over pixels. */
export interface MaskSums {
  /** p t */
  common: number;
  /** p (1 - t): predicted but not there. Holds both differences where `squared`, as (p - t)^2, and for losses of two sums. */
  over: number;
  /** t (1 - p): there but not predicted. */
  under: number;
  /** (1 - p) (1 - t) */
  neither: number;
}

interface MaskLoss<P extends Params>
  extends Omit<FoldLoss<typeof masks, P>, 'kind' | 'task' | 'inputs' | 'slots' | 'fold' | 'finish'> {
  /** How many of the sums it needs: 2 are `common` and both differences in `over`; 3 tell these apart; 4 have `neither`. */
  readonly sums: 2 | 3 | 4;
  /** The loss of these sums, and what it was divided by last. */
  measure(sums: MaskSums, params: ParamValues<P>): number;
  divisor(sums: MaskSums, params: ParamValues<P>): number;
}

export function defineMaskLoss<const P extends Params & { scope: typeof scope }>(loss: MaskLoss<P>): FoldLoss<typeof masks, P> {
  const { sums: kept, measure, divisor, ...facts } = loss;
  return defineFoldLoss<typeof masks, P>({
    ...facts,
    task: 'segmentation',
    inputs: masks,
    slots() {
      return 1 + kept; // the weight of the images, then their sums
    },
    fold({ target, scores }, params, n, weight, into) {
      const sums: MaskSums = { common: 0, over: 0, under: 0, neither: 0 };
      const perImage = params.scope === 'image' && scores.width > 1;
      for (let i = 0; i < n; i++) {
        const w = weight[i];
        sumMasks(target.data, scores, i, params.squared === true, sums);
        if (kept === 2) sums.over += sums.under;
        if (perImage) {
          into.add(0, w);
          into.add(1, w * measure(sums, params));
          continue;
        }
        into.add(1, w * sums.common);
        into.add(2, w * sums.over);
        if (kept >= 3) into.add(3, w * sums.under);
        if (kept === 4) into.add(4, w * sums.neither);
      }
    },
    finish([images, common, over, under, neither], params) {
      if (params.scope === 'image' && images > 0) return { value: common / images, denominator: images };
      const sums = { common, over, under: under ?? 0, neither: neither ?? 0 };
      return { value: measure(sums, params), denominator: divisor(sums, params) };
    },
  });
}

/** Sums of image `i`. 1 - p of a logit is the sigmoid of the other sign, which keeps its digits. */
export function sumMasks(
  target: Numbers,
  { role, data, width }: { readonly role: string; readonly data: Numbers; readonly width: number },
  i: number,
  asSquares: boolean,
  into: MaskSums,
): void {
  const fromLogits = role === 'logits';
  let common = 0;
  let over = 0;
  let under = 0;
  let neither = 0;
  for (let j = i * width; j < (i + 1) * width; j++) {
    const t = target[j];
    const p = fromLogits ? sigmoid(data[j]) : data[j];
    const notP = fromLogits ? sigmoid(-data[j]) : 1 - p;
    common += p * t;
    over += asSquares ? (p - t) * (p - t) : p * (1 - t);
    under += asSquares ? 0 : t * notP;
    neither += notP * (1 - t);
  }
  into.common = common;
  into.over = over;
  into.under = under;
  into.neither = neither;
}
