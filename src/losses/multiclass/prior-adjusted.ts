/** Cross-entropy of logits that are shifted by what the class counts say: the one kernel of balanced-softmax and logit-adjusted. */
import type { Matrix, Numbers } from '../define.ts';
import { indexOfMax, logTail } from '../math/softmax.ts';

/** `shift[c]` is added to each logit of class c; a class with shift -Infinity takes no part. */
export function shiftedCrossEntropy(
  target: Numbers,
  { data, width }: Matrix,
  shift: Float64Array,
  n: number,
  out: Float64Array,
): void {
  const row = new Float64Array(width);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < width; c++) row[c] = data[i * width + c] + shift[c];
    const at = indexOfMax(row, 0, width);
    out[i] = row[at] - row[target[i]] + logTail(row, 0, width, at);
  }
}

/** tau times the logarithm of each class's share of the rows. */
export function logPriors(counts: readonly number[] | null, tau: number): Float64Array {
  const total = (counts ?? []).reduce((sum, count) => sum + count, 0);
  return Float64Array.from(counts ?? [], (count) => tau * Math.log(count / total));
}
