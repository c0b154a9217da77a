import { type Batch, type CodedTexts, type Column, type ReadOptions, rowsInBatch, type Wanted } from './batch.ts';
import { recycle } from './doubles.ts';
import { escapeText } from './fault.ts';
import { IdentityBuilder } from './identity-builder.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { LineNumbers } from './line-numbers.ts';
import { type ColumnBuilder, NumberBuilder } from './number-builder.ts';
import { TextBuilder } from './text-builder.ts';

const BUILDERS = { number: NumberBuilder, text: TextBuilder, identity: IdentityBuilder };

/** Cells of a column of rows that are plain. */
export type PlainColumn = Float64Array | string[] | CodedTexts;

/** A batch whose columns may still wait for their shape. */
interface Draft {
  readonly rows: number;
  readonly first: number;
  readonly columns: readonly (() => Column)[];
  readonly lines: Float64Array | number | undefined;
}

export interface SinkOptions extends ReadOptions {
  readonly name: string;
  /** Names of all columns of the table. */
  readonly columns: readonly string[];
  readonly wanted: readonly Wanted[];
  /** The format has lines, and collects its numbers here. */
  readonly hasLines: boolean;
  /** Index of the first row in the table; 0 where nothing is said. */
  readonly first?: number;
  readonly limits?: Limits;
}

/** Collects rows of wanted cells into batches: the one way from any format to `Batch`. */
export class RowSink {
  readonly builders: readonly ColumnBuilder[];
  readonly #options: SinkOptions;
  #drafts: Draft[] = [];
  readonly #lines = new LineNumbers();
  #rows = 0;
  #first: number;
  #line = 0;
  /** Most rows of a batch. */
  #most: number;

  constructor(options: SinkOptions) {
    this.#options = options;
    this.#first = options.first ?? 0;
    this.builders = options.wanted.map(({ column, as, labels, shape }) => {
      const where = () => this.#where(column);
      const { limits = DEFAULT_LIMITS } = options;
      const context = { name: options.columns[column] as string, labels, shape, limits, where };
      return new BUILDERS[as](context);
    });
    this.#most = rowsInBatch(options.batchRows, options.wanted.length);
  }

  /** Begins a row, which starts on `line` of the file. Its cells go to `builders` next. */
  begin(line = 0): void {
    this.#line = line;
  }

  /** Ends a row. */
  end(): void {
    this.#rows++;
    if (this.#options.hasLines) this.#lines.push(this.#line);
    if (this.#rows === 1) this.#most = rowsInBatch(this.#options.batchRows, this.#numbersARow()); // by now the lists are known
    if (this.#rows >= this.#most) this.cut();
  }

  /** Moves to a row of this batch, where a format fills one column after the other. */
  seek(row: number): void {
    this.#rows = row;
  }

  /** How many rows the batch still takes. */
  get room(): number {
    return this.#most - this.#rows;
  }

  /** Whether `pushPlain` may be used: no column is one of lists. */
  get takesPlain(): boolean {
    return this.builders.every((builder) => !(builder instanceof NumberBuilder) || builder.takesNumbers);
  }

  /**
   * The first `n` rows, no more than there is room for, of a format with lines. For each builder there are texts, or for a number
   * column its numbers, or for a text column codes.
   */
  pushPlain(columns: readonly PlainColumn[], lines: Float64Array, n: number): void {
    // What may be refused goes row by row, as from any other reader.
    const refusable = this.builders.flatMap((builder, k) => {
      const cells = columns[k];
      return Array.isArray(cells) && !(builder instanceof TextBuilder) ? [{ builder, cells }] : [];
    });
    for (let row = 0; row < n && refusable.length > 0; row++) {
      this.#line = lines[row] as number;
      for (const { builder, cells } of refusable) builder.push(cells[row]);
    }
    this.builders.forEach((builder, k) => {
      const cells = columns[k];
      if (builder instanceof NumberBuilder && cells instanceof Float64Array) builder.pushNumbers(cells, n);
      else if (builder instanceof TextBuilder && Array.isArray(cells)) builder.pushTexts(cells, n);
      else if (builder instanceof TextBuilder && cells && 'codes' in cells) builder.pushCoded(cells, n);
    });
    this.#lines.append(lines, n);
    this.#rows += n;
    if (this.#rows >= this.#most) this.cut();
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
    const lines = this.#options.hasLines ? this.#lines.take() : undefined;
    this.#drafts.push({ rows: this.#rows, first: this.#first, columns, lines });
    this.#first += this.#rows;
    this.#rows = 0;
  }

  /** Whether `take` may have some. */
  get hasBatches(): boolean {
    return this.#drafts.length > 0;
  }

  /** The batches that are complete by now. */
  *take(): Generator<Batch> {
    if (!this.builders.every((builder) => builder.settled)) return;
    const { transient, hasLines } = this.#options;
    const drafts = this.#drafts;
    this.#drafts = [];
    for (const { rows, first, columns, lines } of drafts) {
      const batch = { rows, first, columns: columns.map((column) => column()), ...(lines !== undefined && { lines }) };
      yield batch;
      if (transient && hasLines) for (const column of batch.columns) if (column.kind === 'number') recycle(column.values);
    }
  }

  /** The last batches, at the end of the table. */
  *finish(): Generator<Batch> {
    this.cut();
    for (const builder of this.builders) builder.settle();
    yield* this.take();
  }

  #numbersARow(): number {
    return this.builders.reduce((sum, builder) => sum + (builder instanceof NumberBuilder ? builder.width : 1), 0);
  }

  #where(column: number): string {
    const name = escapeText(this.#options.name);
    if (this.#options.hasLines) return `${name}:${this.#line}:${column + 1}`;
    return `${name}: row ${this.#first + this.#rows + 1}, column ${column + 1}`;
  }
}
