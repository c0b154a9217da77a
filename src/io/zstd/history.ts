/** What a frame gave so far, as far back as its window reaches: matches are copied from here. */
import { corrupt } from './corrupt.ts';

const KIB = 1024;
const FIRST = 256 * KIB;
/** Room behind the window, so that it moves to the front only now and then. */
const MOST_ROOM = 8 * KIB * KIB;

/** From here on a copy in one piece is faster than byte by byte. */
const LONG = 64;

export class History {
  /** Grows with what came, never with what a header declares. */
  #bytes = Buffer.allocUnsafe(FIRST);
  #window = 0;
  /** Begin and end of the current block. */
  #start = 0;
  #end = 0;
  #most = 0;

  /** Begins a frame whose offsets reach back `window` bytes. */
  reset(window: number): void {
    this.#window = window;
    this.#start = 0;
    this.#end = 0;
  }

  /** Begins a block of `most` bytes or less. */
  begin(most: number): void {
    if (this.#end + most > this.#bytes.length) this.#makeRoom(most);
    this.#start = this.#end;
    this.#most = most;
  }

  /** The bytes of the block, in memory of their own: the caller may keep them. */
  take(): Buffer {
    return Buffer.from(this.#bytes.subarray(this.#start, this.#end));
  }

  /** Appends `from[start..end)`. */
  append(from: Uint8Array, start: number, end: number): void {
    this.#check(end - start);
    this.#bytes.set(from.subarray(start, end), this.#end);
    this.#end += end - start;
  }

  repeat(byte: number, count: number): void {
    this.#check(count);
    this.#bytes.fill(byte, this.#end, this.#end + count);
    this.#end += count;
  }

  /** Appends literals, then `match` bytes from `offset` back. They may overlap with what is written. */
  copy(literals: Uint8Array, start: number, length: number, offset: number, match: number): void {
    this.#check(length + match);
    const bytes = this.#bytes;
    let at = this.#end;
    if (length > LONG) bytes.set(literals.subarray(start, start + length), at);
    else for (let k = 0; k < length; k++) bytes[at + k] = literals[start + k] as number;
    at += length;
    if (offset < 1 || offset > at || offset > this.#window) corrupt('a match from before the beginning');
    if (match > LONG && match <= offset) {
      bytes.copyWithin(at, at - offset, at - offset + match);
      at += match;
    } else for (let from = at - offset, end = at + match; at < end; ) bytes[at++] = bytes[from++] as number;
    this.#end = at;
  }

  #check(length: number): void {
    if (this.#end - this.#start + length > this.#most) corrupt('a block that is longer than blocks may be');
  }

  /** Moves the window to the front, or to a buffer of twice the size while that is less than the window needs. */
  #makeRoom(most: number): void {
    const kept = Math.min(this.#end, this.#window);
    const full = this.#window + Math.min(Math.max(this.#window, FIRST), MOST_ROOM) + most;
    const size = Math.min(full, 2 * this.#bytes.length + most);
    const target = size > this.#bytes.length ? Buffer.allocUnsafe(size) : this.#bytes;
    this.#bytes.copy(target, 0, this.#end - kept, this.#end);
    this.#bytes = target;
    this.#end = kept;
  }
}
