import { type Column, isMissing, type Labels, type NumberColumn } from './batch.ts';
import { LONGEST_NUMBER, numberHint, parseNumber, trimCell } from './cells.ts';
import { Fault, quote } from './fault.ts';
import { flatten, parseVector } from './vector-text.ts';

/** Makes one column, batch after batch, from cells of any format. */
export interface ColumnBuilder {
  /** One row. Text, number, boolean, bigint, list; `null` or `undefined` where there is no value. */
  push(cell: unknown): void;
  /** Ends a batch. The column is complete once the builder is settled, so it is asked for later. */
  cut(): () => Column;
  /** Whether every column that was cut can be completed. */
  readonly settled: boolean;
  /** Ends the wait for what decides the shape. */
  settle(): void;
}

/** What a builder needs to know of its column. */
export interface ColumnContext {
  readonly name: string;
  readonly labels: Labels | undefined;
  /** Place of the current row, for messages. */
  readonly where: () => string;
}

/**
 * Rows without a value that a column may begin with before it counts as one of single values. A fixed number, not the
 * size of a batch: a result must not depend on that.
 */
export const SHAPE_ROWS = 8192;

const SCALAR = 'single';

const LARGEST_EXACT = 2n ** 53n;

/**
 * A number column. Its shape, single values or lists of one length, is that of the first row that holds a value; rows
 * before it wait, because their NaN are as many as the list is long.
 */
export class NumberBuilder implements ColumnBuilder {
  readonly #context: ColumnContext;
  #shape: string | undefined;
  #width = 1;
  /** The shape was not seen, but assumed after many missing rows. */
  #assumed = false;
  #waiting = 0;

  #values = new Float64Array(64);
  #length = 0;
  #missing = new Map<number, string>();
  /** What stood in the rows of this batch before the shape was known. */
  #begin: string[] = [];
  /** A column that came as one piece. */
  #block: NumberColumn | undefined;

  constructor(context: ColumnContext) {
    this.#context = context;
  }

  get settled(): boolean {
    return this.#shape !== undefined;
  }

  settle(): void {
    if (this.#shape !== undefined) return;
    this.#assumed = true;
    this.#setShape(SCALAR, 1);
  }

  push(cell: unknown): void {
    const value =
      typeof cell === 'string' ? this.#text(cell) : Array.isArray(cell) ? (cell as readonly unknown[]) : this.#value(cell);
    if (typeof value === 'number') {
      if (this.#shape !== SCALAR) this.#expect(SCALAR, 1);
      this.#append(value);
    } else if (typeof value === 'string') this.#pushMissing(value);
    else this.#pushList(value);
  }

  /** A whole batch at once, where the format holds it as an array already: not copied. */
  pushBlock(block: NumberColumn, shape: string | undefined): void {
    this.#expect(shape ?? SCALAR, block.width);
    this.#block = block;
  }

  cut(): () => Column {
    const block = this.#block;
    if (block) {
      this.#block = undefined;
      return () => block;
    }
    const begin = this.#begin;
    const values = this.#values.subarray(0, this.#length);
    const missing = this.#missing;
    this.#begin = [];
    this.#values = new Float64Array(this.#values.length);
    this.#length = 0;
    this.#missing = new Map();
    if (begin.length === 0) return () => ({ kind: 'number', values, width: this.#width, missing });
    return () => this.#allMissing(begin);
  }

  #allMissing(texts: readonly string[]): NumberColumn {
    const values = new Float64Array(texts.length * this.#width).fill(NaN);
    const missing = new Map<number, string>();
    for (let i = 0; i < values.length; i++) missing.set(i, texts[Math.floor(i / this.#width)] as string);
    return { kind: 'number', values, width: this.#width, missing };
  }

  #pushMissing(text: string): void {
    if (this.#shape === undefined) {
      this.#begin.push(text);
      this.#waiting++;
      if (this.#waiting >= SHAPE_ROWS) this.settle();
      return;
    }
    for (let i = 0; i < this.#width; i++) this.#appendMissing(text);
  }

  #pushList(list: readonly unknown[]): void {
    const flat = flatten(list);
    if (typeof flat === 'string') throw this.#fault(`a list that ${flat}`);
    this.#expect(flat.shape, flat.elements.length);
    for (const element of flat.elements) {
      const value = typeof element === 'string' ? this.#text(element) : this.#value(element);
      if (typeof value === 'number') this.#append(value);
      else if (typeof value === 'string') this.#appendMissing(value);
      else throw this.#notNumber(String(element));
    }
  }

  #append(value: number): void {
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length++] = value;
  }

  #appendMissing(text: string): void {
    this.#missing.set(this.#length, text);
    this.#append(NaN);
  }

  #grow(): void {
    const wider = new Float64Array(this.#values.length * 2);
    wider.set(this.#values);
    this.#values = wider;
  }

  /** A number, the text of a missing value, or the elements of a list. */
  #text(cell: string): number | string | readonly unknown[] {
    const trimmed = trimCell(cell);
    const label = this.#context.labels?.get(trimmed);
    if (label !== undefined) return label;
    if (trimmed.length > LONGEST_NUMBER && !trimmed.startsWith('[')) {
      throw this.#fault(`text of ${trimmed.length} characters, more than the ${LONGEST_NUMBER} that a number may have`);
    }
    const number = parseNumber(trimmed);
    if (number !== undefined) return number;
    if (isMissing(trimmed)) return trimmed;
    if (!trimmed.startsWith('[')) throw this.#notNumber(trimmed);
    const list = parseVector(trimmed);
    if (typeof list !== 'string') return list;
    const shortened = list.includes('...');
    throw this.#fault(
      `${quote(trimmed)} ${list}`,
      shortened
        ? 'the values are lost: write all of them, with np.set_printoptions(threshold=sys.maxsize) or .tolist()'
        : undefined,
    );
  }

  #value(cell: unknown): number | string {
    if (cell === undefined) return '';
    if (cell === null) return 'null';
    if (typeof cell === 'object')
      throw this.#fault('an object, not a number', 'name a value inside it by its path, as in output.score');
    const label = this.#context.labels?.get(String(cell));
    if (label !== undefined) return label;
    if (typeof cell === 'number') return Number.isNaN(cell) ? 'NaN' : cell;
    if (typeof cell === 'bigint') return this.#exact(cell);
    throw this.#notNumber(String(cell));
  }

  #exact(cell: bigint): number {
    // Compared as bigint: as a number, 2^53 + 1 would already have become 2^53.
    if (cell >= -LARGEST_EXACT && cell <= LARGEST_EXACT) return Number(cell);
    throw this.#fault(`${cell} is an integer beyond 2^53, which a float64 does not hold exactly`);
  }

  /** Fixes the shape, or compares with it. */
  #expect(shape: string, width: number): void {
    if (this.#shape === undefined) this.#setShape(shape, width);
    if (this.#shape === shape) return;
    const known = this.#assumed ? `none of the first ${SHAPE_ROWS} rows has a value` : `before: ${describe(this.#shape as string)}`;
    throw this.#fault(`${describe(shape)} (${known})`, 'a column holds either single values or lists of one length');
  }

  #setShape(shape: string, width: number): void {
    this.#shape = shape;
    this.#width = width;
    // Rows of this batch that waited come first; the waiting rows of batches cut before are made when asked for.
    const begin = this.#begin;
    this.#begin = [];
    for (const text of begin) this.#pushMissing(text);
  }

  #notNumber(trimmed: string): Fault {
    return this.#fault(`${quote(trimmed)} is not a number`, numberHint(trimmed));
  }

  #fault(message: string, hint?: string): Fault {
    return new Fault(`${this.#context.where()}: column ${quote(this.#context.name)}: ${message}`, hint);
  }
}

function describe(shape: string): string {
  return shape === SCALAR ? 'a single value' : `a list of ${shape}`;
}
