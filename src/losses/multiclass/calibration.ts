/** Confidence against correctness, in bins of confidence: what the calibration errors share. */
import type { Choice, Matrix, Numbers, Slots } from '../define.ts';
import { classIndex, classLogits, classProbs, oneOf } from '../inputs.ts';
import { largestOther } from '../math/margins.ts';
import { indexOfMax, logTail } from '../math/softmax.ts';
import { sigmoid } from '../math/softplus.ts';
import { choice, number } from '../params.ts';
import { complement } from './of-likelihood.ts';

export const calibrationInputs = {
  target: classIndex('class index; 0 or 1 for one probability'),
  scores: oneOf(
    {
      probs: classProbs('probability of class 1, or one for each class'),
      logits: classLogits('logit of class 1, or one for each class'),
    },
    'probs',
  ),
};

export const bins = number('how many bins of equal width there are between 0 and 1', 15, { min: 1, max: 1e6, integer: true });

export const certain = choice(
  'a confidence of exactly 1: in the last bin, or in a bin of its own as in TorchMetrics',
  ['last', 'own'],
  'last',
);

/** The bin [k / bins, (k + 1) / bins) that holds `p`, the last with its end; bin 0 for NaN. The product may round across a border. */
function binOf(p: number, bins: number): number {
  if (Number.isNaN(p)) return 0;
  const k = Math.min(Math.floor(p * bins), bins - 1);
  if (p < k / bins) return k - 1;
  return k + 1 < bins && p >= (k + 1) / bins ? k + 1 : k;
}

interface Bins {
  readonly bins: number;
  readonly certain: 'last' | 'own';
}

/** Slot 0: the weight of all rows. Then for each bin its weight, and the sum of correctness less confidence. */
export function calibrationSlots({ bins, certain }: Bins): number {
  return 1 + 2 * (certain === 'own' ? bins + 1 : bins);
}

/** Of one probability a row: that of class 1 against the label; of several: the largest, against whether it is that of the class. */
export function foldCalibration(
  target: Matrix,
  { role, data, width }: Choice<'probs' | 'logits'>,
  { bins, certain }: Bins,
  n: number,
  weight: Numbers,
  into: Slots,
): void {
  const fromProbs = role === 'probs';
  for (let i = 0; i < n; i++) {
    const y = target.data[i];
    const start = i * width;
    let confidence: number;
    let doubt: number; // 1 - confidence
    let right: boolean;
    if (width === 1) {
      confidence = fromProbs ? data[i] : sigmoid(data[i]);
      doubt = fromProbs ? 1 - data[i] : sigmoid(-data[i]);
      right = y === 1;
    } else {
      const at = indexOfMax(data, start, width);
      const tail = fromProbs ? 0 : logTail(data, start, width, at);
      confidence = fromProbs ? largestOther(data, start, width, -1) : Math.exp(-tail);
      doubt = fromProbs ? 1 - confidence : complement(tail);
      right = at === start + y;
    }
    const gap = (right ? doubt : -confidence) + 0 * y; // a missing class belongs to no side
    const bin = certain === 'own' && doubt === 0 ? bins : binOf(confidence, bins);
    const slot = 1 + 2 * bin;
    into.add(0, weight[i]);
    into.add(slot, weight[i]);
    into.add(slot + 1, weight[i] * gap);
  }
}

export interface Calibration {
  /** Mean over rows of the gap of their bin. */
  readonly mean: number;
  /** Root of the mean over rows of its square. */
  readonly rms: number;
  /** The largest gap of a bin. */
  readonly largest: number;
  readonly weight: number;
  /** Weight of the bin of the largest gap. */
  readonly worst: number;
}

export function calibrationOf(slots: Float64Array): Calibration {
  const weight = slots[0];
  let sum = 0;
  let squares = 0;
  let largest = 0;
  let worst = 0;
  for (let slot = 1; slot < slots.length; slot += 2) {
    const share = slots[slot];
    if (share === 0) continue;
    const excess = Math.abs(slots[slot + 1]);
    sum += excess;
    squares += (excess / share) * excess;
    if (!(excess / share <= largest)) worst = share;
    largest = Math.max(largest, excess / share);
  }
  return { mean: sum / weight, rms: Math.sqrt(squares / weight), largest, weight, worst };
}
