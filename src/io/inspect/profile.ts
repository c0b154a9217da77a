/** What a column holds, found from its cells as text: the same for every format. */
import { isMissing } from '../batch.ts';
import { parseNumber, trimCell } from '../cells.ts';
import { flatten, parseVector } from '../vector-text.ts';

/** Values that are kept for the histogram and for what a column of labels holds. */
const KEPT = 100_000;
const DISTINCT = 20;
/** How far from 1 a row of probabilities may sum. */
const SUM_TOLERANCE = 1e-3;

export const BINS = 10;

/** Numbers of a column or of a family of columns, with all their elements. */
export interface NumberFacts {
  readonly count: number;
  readonly whole: boolean;
  readonly infinite: number;
  readonly outsideUnit: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Counts between `min` and `max` in ten equal bins, of the first 100,000 numbers. */
  readonly histogram: readonly number[];
}

export interface ColumnFacts {
  readonly name: string;
  readonly type: 'number' | 'integer' | 'boolean' | 'text' | 'list' | 'mixed' | 'empty';
  readonly rows: number;
  /** Cells without any text. */
  readonly empty: number;
  /** Cells that say NaN, NA, null ... */
  readonly missing: number;
  /** Cells that are neither number nor list nor missing. */
  readonly texts: number;
  /** Elements of a list, where all lists have as many. */
  readonly width: number | null;
  /** Lists, or rows of a family, that sum to 1. */
  readonly sumToOne: number;
  readonly numbers: NumberFacts | null;
  /** The different values, when there are few; in the order of numbers, then texts. */
  readonly values: readonly string[] | null;
}

class Numbers {
  readonly #kept: number[] = [];
  #sum = 0;
  #count = 0;
  #finite = 0;
  #whole = true;
  #outside = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  add(value: number): void {
    this.#count++;
    if (value < 0 || value > 1) this.#outside++;
    if (!Number.isFinite(value)) return;
    this.#finite++;
    this.#whole &&= Number.isInteger(value);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
    this.#sum += value;
    if (this.#kept.length < KEPT) this.#kept.push(value);
  }

  facts(): NumberFacts | null {
    if (this.#count === 0) return null;
    const [min, max] = this.#finite ? [this.#min, this.#max] : [Number.NaN, Number.NaN];
    const histogram = new Array<number>(BINS).fill(0);
    for (const value of this.#kept)
      histogram[max > min ? Math.min(BINS - 1, Math.floor(((value - min) / (max - min)) * BINS)) : 0]++;
    return {
      count: this.#count,
      whole: this.#whole,
      infinite: this.#count - this.#finite,
      outsideUnit: this.#outside,
      min,
      max,
      mean: this.#sum / this.#finite,
      histogram,
    };
  }
}

const BOOLEAN = /^(?:true|false)$/i;

/** Watches the cells of one column; a family of columns comes as one, its cells row by row. */
export class Profile {
  readonly #name: string;
  readonly #numbers = new Numbers();
  readonly #widths = new Set<number>();
  readonly #values = new Set<string>();
  #rows = 0;
  #empty = 0;
  #missing = 0;
  #texts = 0;
  #booleans = 0;
  /** Cells that are a number. */
  #singles = 0;
  #lists = 0;
  #sumToOne = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** One cell: a number, a list, a text, or nothing. */
  see(cell: string): void {
    this.#rows++;
    const text = trimCell(cell);
    if (text === '') this.#empty++;
    else if (!this.#seeNumber(text)) this.#seeList(text);
    if (this.#values.size <= DISTINCT && !text.startsWith('[')) this.#values.add(text);
  }

  /** One row of a family of columns. */
  seeRow(cells: readonly string[]): void {
    this.#rows++;
    this.#lists++;
    this.#widths.add(cells.length);
    let sum = 0;
    for (const cell of cells) sum += this.#element(trimCell(cell));
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) this.#sumToOne++;
  }

  facts(): ColumnFacts {
    const numbers = this.#numbers.facts();
    const [width] = this.#widths;
    return {
      name: this.#name,
      type: this.#type(numbers),
      rows: this.#rows,
      empty: this.#empty,
      missing: this.#missing,
      texts: this.#texts,
      width: this.#widths.size === 1 && width !== undefined ? width : null,
      sumToOne: this.#sumToOne,
      numbers,
      values: this.#values.size <= DISTINCT && this.#lists === 0 ? sortedValues(this.#values) : null,
    };
  }

  #type(numbers: NumberFacts | null): ColumnFacts['type'] {
    const kinds = [this.#singles > 0, this.#lists > 0, this.#texts > this.#booleans, this.#booleans > 0].filter(Boolean).length;
    if (kinds === 0) return 'empty';
    if (kinds > 1) return 'mixed';
    if (this.#lists > 0) return 'list';
    if (this.#texts > 0) return this.#booleans > 0 ? 'boolean' : 'text';
    return numbers?.whole ? 'integer' : 'number';
  }

  #seeNumber(text: string): boolean {
    if (isMissing(text)) this.#missing++;
    else {
      const number = parseNumber(text);
      if (number === undefined) return false;
      this.#singles++;
      this.#numbers.add(number);
    }
    return true;
  }

  #seeList(text: string): void {
    const list = text.startsWith('[') ? parseVector(text) : text;
    const flat = typeof list === 'string' ? list : flatten(list);
    if (typeof flat === 'string') {
      this.#texts++;
      if (BOOLEAN.test(text)) this.#booleans++;
      return;
    }
    this.#lists++;
    this.#widths.add(flat.elements.length);
    let sum = 0;
    for (const element of flat.elements) sum += this.#element(String(element));
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) this.#sumToOne++;
  }

  /** Counts an element, and gives its number for the sum of its row. */
  #element(text: string): number {
    if (text === '') this.#empty++;
    else if (isMissing(text)) this.#missing++;
    else {
      const number = parseNumber(text);
      if (number === undefined) this.#texts++;
      else {
        this.#numbers.add(number);
        return number;
      }
    }
    return Number.NaN;
  }
}

function sortedValues(values: ReadonlySet<string>): string[] {
  return [...values].filter((text) => text !== '').sort(new Intl.Collator('en', { numeric: true }).compare);
}
