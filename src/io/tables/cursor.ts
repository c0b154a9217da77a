/** Rows of a table in portions of any size, whatever its batches are. */
import { type Batch, type Column, place, type Table } from '../batch.ts';
import { concatColumns, takeRange } from './take.ts';

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
  readonly columns: readonly Column[];
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
      pieces.push({ batch, from: this.#at, to, columns: columnsOf(batch, this.#at, to, rows) });
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

/** Copies, where a batch is only a part of what is `asked` for: the next one may come in its arrays. */
function columnsOf({ rows, columns }: Batch, from: number, to: number, asked: number): readonly Column[] {
  if (from === 0 && to === rows && to === asked) return columns;
  return columns.map((column) => takeRange(column, from, to));
}

function portionOf(table: Table, pieces: readonly Piece[]): Portion {
  const rows = pieces.reduce((sum, { from, to }) => sum + to - from, 0);
  const columns = (pieces[0]?.columns ?? []).map((_, k) => concatColumns(pieces.map((piece) => piece.columns[k] as Column)));
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
