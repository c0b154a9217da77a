/** `--reduction none`: puts the values that each loss gives in its own time back into rows, and lets whole rows go. */
import type { Batch } from '../io/batch.ts';
import type { Rows } from './gather.ts';
import type { RowValues } from './result.ts';
import type { RowTaker } from './rows.ts';

interface Page extends Pick<Batch, 'first' | 'rows' | 'index'> {
  /** For each loss, a value per row; `null` where it gave none. */
  readonly values: (number | null)[][];
  readonly weight: ArrayLike<number> | null;
}

export class RowBook {
  readonly #losses: number;
  readonly #emit: (row: RowValues) => void;
  readonly #pages: Page[] = [];

  constructor(losses: number, emit: (row: RowValues) => void) {
    this.#losses = losses;
    this.#emit = emit;
  }

  /** Before a batch is evaluated. Rows that no loss writes stay `null`: skipped or ignored. */
  open({ first, rows, index }: Batch, weight: ArrayLike<number> | null): void {
    const values = Array.from({ length: this.#losses }, () => new Array<number | null>(rows).fill(null));
    this.#pages.push({ first, rows, ...(index && { index }), values, weight });
  }

  /** Writes the values of one loss. */
  taker(loss: number): RowTaker {
    return { take: (rows, values) => this.#write(loss, rows, values) };
  }

  #write(loss: number, { n, numbers }: Rows, values: Float64Array): void {
    if (!numbers) throw new Error('rows without numbers cannot be put back in order');
    let page = this.#pages[0];
    for (let i = 0; i < n; i++) {
      const number = numbers[i];
      if (number < page.first || number >= page.first + page.rows) page = this.#pageOf(number);
      page.values[loss][number - page.first] = values[i];
    }
  }

  /** Emits all rows that are held. Called after each batch when no loss waits for a group, else at the end. */
  flush(): void {
    for (const { first, rows, index, values, weight } of this.#pages) {
      for (let row = 0; row < rows; row++) {
        this.#emit({
          row: (index ? index[row] : first + row) + 1,
          weight: weight ? weight[row] : null,
          values: values.map((column) => column[row]),
        });
      }
    }
    this.#pages.length = 0;
  }

  #pageOf(number: number): Page {
    let [low, high] = [0, this.#pages.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#pages[middle].first <= number) low = middle;
      else high = middle - 1;
    }
    return this.#pages[low];
  }
}
