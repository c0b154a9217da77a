import type { Batch, Column, Wanted } from './batch.ts';
import { escapeText } from './fault.ts';
import { type ColumnBuilder, NumberBuilder } from './number-builder.ts';
import { TextBuilder } from './text-builder.ts';

/** A batch whose columns may still wait for their shape. */
interface Draft {
  readonly rows: number;
  readonly first: number;
  readonly columns: readonly (() => Column)[];
  readonly lines: Float64Array | undefined;
}

export interface SinkOptions {
  readonly name: string;
  /** Names of all columns of the table. */
  readonly columns: readonly string[];
  readonly wanted: readonly Wanted[];
  readonly batchRows: number;
  readonly hasLines: boolean;
}

/** Collects rows of wanted cells into batches: the one way from any format to `Batch`. */
export class RowSink {
  readonly builders: readonly ColumnBuilder[];
  readonly #options: SinkOptions;
  #drafts: Draft[] = [];
  #lines: number[] = [];
  #rows = 0;
  #first = 0;
  #line = 0;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.builders = options.wanted.map(({ column, as, labels }) => {
      const where = () => this.#where(column);
      const context = { name: options.columns[column] as string, labels, where };
      return as === 'number' ? new NumberBuilder(context) : new TextBuilder(context);
    });
  }

  /** Begins a row, which starts on `line` of the file. Its cells go to `builders` next. */
  begin(line = 0): void {
    this.#line = line;
  }

  /** Ends a row. */
  end(): void {
    this.#rows++;
    if (this.#options.hasLines) this.#lines.push(this.#line);
    if (this.#rows >= this.#options.batchRows) this.cut();
  }

  /** Moves to a row of this batch, where a format fills one column after the other. */
  seek(row: number): void {
    this.#rows = row;
  }

  /** Ends a batch of rows that were filled column by column. */
  endBlock(rows: number): void {
    this.#rows = rows;
    this.cut();
  }

  /** Ends a batch, if it has rows. */
  cut(): void {
    if (this.#rows === 0) return;
    const columns = this.builders.map((builder) => builder.cut());
    const lines = this.#options.hasLines ? Float64Array.from(this.#lines) : undefined;
    this.#drafts.push({ rows: this.#rows, first: this.#first, columns, lines });
    this.#first += this.#rows;
    this.#rows = 0;
    this.#lines = [];
  }

  /** The batches that are complete by now. */
  take(): Batch[] {
    if (!this.builders.every((builder) => builder.settled)) return [];
    const drafts = this.#drafts;
    this.#drafts = [];
    return drafts.map(({ rows, first, columns, lines }) => {
      const batch = { rows, first, columns: columns.map((column) => column()) };
      return lines ? { ...batch, lines } : batch;
    });
  }

  /** The last batches, at the end of the table. */
  finish(): Batch[] {
    this.cut();
    for (const builder of this.builders) builder.settle();
    return this.take();
  }

  #where(column: number): string {
    const name = escapeText(this.#options.name);
    if (this.#options.hasLines) return `${name}:${this.#line}:${column + 1}`;
    return `${name}: row ${this.#first + this.#rows + 1}, column ${column + 1}`;
  }
}
