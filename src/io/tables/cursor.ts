/** Rows of a table in portions of any size, whatever its batches are. */
import { type Batch, type Column, place, type Table } from '../batch.ts';
import { concatColumns, takeRows } from './take.ts';

export interface Portion {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Where a row came from. */
  readonly place: (row: number, column?: number) => string;
}

interface Piece {
  readonly batch: Batch;
  readonly from: number;
  readonly to: number;
}

export class Cursor {
  readonly #table: Table;
  readonly #batches: AsyncIterator<Batch>;
  #batch: Batch | undefined;
  #at = 0;

  constructor(table: Table, batches: AsyncIterable<Batch>) {
    this.#table = table;
    this.#batches = batches[Symbol.asyncIterator]();
  }

  /** The next rows; fewer only when the table ends before. */
  async take(rows: number): Promise<Portion> {
    const pieces: Piece[] = [];
    let missing = rows;
    while (missing > 0) {
      const batch = await this.#current();
      if (!batch) break;
      const to = Math.min(batch.rows, this.#at + missing);
      pieces.push({ batch, from: this.#at, to });
      missing -= to - this.#at;
      this.#at = to;
    }
    return portionOf(this.#table, pieces);
  }

  /** How many rows are left. Reads them all. */
  async rest(): Promise<number> {
    let count = 0;
    for (let batch = await this.#current(); batch; batch = await this.#current()) {
      count += batch.rows - this.#at;
      this.#at = batch.rows;
    }
    return count;
  }

  async close(): Promise<void> {
    await this.#batches.return?.();
  }

  async #current(): Promise<Batch | undefined> {
    while (!this.#batch || this.#at >= this.#batch.rows) {
      const { done, value } = await this.#batches.next();
      if (done) return undefined;
      this.#batch = value;
      this.#at = 0;
    }
    return this.#batch;
  }
}

function portionOf(table: Table, pieces: readonly Piece[]): Portion {
  const taken = pieces.map(({ batch, from, to }) => {
    if (from === 0 && to === batch.rows) return batch.columns;
    const rows = Int32Array.from({ length: to - from }, (_, i) => from + i);
    return batch.columns.map((column) => takeRows(column, rows));
  });
  const rows = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const columns = (taken[0] ?? []).map((_, k) => concatColumns(taken.map((piece) => piece[k] as Column)));
  return {
    rows,
    columns,
    place(row, column) {
      let left = row;
      for (const { batch, from, to } of pieces) {
        if (left < to - from) return place(table, batch, from + left, column);
        left -= to - from;
      }
      throw new Error(`there is no row ${row}`);
    },
  };
}
