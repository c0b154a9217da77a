import type { Labels } from '../../batch.ts';
import { Byte } from './byte.ts';
import { blockFor, type PlainBlock, type RowLayout, type Rows, type Step, stepsInto } from './layout.ts';
import { NumberScanner } from './number.ts';
import { TextCache } from './text-cache.ts';
import type { TextWindow } from './window.ts';

/** Rows that are taken off byte by byte. */
export class PlainRows implements Rows {
  readonly block: PlainBlock;
  readonly #delimiter: number;
  readonly #steps: readonly Step[];
  readonly #numbers: NumberScanner;
  readonly #texts = new TextCache();
  readonly #quoted = new TextCache((text) => text.replaceAll('""', '"'));
  /** 1 for a byte that ends a cell; and that ends it or is a quote. */
  readonly #ends = new Uint8Array(256);
  readonly #marks = new Uint8Array(256);
  /** Where the cell of `#odd` ends. */
  #end = 0;
  /** Within the quoted cell that was looked at last. */
  #newlines = 0;

  constructor(layout: RowLayout, block = blockFor(layout.wanted)) {
    this.block = block;
    this.#delimiter = layout.delimiter.charCodeAt(0);
    this.#steps = stepsInto(block, layout);
    this.#numbers = new NumberScanner(layout.limits.number);
    for (const end of [this.#delimiter, Byte.Newline, Byte.Return]) this.#ends[end] = this.#marks[end] = 1;
    this.#marks[Byte.Quote] = 1;
  }

  take(window: TextWindow, room: number): number {
    const { bytes, end: last } = window;
    const steps = this.#steps;
    const ends = this.#ends;
    const scanner = this.#numbers;
    const delimiter = this.#delimiter;
    const { lines } = this.block;
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
          if (step.texts) step.texts[row] = this.text(bytes, at + quotes, end - quotes);
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
    this.#newlines = 0;
    let end = at + 1;
    for (; end < last; end++) {
      const byte = bytes[end];
      if (byte === Byte.Newline || byte === Byte.Return) {
        if (byte === Byte.Return || bytes[end - 1] !== Byte.Return) this.#newlines++;
      } else if (byte === Byte.Quote) {
        if (bytes[end + 1] !== Byte.Quote) break;
        end++;
      }
    }
    return end < last && this.#ends[bytes[end + 1]] === 1 ? end + 1 : -1;
  }

  /** The number of a cell that holds more than its digits: blanks, quotes, or a label. NaN when it is none of these. */
  #odd(bytes: Buffer, at: number, last: number, labels: Labels | undefined): number {
    const end = this.#cellEnd(bytes, at, last);
    const quotes = bytes[at] === Byte.Quote ? 1 : 0;
    if (end < 0) return Number.NaN;
    this.#end = end;
    return this.read(bytes, at + quotes, end - quotes, labels);
  }

  /** The number of a cell: with blanks around it, or as a label. NaN when it is none of these. */
  read(bytes: Buffer, start: number, stop: number, labels: Labels | undefined): number {
    const texts = this.#textsAt(bytes, start);
    while (start < stop && isBlank(bytes[start])) start++;
    while (start < stop && isBlank(bytes[stop - 1])) stop--;
    const value = this.#numbers.scan(bytes, start);
    if (this.#numbers.end === stop) return value;
    return labels?.get(texts.get(bytes, start, stop)) ?? Number.NaN;
  }

  /** The text of a cell, given what stands between its quotes, if it has any. */
  text(bytes: Buffer, start: number, stop: number): string {
    return this.#textsAt(bytes, start).get(bytes, start, stop);
  }

  #textsAt(bytes: Buffer, start: number): TextCache {
    return bytes[start - 1] === Byte.Quote ? this.#quoted : this.#texts;
  }
}

function isBlank(byte: number): boolean {
  return byte === Byte.Space || byte === Byte.Tab;
}
