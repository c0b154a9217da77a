/** Columns of a matrix of `n` rows, centred: sums over rows are exact, so that their order changes no bit. */
import type { Matrix } from '../define.ts';
import { ExactSum } from './exact-sum.ts';

export class Columns {
  /** The columns one after the other, each less its mean. */
  readonly centred: Float64Array;
  readonly width: number;
  private readonly n: number;
  private readonly terms: Float64Array;
  private readonly sum = new ExactSum();

  constructor({ data, width }: Matrix, n: number) {
    this.centred = new Float64Array(n * width);
    this.width = width;
    this.n = n;
    this.terms = new Float64Array(n);
    for (let j = 0; j < width; j++) {
      for (let i = 0; i < n; i++) this.terms[i] = data[i * width + j];
      const mean = this.total() / n;
      for (let i = 0; i < n; i++) this.centred[j * n + i] = data[i * width + j] - mean;
    }
  }

  /** Sum over rows of column `j` times column `k` of `other`, both centred. */
  product(j: number, other: Columns, k: number): number {
    const { centred, n, terms } = this;
    for (let i = 0; i < n; i++) terms[i] = centred[j * n + i] * other.centred[k * n + i];
    return this.total();
  }

  private total(): number {
    this.sum.clear();
    this.sum.add(this.terms, this.n);
    return this.sum.value();
  }
}
