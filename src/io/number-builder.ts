import { type Column, isMissing, type Labels, type NumberColumn, type Shape } from './batch.ts';
import { isPrinted, numberHint, parseNumber, trimCell } from './cells.ts';
import { Doubles } from './doubles.ts';
import { Fault, quote } from './fault.ts';
import { type Limits, limitFault } from './limits.ts';
import { flatten, parseVector, SHORTENED, TOO_DEEP } from './vector-text.ts';

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
  /** Of the rows before, where there are any. */
  readonly shape?: Shape | undefined;
  readonly limits: Limits;
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

  readonly #values = new Doubles();
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
    const { shape } = this.#context;
    this.#assumed = shape === undefined;
    if (shape && shape.width > 1) this.#setShape(nameOf(shape), shape.width);
    else this.#setShape(SCALAR, 1);
  }

  /** Numbers a row, as far as that is known. */
  get width(): number {
    return this.#width;
  }

  /** Whether the column may go on with single numbers. */
  get takesNumbers(): boolean {
    return this.#shape === undefined || this.#shape === SCALAR;
  }

  /** The first `n` of many single numbers. */
  pushNumbers(values: Float64Array, n: number): void {
    this.#expect(SCALAR, 1);
    this.#values.append(values, n);
  }

  push(cell: unknown): void {
    const value =
      typeof cell === 'string' ? this.#text(cell) : Array.isArray(cell) ? (cell as readonly unknown[]) : this.#value(cell);
    if (typeof value === 'number') {
      if (this.#shape !== SCALAR) this.#expect(SCALAR, 1);
      this.#values.push(value);
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
      return () => ({ ...block, ...this.#dims });
    }
    const begin = this.#begin;
    const values = this.#values.take();
    const missing = this.#missing;
    this.#begin = [];
    this.#missing = new Map();
    if (begin.length === 0) return () => ({ kind: 'number', values, width: this.#width, missing, ...this.#dims });
    return () => this.#allMissing(begin);
  }

  #allMissing(texts: readonly string[]): NumberColumn {
    const values = new Float64Array(texts.length * this.#width).fill(NaN);
    const missing = new Map<number, string>();
    for (let i = 0; i < values.length; i++) missing.set(i, texts[Math.floor(i / this.#width)] as string);
    return { kind: 'number', values, width: this.#width, missing, ...this.#dims };
  }

  get #dims(): Pick<NumberColumn, 'dims'> {
    return this.#shape?.includes('x') ? { dims: this.#shape.split('x').map(Number) } : {};
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
    const { limits } = this.#context;
    const flat = flatten(list, limits.depth);
    if (typeof flat === 'string') throw this.#listFault('a list that', flat);
    this.#expect(flat.shape, flat.elements.length);
    for (const element of flat.elements) {
      const value = typeof element === 'string' ? this.#text(element) : this.#value(element);
      if (typeof value === 'number') this.#values.push(value);
      else if (typeof value === 'string') this.#appendMissing(value);
      else throw this.#notNumber(String(element));
    }
  }

  #appendMissing(text: string): void {
    this.#missing.set(this.#values.length, text);
    this.#values.push(Number.NaN);
  }

  /** A number, the text of a missing value, or the elements of a list. */
  #text(cell: string): number | string | readonly unknown[] {
    const trimmed = trimCell(cell);
    const label = this.#context.labels?.get(trimmed);
    if (label !== undefined) return label;
    const { limits } = this.#context;
    if (trimmed.length > limits.number && !trimmed.startsWith('[')) {
      const what = `text of ${trimmed.length} characters, longer than ${limits.number}`;
      throw limitFault(this.#place(what), 'number', limits);
    }
    const number = parseNumber(trimmed);
    if (number !== undefined) return number;
    if (isMissing(trimmed)) return trimmed;
    if (!trimmed.startsWith('[')) throw this.#notNumber(trimmed);
    const list = parseVector(trimmed, limits.depth);
    if (typeof list !== 'string') return list;
    if (isPrinted(trimmed)) throw this.#notNumber(trimmed);
    throw this.#listFault(quote(trimmed), list);
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
    const { shape: before } = this.#context;
    if (this.#shape === undefined && before && nameOf(before) !== (width === 1 ? SCALAR : shape)) this.settle();
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
    return new Fault(this.#place(message), hint);
  }

  #listFault(list: string, problem: string): Fault {
    const { limits } = this.#context;
    if (problem === TOO_DEEP) {
      return limitFault(this.#place(`${list} is nested deeper than ${limits.depth} levels`), 'depth', limits);
    }
    const lost = 'the values are lost: write all of them, with np.set_printoptions(threshold=sys.maxsize) or .tolist()';
    return this.#fault(`${list} ${problem}`, problem === SHORTENED ? lost : undefined);
  }

  #place(message: string): string {
    return `${this.#context.where()}: column ${quote(this.#context.name)}: ${message}`;
  }
}

/** A list of one number may be meant where there is one. */
function nameOf({ width, dims }: Shape): string {
  if (width === 1) return SCALAR;
  return dims ? dims.join('x') : String(width);
}

function describe(shape: string): string {
  return shape === SCALAR ? 'a single value' : `a list of ${shape}`;
}
