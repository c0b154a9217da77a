import type { Column } from './batch.ts';
import { Fault, quote } from './fault.ts';
import type { ColumnBuilder, ColumnContext } from './number-builder.ts';

/** A text column, for keys and slices. Text is kept as it stands: `NA` may be Namibia, and `010` is not `10`. */
export class TextBuilder implements ColumnBuilder {
  readonly settled = true;
  readonly #context: ColumnContext;
  #values: string[] = [];

  constructor(context: ColumnContext) {
    this.#context = context;
  }

  settle(): void {}

  push(cell: unknown): void {
    this.#values.push(typeof cell === 'string' ? cell : this.#text(cell));
  }

  cut(): () => Column {
    const values = this.#values;
    this.#values = [];
    return () => ({ kind: 'text', values });
  }

  #text(cell: unknown): string {
    if (cell === undefined || cell === null) return '';
    // JSON has only doubles here: two keys beyond 2^53 could become one.
    if (typeof cell === 'number' && Number.isInteger(cell) && !Number.isSafeInteger(cell)) {
      throw new Fault(
        `${this.#context.where()}: column ${quote(this.#context.name)}: ${cell} is an integer beyond 2^53, which is not exact as text`,
        'write it as a string, in quotes',
      );
    }
    return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  }
}
