/** Losses that see of a row only how likely the model held its class: their inputs and their kernel. */
import type { Choice, Matrix } from '../define.ts';
import { logits, logProbs, oneOf, probs } from '../inputs.ts';
import { times } from '../math/logarithm.ts';
import { type ClassScale, indexOfMax, logTail, negativeLog } from '../math/softmax.ts';

/** A distribution over the classes, on the scale of its role. */
export const classScores = oneOf({
  logits: logits('a score for each class, before softmax'),
  probs: probs('a probability for each class'),
  logProbs: logProbs('a log-probability for each class'),
});

/** out[i] = the sum over classes of q_c cost(-ln p_c, c), with q the target smoothed; for an index that of its class alone. */
export function eachLikelihood(
  target: Matrix,
  { role, data, width }: Choice<ClassScale>,
  labelSmoothing: number,
  n: number,
  out: Float64Array,
  cost: (negativeLog: number, c: number) => number,
): void {
  const byIndex = target.width === 1;
  const kept = 1 - labelSmoothing;
  const share = labelSmoothing / width;
  for (let i = 0; i < n; i++) {
    const start = i * width;
    const y = target.data[i]; // the class, if targets are indices
    let top = 0;
    let tail = 0;
    if (role === 'logits') {
      const at = indexOfMax(data, start, width);
      top = data[at];
      tail = logTail(data, start, width, at);
    }
    if (byIndex && labelSmoothing === 0) {
      out[i] = cost(negativeLog(role, data[start + y], top, tail), y);
      continue;
    }
    let loss = byIndex ? 0 * y : 0; // keeps NaN
    for (let c = 0; c < width; c++) {
      const q = share + kept * (byIndex ? (c === y ? 1 : 0) : target.data[start + c]);
      loss += times(q, cost(negativeLog(role, data[start + c], top, tail), c));
    }
    out[i] = loss;
  }
}

/** 1 - p of p = e^-x, exact for a certain class too. */
export function complement(x: number): number {
  return -Math.expm1(-x);
}
