/**
 * Losses that compare two masks by the pixels they share and do not: one value for each class, over all images or for each
 * image, and the mean of these.
 */
import { defineFoldLoss, type FoldLoss, type Params, type ParamValues } from '../define.ts';
import { type Averaging, counted, isPerImage, LEFT_OUT, meanOfClasses } from './mask-average.ts';
import { masks, type scope } from './mask-params.ts';
import { type MaskSums, pool, roomFor, sumMasks } from './mask-sums.ts';

interface MaskLoss<P extends Params>
  extends Omit<FoldLoss<typeof masks, P>, 'kind' | 'task' | 'inputs' | 'refuse' | 'slots' | 'fold' | 'finish'> {
  /** How many of the sums it needs: 2 are `common` and both differences in `over`; 3 tell these apart; 4 have `neither`. */
  readonly sums: 2 | 3 | 4;
  /** The loss of these sums, and what it was divided by last. */
  measure(sums: MaskSums, params: ParamValues<P>): number;
  divisor(sums: MaskSums, params: ParamValues<P>): number;
}

/** Slots of a class whose images have a loss each: the weight of those that count, and of their losses. */
const PER_IMAGE = 2;

export function defineMaskLoss<const P extends Params & { scope: typeof scope }>(loss: MaskLoss<P>): FoldLoss<typeof masks, P> {
  const { sums: kept, measure, divisor, ...facts } = loss;
  type Given = ParamValues<P> & Averaging;

  /** Slots of a class over all images: its sums, and the true area where that decides something. */
  const pooled = ({ absent = 'score' }: Averaging) => kept + (absent === 'score' ? 0 : 1);

  const lossOf = (sums: MaskSums, params: Given) =>
    params.absent === 'zero' && sums.area === 0 ? 0 * sums.over : measure(sums, params); // NaN still comes out

  return defineFoldLoss<typeof masks, P>({
    ...facts,
    task: 'segmentation',
    inputs: masks,
    refuse({ average, classWeight }: Given) {
      return average === 'micro' && classWeight ? 'micro has no mean over classes that weights could weigh' : undefined;
    },
    slots({ scores }, params: Given) {
      const groups = params.average === 'micro' ? 1 : counted(roomFor(scores.channels), params).length;
      return 1 + groups * (isPerImage(scores, params) ? PER_IMAGE : pooled(params)); // first the number of single images
    },
    fold({ target, scores }, params: Given, n, weight, into) {
      const perImage = isPerImage(scores, params);
      const size = perImage ? PER_IMAGE : pooled(params);
      const classes = roomFor(scores.channels);
      const those = counted(classes, params);
      const groups = params.average === 'micro' ? roomFor(1) : those; // what has a loss
      for (let i = 0; i < n; i++) {
        const w = weight[i];
        sumMasks(target, scores, i, params, classes);
        if (params.average === 'micro') pool(those, groups[0]);
        if (perImage) into.add(0, 1);
        for (let g = 0, slot = 1; g < groups.length; g++, slot += size) {
          const sums = groups[g];
          if (perImage) {
            if (params.absent === 'skip' && sums.area === 0) continue;
            into.add(slot, w);
            into.add(slot + 1, w * lossOf(sums, params));
            continue;
          }
          into.add(slot, w * sums.common);
          into.add(slot + 1, w * (kept === 2 ? sums.over + sums.under : sums.over));
          if (kept >= 3) into.add(slot + 2, w * sums.under);
          if (kept === 4) into.add(slot + 3, w * sums.neither);
          if (size > kept) into.add(slot + kept, w * sums.area);
        }
      }
    },
    finish(slots, params: Given) {
      const perImage = params.scope === 'image' && slots[0] > 0;
      const size = perImage ? PER_IMAGE : pooled(params);
      const groups = (slots.length - 1) / size;
      let below = 0;
      const totals = Array.from({ length: groups }, (_, g) => {
        const own = slots.subarray(1 + g * size, 1 + (g + 1) * size);
        if (perImage) return { weight: own[0], loss: own[1] };
        const [common, over] = own;
        const sums = { common, over, under: kept > 2 ? own[2] : 0, neither: kept > 3 ? own[3] : 0, area: own[kept] };
        below = params.absent === 'zero' && sums.area === 0 ? 1 : divisor(sums, params); // what is set to 0 is not divided
        return params.absent === 'skip' && sums.area === 0 ? LEFT_OUT : { weight: 1, loss: lossOf(sums, params) };
      });
      const finished = meanOfClasses(totals, params);
      return groups === 1 && !perImage && finished.denominator > 0 ? { ...finished, denominator: below } : finished;
    },
  });
}
