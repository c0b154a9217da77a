/** Sums over the pairs of a list of which one item is better than the other. */
import type { Numbers } from '../define.ts';
import { ExactSum } from './exact-sum.ts';
import { anyNaN } from './order.ts';

/** The exact sum of `cost(better, worse)` over all pairs of rows with different targets, and how many there are. */
export function overPairs(
  target: Numbers,
  pred: Numbers,
  n: number,
  cost: (better: number, worse: number) => number,
): { sum: number; pairs: number } {
  if (anyNaN(target, n) || anyNaN(pred, n)) return { sum: Number.NaN, pairs: n };
  const sum = new ExactSum();
  const terms = new Float64Array(n);
  let pairs = 0;
  for (let i = 1; i < n; i++) {
    let count = 0;
    for (let j = 0; j < i; j++) {
      if (target[i] > target[j]) terms[count++] = cost(i, j);
      else if (target[i] < target[j]) terms[count++] = cost(j, i);
    }
    sum.add(terms, count);
    pairs += count;
  }
  return { sum: sum.value(), pairs };
}
