/**
 * Delimited text in a plain file, in ranges of bytes that threads read from it themselves. Where a range begins with a record, nobody knows
 * before the text in front of it is read: a newline may stand in quotes. So a thread takes the first newline for the end of a record, and says
 * where the rows that it read begin and end. Rows count only if they begin where those before them end; else they are read once more, from there.
 */
import type { Extent, Piece, Pieces, PieceTable, Range } from '../batch.ts';
import { fill, type PlainFile, passingRange, verify } from '../bytes/plain.ts';
import { utf8Chunks } from '../bytes/utf8.ts';
import type { TextRecord } from './fast/record.ts';
import { Records } from './fast/records.ts';
import { openText } from './pieces.ts';
import { type Layout, readRows, type Start } from './rows.ts';

const NEWLINE = 10;
/** Share of what is left that a piece takes at most: all threads then end at about the same time. */
const SHARE = 1 / 32;
/** Bytes among which a newline is looked for at a time. */
const LOOK = 16 * 1024;

/** Plain data: how other threads read it. */
export interface RangeOrigin {
  readonly format: 'csv-range';
  readonly layout: Layout;
  readonly file: PlainFile;
}

export class CsvRanges implements Pieces {
  readonly origin: RangeOrigin;
  /** Where the row begins that is to be counted next, and its line. */
  at: number;
  #line: number;
  readonly #size: number;
  readonly #firstRow: TextRecord | undefined;
  /** Behind the piece that was given last. */
  #cut: number;

  /** The rows from `at` on; before them comes `firstRow`, if there is one. */
  constructor(layout: Layout, file: PlainFile, at: number, line: number, firstRow: TextRecord | undefined, size: number) {
    this.origin = { format: 'csv-range', layout, file };
    this.at = at;
    this.#line = line;
    this.#firstRow = firstRow;
    this.#size = size;
    this.#cut = at;
  }

  /** Larger pieces of a long file, because starting on one costs about a millisecond; never more than all before together. */
  async next(): Promise<Piece | undefined> {
    const { size } = this.origin.file;
    const from = this.#cut;
    if (from >= size) return undefined;
    const length = Math.max(this.#size, Math.floor(Math.min(from, SHARE * (size - from))));
    this.#cut = Math.min(from + length, size);
    return { range: { from, to: this.#cut } };
  }

  follows({ range }: Piece, extent: Extent | undefined): boolean {
    return range !== undefined && extent?.begin === this.at;
  }

  again({ range }: Piece): Piece | null {
    return range && range.to > this.at ? { range: this.#placed(range) } : null;
  }

  done(_piece: Piece, extent: Extent | undefined): void {
    if (!extent) return;
    this.at = extent.end;
    this.#line += extent.lines;
    this.#cut = Math.max(this.#cut, this.at);
  }

  open({ range }: Piece, first: number): PieceTable {
    const { layout, file } = this.origin;
    return openRange(layout, file, this.#placed(range as Range), { ...this.#start(first), goesOn: true });
  }

  rest(_pieces: readonly Piece[], first: number): PieceTable {
    const { layout, file } = this.origin;
    return openText(layout, fileText(file, this.at), this.#line, this.#start(first));
  }

  #placed({ to }: Range): Range {
    return { from: this.at, to, line: this.#line };
  }

  #start(first: number): Start {
    return { first, firstRow: first === 0 ? this.#firstRow : undefined, isLong: true };
  }
}

/** The text of a file from a place on. */
export async function* fileText(file: PlainFile, from: number): AsyncGenerator<Buffer> {
  yield* utf8Chunks(file.name, passingRange(file, from, file.size), from);
  verify(file);
}

/**
 * The records that begin within a range; one that goes on behind it is read to its end. `goesOn`: so is all that follows a record that is left to
 * csv-parse, which does not tell where its records end; otherwise the table has no extent then.
 */
export function openRange(
  layout: Layout,
  file: PlainFile,
  range: Range,
  { goesOn = false, ...start }: Start & { readonly goesOn?: boolean } = {},
): PieceTable {
  const { name, delimiter, limits } = layout;
  const firstLine = range.line ?? 1;
  const begin = range.line === undefined ? behindNewline(file, range.from - 1, range.to) : range.from;
  const records = new Records({ name, delimiter, limits, firstLine }, utf8Chunks(name, bytes(), begin));
  const { window } = records;

  async function* bytes(): AsyncGenerator<Buffer> {
    if (begin >= range.to) return;
    let at = Math.max(begin, range.to - 1);
    yield* passingRange(file, begin, at);
    while (at < file.size && (goesOn || !records.handedOver)) {
      const end = behindNewline(file, at, file.size);
      yield* passingRange(file, at, end);
      at = end;
      if (window.isEmpty && !records.handedOver) return;
    }
  }

  return {
    read: (wanted, options) => readRows(layout, records, wanted, options, { isLong: true, ...start }),
    extent() {
      if (records.handedOver) return goesOn ? { begin, end: file.size, lines: 0 } : undefined;
      return { begin, end: begin + window.offset, lines: window.line - firstLine };
    },
  };
}

/** Behind the first newline from `from` on; `to` where there is none before. */
function behindNewline(file: PlainFile, from: number, to: number): number {
  const space = Buffer.allocUnsafe(Math.min(LOOK, to - from));
  for (let at = from; at < to; at += space.length) {
    const look = space.subarray(0, to - at);
    fill(file, look, at);
    const found = look.indexOf(NEWLINE);
    if (found >= 0) return at + found + 1;
  }
  return to;
}
