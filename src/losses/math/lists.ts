/** The softmax over a list whose rows may come in any order: its sums are exact, so that the order changes no bit. */
import type { Numbers } from '../define.ts';
import { ExactSum } from './exact-sum.ts';
import { expOfNegative } from './exp.ts';

function exactly(terms: Float64Array): number {
  const sum = new ExactSum();
  sum.add(terms, terms.length);
  return sum.value();
}

/** Sum of `shares` times -ln softmax(score), and the sum of the shares; nothing of something infinite is nothing. */
export function listNll(shares: Numbers, score: Numbers, n: number): { cost: number; share: number } {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n; i++) top = Math.max(top, score[i]);
  const terms = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) terms[i] = expOfNegative(score[i] - top);
  terms[n] = -1; // the largest itself, taken out again without rounding
  const tail = Math.log1p(exactly(terms));
  terms[n] = 0;
  for (let i = 0; i < n; i++) terms[i] = shares[i] * (top - score[i] + tail);
  const cost = exactly(terms);
  for (let i = 0; i < n; i++) terms[i] = shares[i];
  return { cost, share: exactly(terms) };
}
