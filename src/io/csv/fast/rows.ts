import type { RowSink } from '../../row-sink.ts';
import { BLOCK, type RowLayout, type Rows } from './layout.ts';
import { LONG } from './long.ts';
import { PlainRows } from './plain.ts';
import { simdRows } from './simd.ts';
import type { TextWindow } from './window.ts';

/** Bytes that were scanned in this thread, of all texts. */
let scanned = 0;

/**
 * Takes plain rows off a window, straight into columns: rows with as many cells as the table has columns, with numbers where numbers are
 * wanted. It stops before the first other row, which is for `takeRecord`.
 */
export class RowScanner {
  readonly #layout: RowLayout;
  readonly #sink: RowSink;
  readonly #isLong: boolean;
  #rows: Rows | undefined;
  #isFast = false;

  /** `isLong`: the text is known to be. */
  constructor(layout: RowLayout, sink: RowSink, isLong: boolean) {
    this.#layout = layout;
    this.#sink = sink;
    this.#isLong = isLong;
  }

  /** Whether a file with this delimiter can be read so: neither a number nor a character of several bytes holds it. */
  static takes(delimiter: string): boolean {
    return delimiter.charCodeAt(0) < 0x80 && !/[\d.eE+-]/.test(delimiter);
  }

  /** Takes rows off as long as they are plain. */
  scan(window: TextWindow): void {
    if (!this.#sink.takesPlain) return;
    const taker = this.#taker();
    const start = window.at;
    for (let full = true; full; ) {
      const room = Math.min(BLOCK, this.#sink.room);
      const rows = taker.take(window, room);
      if (rows > 0) this.#sink.pushPlain(taker.block.columns, taker.block.lines, rows);
      full = rows === room;
    }
    scanned += window.at - start;
  }

  /** Releases what the next table can use. */
  close(): void {
    this.#rows?.close?.();
  }

  #taker(): Rows {
    if (!this.#isFast && (this.#isLong || scanned > LONG)) {
      this.#isFast = true;
      this.#rows = simdRows(this.#layout) ?? this.#rows;
    }
    this.#rows ??= new PlainRows(this.#layout);
    return this.#rows;
  }
}
