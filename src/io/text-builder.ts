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
    this.#values.push(typeof cell === 'string' ? cell : cellText(cell, this.#context));
  }

  /** The first `n` of many cells that are texts. */
  pushTexts(cells: readonly string[], n: number): void {
    for (let row = 0; row < n; row++) this.#values.push(cells[row] as string);
  }

  cut(): () => Column {
    const values = this.#values;
    this.#values = [];
    return () => ({ kind: 'text', values });
  }
}

/** What is no text, as text: exactly, or not at all. */
export function cellText(cell: unknown, { name, where }: ColumnContext): string {
  if (cell === undefined || cell === null) return '';
  // JSON has only doubles here: two keys beyond 2^53 could become one.
  if (typeof cell === 'number' && Number.isInteger(cell) && !Number.isSafeInteger(cell)) {
    throw new Fault(
      `${where()}: column ${quote(name)}: ${cell} is an integer beyond 2^53, which is not exact as text`,
      'write it as a string, in quotes',
    );
  }
  return Array.isArray(cell) ? listText(cell) : typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

/** As JSON writes a list, but exact where JSON is not: integers of 64 bits, infinities, the sign of zero. */
function listText(list: readonly unknown[]): string {
  const texts = list.map((element) => {
    if (Array.isArray(element)) return listText(element);
    if (typeof element === 'bigint' || typeof element === 'number') return Object.is(element, -0) ? '-0' : String(element);
    return JSON.stringify(element ?? null);
  });
  return `[${texts.join(',')}]`;
}
