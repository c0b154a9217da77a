import type { Labels, Wanted } from '../../batch.ts';
import { parseNumber, trimCell } from '../../cells.ts';
import type { Limits } from '../../limits.ts';
import type { RowSink } from '../../row-sink.ts';
import { Byte } from './byte.ts';
import { NumberScanner } from './number.ts';
import { TextCache } from './text-cache.ts';
import type { TextWindow } from './window.ts';

/** Rows that go to the sink at a time: few enough that they stay in the cache. */
const BLOCK = 1024;

/** What is done with one cell of every row. The steps are in the order of the file. */
interface Step {
  /** How many cells further than in the step before; 0 for the same cell. */
  readonly forward: number;
  /** Where its numbers go. */
  readonly numbers?: Float64Array;
  readonly labels?: Labels | undefined;
  /** Where its texts go. */
  readonly texts?: string[];
}

export interface RowOptions {
  readonly delimiter: string;
  /** Number of columns of the table. */
  readonly columns: number;
  readonly wanted: readonly Wanted[];
  readonly sink: RowSink;
  readonly limits: Limits;
}

/**
 * Takes plain rows off a window, straight into columns: rows with as many cells as the table has columns, with numbers where numbers are
 * wanted. It stops before the first other row, which is for `takeRecord`.
 */
export class RowScanner {
  readonly #delimiter: number;
  readonly #sink: RowSink;
  readonly #steps: readonly Step[];
  readonly #columns: readonly (Float64Array | string[])[];
  readonly #lines = new Float64Array(BLOCK);
  readonly #numbers: NumberScanner;
  readonly #texts = new TextCache();
  readonly #doubledTexts = new TextCache((text) => text.replaceAll('""', '"'));
  /** 1 for a byte that ends a cell; and that ends it or is a quote. */
  readonly #ends = new Uint8Array(256);
  readonly #marks = new Uint8Array(256);
  /** Where the cell of `#odd` ends. */
  #end = 0;
  /** Of the quoted cell that was looked at last: whether it holds quotes, and how many newlines. */
  #doubled = false;
  #newlines = 0;

  constructor({ delimiter, columns, wanted, sink, limits }: RowOptions) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#sink = sink;
    this.#numbers = new NumberScanner(limits.number);
    for (const end of [this.#delimiter, Byte.Newline, Byte.Return]) this.#ends[end] = this.#marks[end] = 1;
    this.#marks[Byte.Quote] = 1;
    this.#columns = wanted.map((one) => (isNumeric(one) ? new Float64Array(BLOCK) : []));
    const order = wanted.map((_, k) => k).sort((a, b) => wanted[a].column - wanted[b].column);
    const cells = [0, ...order.map((k) => wanted[k].column), columns - 1];
    this.#steps = cells.slice(1).map((cell, i): Step => {
      const forward = cell - cells[i];
      const k = order[i];
      if (k === undefined) return { forward };
      const values = this.#columns[k];
      return values instanceof Float64Array ? { forward, numbers: values, labels: wanted[k].labels } : { forward, texts: values };
    });
  }

  /** Whether a file with this delimiter can be read so: neither a number nor a character of several bytes holds it. */
  static takes(delimiter: string): boolean {
    return delimiter.charCodeAt(0) < 0x80 && !/[\d.eE+-]/.test(delimiter);
  }

  /** Takes rows off as long as they are plain. */
  scan(window: TextWindow): void {
    if (!this.#sink.takesPlain) return;
    for (let full = true; full; ) {
      const room = Math.min(BLOCK, this.#sink.room);
      const rows = this.#block(window, room);
      if (rows > 0) this.#sink.pushPlain(this.#columns, this.#lines, rows);
      full = rows === room;
    }
  }

  /** Takes up to `room` rows off; returns how many. */
  #block(window: TextWindow, room: number): number {
    const { bytes, end: last } = window;
    const steps = this.#steps;
    const ends = this.#ends;
    const scanner = this.#numbers;
    const delimiter = this.#delimiter;
    const lines = this.#lines;
    const { complete, longest } = window;
    let { at: start, line } = window;
    let row = 0;
    rows: for (; row < room && start < last; row++) {
      let at = start;
      let end = -1; // of the cell that begins at `at`, once it is known
      let newlines = 0; // inside of quotes
      for (let k = 0; k < steps.length; k++) {
        const step = steps[k];
        for (let cell = step.forward; cell > 0; cell--) {
          if (end < 0) end = this.#cellEnd(bytes, at, last);
          if (end < 0 || bytes[end] !== delimiter) break rows;
          if (bytes[at] === Byte.Quote) newlines += this.#newlines;
          at = end + 1;
          end = -1;
        }
        const { numbers } = step;
        if (numbers) {
          let value = scanner.scan(bytes, at);
          end = scanner.end;
          if (ends[bytes[end]] === 0 || Number.isNaN(value)) {
            value = this.#odd(bytes, at, last, step.labels);
            if (Number.isNaN(value)) break rows;
            end = this.#end;
          }
          numbers[row] = value;
        } else if (end < 0 || step.texts) {
          end = this.#cellEnd(bytes, at, last);
          if (end < 0) break rows;
          const quotes = bytes[at] === Byte.Quote ? 1 : 0;
          if (step.texts) {
            const cache = quotes && this.#doubled ? this.#doubledTexts : this.#texts;
            step.texts[row] = cache.get(bytes, at + quotes, end - quotes);
          }
        }
      }
      if (bytes[end] === delimiter) break;
      if (bytes[at] === Byte.Quote) newlines += this.#newlines;
      const next = bytes[end] === Byte.Return && bytes[end + 1] === Byte.Newline ? end + 2 : end + 1;
      if ((next > last && !complete) || next - start > longest) break;
      lines[row] = line;
      line += 1 + newlines;
      start = next;
    }
    window.advance(start, line - window.line);
    return row;
  }

  /** Where the cell that begins at `at` ends; -1 where its end is not to be seen. */
  #cellEnd(bytes: Buffer, at: number, last: number): number {
    if (bytes[at] === Byte.Quote) return this.#quotedEnd(bytes, at, last);
    const marks = this.#marks;
    let end = at;
    while (marks[bytes[end]] === 0) end++;
    return bytes[end] === Byte.Quote ? -1 : end;
  }

  #quotedEnd(bytes: Buffer, at: number, last: number): number {
    this.#doubled = false;
    this.#newlines = 0;
    let end = at + 1;
    for (; end < last; end++) {
      const byte = bytes[end];
      if (byte === Byte.Newline || byte === Byte.Return) {
        if (byte === Byte.Return || bytes[end - 1] !== Byte.Return) this.#newlines++;
      } else if (byte === Byte.Quote) {
        if (bytes[end + 1] !== Byte.Quote) break;
        this.#doubled = true;
        end++;
      }
    }
    return end < last && this.#ends[bytes[end + 1]] === 1 ? end + 1 : -1;
  }

  /** The number of a cell that holds more than its digits: blanks, quotes, or a label. NaN when it is none of these. */
  #odd(bytes: Buffer, at: number, last: number, labels: Labels | undefined): number {
    const end = this.#cellEnd(bytes, at, last);
    const quotes = bytes[at] === Byte.Quote ? 1 : 0;
    if (end < 0 || (quotes && this.#doubled)) return Number.NaN;
    this.#end = end;
    let start = at + quotes;
    let stop = end - quotes;
    while (start < stop && isBlank(bytes[start])) start++;
    while (start < stop && isBlank(bytes[stop - 1])) stop--;
    const value = this.#numbers.scan(bytes, start);
    if (this.#numbers.end === stop) return value;
    return labels?.get(this.#texts.get(bytes, start, stop)) ?? Number.NaN;
  }
}

function isBlank(byte: number): boolean {
  return byte === Byte.Space || byte === Byte.Tab;
}

/** Whether cells are tried as numbers before anyone asks for labels: there are none, or they are fixed and none of them is a number. */
function isNumeric({ as, labels }: Wanted): boolean {
  if (as !== 'number') return false;
  return !labels || (labels instanceof Map && [...labels.keys()].every((label) => parseNumber(trimCell(label)) === undefined));
}
