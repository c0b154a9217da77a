/** Dice together with the mean over all pixels of another loss: the first sees the shape, the second every pixel. */
import { defineFoldLoss, type FoldLoss, type Params, type ParamValues } from '../define.ts';
import { mask, maskLogits, maskProbs, oneOf } from '../inputs.ts';
import { number } from '../params.ts';
import { type MaskSums, scope, smooth, sumMasks } from './mask-loss.ts';

const inputs = {
  target: mask('true mask'),
  scores: oneOf({ logits: maskLogits('logit of each pixel'), probs: maskProbs('probability of each pixel') }),
};

export const dicePlusParams = {
  lambdaDice: number('factor on dice', 1, { min: 0 }),
  smooth,
  scope,
};

interface DicePlus<P extends Params>
  extends Omit<FoldLoss<typeof inputs, P>, 'kind' | 'task' | 'inputs' | 'slots' | 'fold' | 'finish'> {
  /** The other loss of element `j` of a row, from its logit or, `fromProbs`, its probability. */
  pixel(target: number, score: number, fromProbs: boolean, params: ParamValues<P>, j: number): number;
  factor(params: ParamValues<P>): number;
}

export function defineDicePlus<const P extends Params & typeof dicePlusParams>(loss: DicePlus<P>): FoldLoss<typeof inputs, P> {
  const { pixel, factor, ...facts } = loss;
  return defineFoldLoss<typeof inputs, P>({
    ...facts,
    task: 'segmentation',
    inputs,
    slots() {
      return 5; // weight of the images; common area and the rest, or dice of each image; the other loss, and its pixels
    },
    fold({ target, scores }, params, n, weight, into) {
      const { data, width, role } = scores;
      const { smooth, scope } = params;
      const sums: MaskSums = { common: 0, over: 0, under: 0, neither: 0 };
      const perImage = scope === 'image' && width > 1;
      const fromProbs = role === 'probs';
      for (let i = 0; i < n; i++) {
        const w = weight[i];
        sumMasks(target.data, scores, i, false, sums);
        const outside = sums.over + sums.under;
        if (perImage) {
          into.add(0, w);
          into.add(1, (w * outside) / (2 * sums.common + outside + smooth));
        } else {
          into.add(1, w * sums.common);
          into.add(2, w * outside);
        }
        let sum = 0;
        for (let j = 0; j < width; j++) sum += pixel(target.data[i * width + j], data[i * width + j], fromProbs, params, j);
        into.add(3, w * sum);
        into.add(4, w * width);
      }
    },
    finish([images, common, outside, other, pixels], params) {
      const { lambdaDice, smooth, scope } = params;
      const dice = scope === 'image' && images > 0 ? common / images : outside / (2 * common + outside + smooth);
      return { value: lambdaDice * dice + factor(params) * (other / pixels), denominator: pixels };
    },
  });
}
