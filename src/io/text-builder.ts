import type { CodedTexts, Column, TextColumn } from './batch.ts';
import { Fault, quote } from './fault.ts';
import type { ColumnBuilder, ColumnContext } from './number-builder.ts';

/** A text column, for keys and slices. Text is kept as it stands: `NA` may be Namibia, and `010` is not `10`. */
export class TextBuilder implements ColumnBuilder {
  readonly settled = true;
  readonly #context: ColumnContext;
  /** The rows of this batch: as codes, as long as all came so, or else as texts. */
  #coded: CodedTexts[] = [];
  #values: string[] = [];

  constructor(context: ColumnContext) {
    this.#context = context;
  }

  settle(): void {}

  push(cell: unknown): void {
    this.#decode();
    this.#values.push(typeof cell === 'string' ? cell : cellText(cell, this.#context));
  }

  /** The first `n` of many cells that are texts. */
  pushTexts(cells: readonly string[], n: number): void {
    this.#decode();
    for (let row = 0; row < n; row++) this.#values.push(cells[row] as string);
  }

  /** The first `n` of many cells whose texts have codes. */
  pushCoded({ codes, texts }: CodedTexts, n: number): void {
    const [first] = this.#coded;
    if (this.#values.length > 0 || (first && first.texts !== texts)) this.pushTexts(textsOf({ codes, texts }), n);
    else this.#coded.push({ codes: codes.slice(0, n), texts });
  }

  cut(): () => Column {
    const coded = this.#coded;
    const values = this.#values;
    this.#coded = [];
    this.#values = [];
    return () => (coded.length > 0 ? codedColumn(coded) : { kind: 'text', values });
  }

  #decode(): void {
    for (const part of this.#coded) for (const text of textsOf(part)) this.#values.push(text);
    this.#coded = [];
  }
}

function textsOf({ codes, texts }: CodedTexts): string[] {
  return Array.from(codes, (code) => texts[code] as string);
}

/** Texts are only made of the codes when somebody asks for them. */
function codedColumn(parts: readonly CodedTexts[]): TextColumn {
  const texts = parts[0]?.texts ?? [];
  const codes = new Int32Array(parts.reduce((rows, part) => rows + part.codes.length, 0));
  let at = 0;
  for (const part of parts) {
    codes.set(part.codes, at);
    at += part.codes.length;
  }
  const coded = { codes, texts };
  let values: string[] | undefined;
  return {
    kind: 'text',
    coded,
    get values() {
      values ??= textsOf(coded);
      return values;
    },
  };
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
