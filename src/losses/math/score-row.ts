import { ExactSum } from './exact-sum.ts';
import { expOfNegative } from './exp.ts';

/** Scores of one row against others. Their exponentials are summed exactly, so that the order of the others changes no bit. */
export class ScoreRow {
  readonly scores: Float64Array;
  private readonly terms: Float64Array;
  private readonly sum = new ExactSum();

  constructor(size: number) {
    this.scores = new Float64Array(size);
    this.terms = new Float64Array(size + 1);
  }

  /** -ln softmax(scores)[own] among the first `size`, as (z* - z_own) + ln(1 + sum of e^(z - z*) over all but the largest, z*). */
  loss(own: number, size: number = this.scores.length): number {
    const top = this.top(size);
    return top - this.scores[own] + this.tail(top, size);
  }

  /** ln of the sum of e^z over the first `size`; -Infinity for none. */
  logSum(size: number): number {
    const top = this.top(size);
    return size === 0 ? top : top + this.tail(top, size);
  }

  /** The largest of the first `size`. */
  top(size: number): number {
    let top = Number.NEGATIVE_INFINITY;
    for (let j = 0; j < size; j++) top = Math.max(top, this.scores[j]);
    return top;
  }

  /** ln of the sum of e^(z - top) over the first `size`, of which `top` is the largest. */
  tail(top: number, size: number): number {
    const { scores, terms, sum } = this;
    for (let j = 0; j < size; j++) terms[j] = expOfNegative(scores[j] - top);
    terms[size] = -1; // the largest itself, taken out again without rounding
    sum.clear();
    sum.add(terms, size + 1);
    return Math.log1p(sum.value());
  }

  /** Exact sum of the distances from `top` of the first `size`. */
  below(top: number, size: number): number {
    const { scores, terms, sum } = this;
    for (let j = 0; j < size; j++) terms[j] = top - scores[j];
    sum.clear();
    sum.add(terms, size);
    return sum.value();
  }
}
