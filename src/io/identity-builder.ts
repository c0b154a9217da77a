import type { Column } from './batch.ts';
import { trimCell } from './cells.ts';
import { Doubles } from './doubles.ts';
import { Fault, quote } from './fault.ts';
import type { ColumnBuilder, ColumnContext } from './number-builder.ts';
import { cellText } from './text-builder.ts';

/**
 * A column whose cells only tell rows apart: the number that its labels have for each text, and none for a missing one. Compared
 * as text, so that `010` is not `10` and an int64 keeps all its digits.
 */
export class IdentityBuilder implements ColumnBuilder {
  readonly settled = true;
  readonly #context: ColumnContext;
  readonly #values = new Doubles();
  #missing = new Map<number, string>();

  constructor(context: ColumnContext) {
    this.#context = context;
  }

  settle(): void {}

  push(cell: unknown): void {
    const text = this.#text(cell);
    const id = this.#context.labels?.get(text);
    if (id === undefined) this.#missing.set(this.#values.length, text);
    this.#values.push(id ?? Number.NaN);
  }

  cut(): () => Column {
    const column = { kind: 'number', values: this.#values.take(), width: 1, missing: this.#missing } as const;
    this.#missing = new Map();
    return () => column;
  }

  #text(cell: unknown): string {
    if (typeof cell === 'string') return trimCell(cell);
    if (Array.isArray(cell) && cell.length === 1) return this.#text(cell[0]); // a column of arrays one wide
    const { name, where } = this.#context;
    if (typeof cell === 'object' && cell !== null)
      throw new Fault(`${where()}: column ${quote(name)}: a list or an object, not a label`, 'a label is one number or text');
    return cellText(cell, this.#context);
  }
}
