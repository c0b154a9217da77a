/** A source of bytes that holds something open: a file handle, a decompressor. */
export interface Bytes {
  readonly chunks: AsyncIterator<Uint8Array>;
  /** Releases what is held, also when the chunks were not read to their end. */
  close(): Promise<void>;
}

/** Bytes that are in memory already. */
export function memoryBytes(bytes: Uint8Array): Bytes {
  async function* once(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  return { chunks: once(), close: async () => {} };
}

/**
 * Bytes pulled in order. `peek` looks ahead without consuming, which is how a format is recognised on a pipe that cannot
 * be read twice. Memory grows with the bytes that came, never with a length that some header declares.
 */
export class ByteReader {
  readonly #bytes: Bytes;
  /** Chunks that were pulled but not handed out. */
  #held: Buffer[] = [];
  #heldLength = 0;
  #ended = false;
  #consumed = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** How many bytes were handed out so far. */
  get consumed(): number {
    return this.#consumed;
  }

  /** The next `length` bytes, left in place; fewer only when the source ends before. */
  async peek(length: number): Promise<Buffer> {
    await this.#fill(length);
    const head = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    this.#held = head.length > 0 ? [head] : [];
    return head.subarray(0, length);
  }

  /** The next `length` bytes; fewer only when the source ends before. */
  async read(length: number): Promise<Buffer> {
    await this.#fill(length);
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0 && this.#held.length > 0) {
      const first = this.#held[0] as Buffer;
      parts.push(first.subarray(0, missing));
      if (first.length > missing) this.#held[0] = first.subarray(missing);
      else this.#held.shift();
      missing -= Math.min(first.length, missing);
    }
    return this.#handOut(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts));
  }

  /** The next chunk, of whatever size; `undefined` at the end. */
  async next(): Promise<Buffer | undefined> {
    await this.#fill(1);
    const chunk = this.#held.shift();
    return chunk && this.#handOut(chunk);
  }

  /** All chunks that are left. */
  async *chunks(): AsyncGenerator<Buffer> {
    for (let chunk = await this.next(); chunk; chunk = await this.next()) yield chunk;
  }

  close(): Promise<void> {
    return this.#bytes.close();
  }

  async #fill(length: number): Promise<void> {
    while (this.#heldLength < length && !this.#ended) {
      const { done, value } = await this.#bytes.chunks.next();
      if (done) this.#ended = true;
      else if (value.length > 0) {
        this.#held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
        this.#heldLength += value.length;
      }
    }
  }

  #handOut(bytes: Buffer): Buffer {
    this.#heldLength -= bytes.length;
    this.#consumed += bytes.length;
    return bytes;
  }
}
