/** Where a decompressor writes: memory of the declared size, which it must fill exactly. */
export class Output {
  readonly bytes: Uint8Array;
  #at = 0;

  constructor(size: number, bytes: Uint8Array = new Uint8Array(size)) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  /** Bytes as they stand in the source. */
  literal(source: Uint8Array, from: number, length: number): void {
    if (length > source.length - from) throw new Error('compressed data that is cut short');
    this.#need(length);
    if (length > 32) this.bytes.set(source.subarray(from, from + length), this.#at);
    else for (let k = 0; k < length; k++) this.bytes[this.#at + k] = source[from + k] as number;
    this.#at += length;
  }

  /** Bytes that were written before, `distance` back. They may overlap with what they become, which repeats them. */
  copy(distance: number, length: number): void {
    if (distance === 0 || distance > this.#at) throw new Error('compressed data that points outside itself');
    this.#need(length);
    const { bytes } = this;
    const to = this.#at;
    if (distance >= length && length > 32) bytes.copyWithin(to, to - distance, to - distance + length);
    else for (let k = to; k < to + length; k++) bytes[k] = bytes[k - distance] as number;
    this.#at += length;
  }

  /** The bytes, once they are complete. */
  full(): Uint8Array {
    if (this.left > 0) throw new Error(`${this.#at} bytes after decompression, where ${this.bytes.length} are declared`);
    return this.bytes;
  }

  #need(length: number): void {
    if (length > this.left) throw new Error(`more than the declared ${this.bytes.length} bytes after decompression`);
  }
}
