/** Missing and non-finite values under `--nan error`: the first places and how many, over the whole file. */
import { Fault } from '../io/fault.ts';
import type { Check } from './prepare.ts';
import type { View } from './view.ts';

const PLACES = 3;
const HINT = '--nan skip leaves such rows out and counts them; --nan propagate lets them into the result';

export class Gaps {
  readonly #checks: readonly Check[];
  #first: string | undefined;
  readonly #next: string[] = [];
  #count = 0;

  constructor(checks: readonly Check[]) {
    const strictest = new Map<number, number>();
    for (const { part, bits } of checks) strictest.set(part, (strictest.get(part) ?? 0) | bits);
    this.#checks = [...strictest].map(([part, bits]) => ({ part, bits }));
  }

  /** Notes the gaps of a batch. Returns whether any has been found so far: then there is nothing left to evaluate. */
  note(view: View): boolean {
    const found = this.#checks.flatMap(({ part, bits }) => {
      const flaws = view.flawsOf(part);
      return flaws ? Array.from(flaws.keys()).flatMap((row) => (flaws[row] & bits ? [{ row, part, bits }] : [])) : [];
    });
    for (const { row, part, bits } of found.sort((a, b) => a.row - b.row)) {
      this.#count += view.countFlaws(part, row, bits);
      if (this.#first === undefined) this.#first = view.describeFlaw(part, row, bits);
      else if (this.#next.length < PLACES - 1) this.#next.push(view.place(row));
    }
    return this.any;
  }

  get any(): boolean {
    return this.#count > 0;
  }

  /** Refuses the file if there were any. */
  check(): void {
    if (this.#first === undefined) return;
    const next = this.#next.length ? `, next at ${this.#next.join(', ')}` : '';
    throw new Fault(this.#count > 1 ? `${this.#first} (${this.#count} in all${next})` : this.#first, HINT, 'D20');
  }
}
