import { Byte } from './byte.ts';

const SIZE = 512 * 1024;

/**
 * The part of a text that is in memory: records are taken off its front, and chunks come in at its back. Behind the last byte
 * always stands a newline that is not of the text, so that no loop over cells runs past it.
 */
export class TextWindow {
  bytes: Buffer = Buffer.alloc(1);
  /** Bytes that were there before. */
  #gone = 0;
  /** Where the next record begins, and the line of the file that this is. */
  at = 0;
  line: number;
  /** Behind the last byte. */
  end = 0;
  /** Nothing comes in any more: a last record needs no newline of its own. */
  complete = false;
  /** Longest record that is taken off; a longer one is left to csv-parse. */
  readonly longest: number;

  constructor(line: number, longest: number) {
    this.line = line;
    this.longest = longest;
    this.bytes[0] = Byte.Newline;
  }

  push(chunk: Uint8Array): void {
    const rest = this.end - this.at;
    const needed = rest + chunk.length + 1;
    if (this.bytes.length < needed)
      this.bytes = Buffer.concat([this.rest()], Math.max(needed, Math.min(SIZE, 2 * needed), 2 * this.bytes.length));
    else this.bytes.copyWithin(0, this.at, this.end);
    this.bytes.set(chunk, rest);
    this.#gone += this.at;
    this.at = 0;
    this.end = rest + chunk.length;
    this.bytes[this.end] = Byte.Newline;
  }

  /** Goes on in other memory; false where it has no room. */
  moveTo(bytes: Buffer): boolean {
    if (this.bytes === bytes) return true;
    const rest = this.rest();
    if (rest.length >= bytes.length) return false;
    bytes.set(rest);
    this.bytes = bytes;
    this.#gone += this.at;
    this.at = 0;
    this.end = rest.length;
    bytes[this.end] = Byte.Newline;
    return true;
  }

  /** How many bytes of the text come before the next record. */
  get offset(): number {
    return this.#gone + this.at;
  }

  /** Whether records were taken of all that came in. */
  get isEmpty(): boolean {
    return this.at === this.end;
  }

  /** What no record was taken of yet. */
  rest(): Buffer {
    return this.bytes.subarray(this.at, this.end);
  }

  /** Takes a record off: it spans `lines` of the file and the next one begins at `next`, perhaps behind the newline at the end. */
  advance(next: number, lines: number): void {
    this.at = Math.min(next, this.end);
    this.line += lines;
  }

  /** Whether a record whose newline ends before `next` is there as a whole: its newline is one of the text, or the text ends with it. */
  holds(next: number): boolean {
    return next <= this.end || this.complete;
  }

  /** Behind the newline at `at`: CR LF is one. */
  behindNewline(at: number): number {
    return this.bytes[at] === Byte.Return && this.bytes[at + 1] === Byte.Newline ? at + 2 : at + 1;
  }
}
