/** Dice together with the mean over all pixels of another loss: the first sees the shape, the second every pixel. */
import { type Choice, defineFoldLoss, type FoldLoss, type Matrix, type Params, type ParamValues } from '../define.ts';
import { oneOf } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { indexOfMax, logTail, negativeLog } from '../math/softmax.ts';
import { IGNORED, number } from '../params.ts';
import { dice } from './dice.ts';
import { masks, perClass, scope, smooth } from './mask-params.ts';
import { indicator, isByIndex } from './mask-sums.ts';

const { logits, probs } = masks.scores.oneOf;
const inputs = { target: masks.target, scores: oneOf({ logits, probs }) };

export const dicePlusParams = {
  lambdaDice: number('factor on dice', 1, { min: 0 }),
  smooth,
  scope,
  ...perClass,
};

type Shared = ParamValues<typeof dicePlusParams> & { readonly labelSmoothing?: number };
type Scores = Choice<'logits' | 'probs'>;

interface DicePlus<P extends Params>
  extends Omit<FoldLoss<typeof inputs, P>, 'kind' | 'task' | 'inputs' | 'slots' | 'fold' | 'finish'> {
  /**
   * The other loss of a value that stands on its own, from its logit or, `fromProbs`, its probability. `j` is its element of a
   * row that is one mask, else its class.
   */
  pixel(target: number, score: number, fromProbs: boolean, params: ParamValues<P>, j: number): number;
  /** The other loss of a pixel that has a class, where classes exclude each other, from -ln p of this class. */
  ofClass(negativeLog: number, params: ParamValues<P>): number;
  factor(params: ParamValues<P>): number;
}

/** The other loss, added up, and what its mean divides by. */
interface Total {
  loss: number;
  share: number;
}

export function defineDicePlus<const P extends Params & typeof dicePlusParams>(loss: DicePlus<P>): FoldLoss<typeof inputs, P> {
  const { pixel, ofClass, factor, ...facts } = loss;
  type Given = ParamValues<P> & Shared;
  const forDice = (params: Given) => ({ ...params, smoothIn: 'both', squared: false }) as const;

  /** Values on their own: a single mask, or classes that do not exclude each other. */
  const addValues = (target: Matrix, scores: Scores, i: number, params: Given, into: Total) => {
    const { data, width, role, channels = 1 } = scores;
    const { classWeight } = params;
    const byIndex = isByIndex(target, scores);
    for (let j = 0, at = i * width; j < width; j += channels, at += channels) {
      const label = target.data[byIndex ? at / channels : at];
      if (label === IGNORED) continue;
      for (let c = 0; c < channels; c++) {
        const t = byIndex ? indicator(label, c) : target.data[at + c];
        const share = classWeight ? classWeight[c] : 1;
        into.loss += times(share, pixel(t, data[at + c], role === 'probs', params, channels === 1 ? j : c));
        into.share += share;
      }
    }
  };

  /** Pixels that have one class of several. */
  const addClasses = (target: Matrix, scores: Scores, i: number, params: Given, into: Total) => {
    const { data, width, role, channels = 1 } = scores;
    const { classWeight, labelSmoothing = 0 } = params;
    const byIndex = isByIndex(target, scores);
    let top = 0;
    let tail = 0;
    for (let at = i * width; at < (i + 1) * width; at += channels) {
      const label = target.data[byIndex ? at / channels : at];
      if (label === IGNORED) continue;
      if (role === 'logits') {
        const largest = indexOfMax(data, at, channels);
        top = data[largest];
        tail = logTail(data, at, channels, largest);
      }
      for (let c = 0; c < channels; c++) {
        const t = byIndex ? indicator(label, c) : target.data[at + c];
        const weight = classWeight ? classWeight[c] : 1;
        const share = weight * (t * (1 - labelSmoothing) + labelSmoothing / channels);
        if (share !== 0) into.loss += share * ofClass(negativeLog(role, data[at + c], top, tail), params);
        into.share += weight * t;
      }
    }
  };

  return defineFoldLoss<typeof inputs, P>({
    ...facts,
    task: 'segmentation',
    inputs,
    refuse(params: Given, roles) {
      return dice.refuse?.(forDice(params), roles) ?? loss.refuse?.(params, roles);
    },
    slots(values, params: Given) {
      return dice.slots(values, forDice(params)) + 2; // the other loss, and what its mean divides by
    },
    fold(values, params: Given, n, weight, into) {
      const { target, scores } = values;
      const first = dice.slots(values, forDice(params));
      const add = (scores.channels ?? 1) > 1 && !params.multilabel ? addClasses : addValues;
      const total: Total = { loss: 0, share: 0 };
      dice.fold(values, forDice(params), n, weight, into);
      for (let i = 0; i < n; i++) {
        total.loss = 0;
        total.share = 0;
        add(target, scores, i, params, total);
        into.add(first, weight[i] * total.loss);
        into.add(first + 1, weight[i] * total.share);
      }
    },
    finish(slots, params: Given, rest) {
      const first = slots.length - 2;
      const overlap = dice.finish(slots.subarray(0, first), forDice(params), rest.subarray(0, first)).value;
      const [other, share] = slots.subarray(first);
      return { value: params.lambdaDice * overlap + factor(params) * (other / share), denominator: share };
    },
  });
}
