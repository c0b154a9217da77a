/** In place of exact-sum.ts, to tell what exactness costs: the plain loop that other programs run. Folds, which pack bins, cannot have it. */
import { ExactSum as Exact, type SumState } from '../src/losses/math/exact-sum.ts';

export { BINS, type SumState } from '../src/losses/math/exact-sum.ts';

export class ExactSum extends Exact {
  #sum = 0;

  override add(terms: Parameters<Exact['add']>[0], n: number = terms.length): void {
    let sum = this.#sum;
    for (let i = 0; i < n; i++) sum += terms[i];
    this.#sum = sum;
  }

  override merge(other: ExactSum): void {
    this.#sum += other.#sum;
  }

  override clear(): void {
    this.#sum = 0;
  }

  override value(): number {
    return this.#sum;
  }

  override state(): SumState {
    return { low: 0, units: [this.#sum] };
  }

  override addState({ units }: SumState): void {
    this.#sum += units[0];
  }
}
