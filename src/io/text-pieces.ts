import type { Piece } from './batch.ts';
import { countNewlines, isOddCount } from './bytes/count.ts';

const NEWLINE = 10;
const QUOTE = 34;

/** How pieces of a text format are opened: plain data. */
export interface TextOrigin<Format, Layout> {
  readonly format: Format;
  readonly layout: Layout;
}

export interface TextPieceOptions {
  /** The line of the file that the text begins with. */
  readonly line: number;
  /** Quotes can hold newlines. */
  readonly quoted: boolean;
  /** Most bytes of a piece. */
  readonly size: number;
}

/**
 * Cuts a text into pieces behind newlines that end records: those with an even number of quotes before them, where quotes can hold
 * newlines. Quotes that stand elsewhere mislead this, so whoever reads a piece has to see that its last record ends with it.
 */
export class TextPieces {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #quoted: boolean;
  readonly #size: number;
  /** The line of the file behind the last piece. */
  line: number;
  /** Read behind the last piece. */
  #held: Buffer = Buffer.alloc(0);
  #ended = false;
  /** What ended the text before its time. */
  #failure: { readonly error: unknown } | undefined;
  readonly #free: SharedArrayBuffer[] = [];

  constructor(chunks: AsyncIterable<Buffer>, { line, quoted, size }: TextPieceOptions) {
    this.#size = size;
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.line = line;
    this.#quoted = quoted;
  }

  /** The next piece; undefined at the end of the text, or where there is no place to cut. */
  async next(): Promise<Piece | undefined> {
    const bytes = Buffer.from(this.#free.pop() ?? new SharedArrayBuffer(this.#size));
    let length = this.#held.copy(bytes);
    this.#held = this.#held.subarray(length);
    while (length < this.#size && !this.#ended && !this.#failure) {
      const chunk = await this.#read();
      if (!chunk) continue;
      const copied = chunk.copy(bytes, length);
      length += copied;
      this.#held = chunk.subarray(copied);
    }
    const end = this.#ended && this.#held.length === 0 ? length : this.#cut(bytes.subarray(0, length));
    this.#held = Buffer.concat([bytes.subarray(end, length), this.#held]);
    if (end === 0) return undefined;
    const piece = { bytes: bytes.subarray(0, end), line: this.line };
    this.line += countNewlines(piece.bytes);
    return piece;
  }

  release({ bytes }: Piece): void {
    if (bytes) this.#free.push(bytes.buffer);
  }

  /** The last pieces again, and the text behind them. */
  async *rest(pieces: readonly Piece[]): AsyncGenerator<Buffer> {
    yield* chunksOf(pieces);
    if (this.#held.length > 0) yield this.#held;
    if (this.#failure) throw this.#failure.error;
    if (!this.#ended) yield* { [Symbol.asyncIterator]: () => this.#chunks };
  }

  /** The next chunk; undefined where there is none. */
  async #read(): Promise<Buffer | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      this.#ended = done === true;
      return value;
    } catch (error) {
      this.#failure = { error };
      return undefined;
    }
  }

  /** Behind the last newline that ends a record; 0 where there is none. */
  #cut(bytes: Buffer): number {
    let end = bytes.lastIndexOf(NEWLINE);
    let odd = this.#quoted && end >= 0 && isOddCount(bytes.subarray(0, end), QUOTE);
    while (odd && end >= 0) {
      const quote = bytes.lastIndexOf(QUOTE, end); // which the newlines behind it are within
      const before = bytes.lastIndexOf(NEWLINE, quote);
      odd = odd !== isOddCount(bytes.subarray(before + 1, quote + 1), QUOTE);
      end = before;
    }
    return end + 1;
  }
}

export async function* chunksOf(pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  for (const { bytes } of pieces) if (bytes) yield Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
