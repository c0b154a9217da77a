/** Memory that is filled again and again: it stays in the cache of the processor, and fresh memory costs more than what is read into it. */
export class Memory {
  #bytes = Buffer.alloc(0);

  /** `length` bytes with anything in them, at the beginning of a memory of their own. */
  take(length: number): Buffer {
    const had = this.#bytes.length;
    if (had < length) this.#bytes = Buffer.allocUnsafeSlow(Math.max(length, Math.ceil(1.5 * had))); // lengths that differ a little grow it once
    return this.#bytes.subarray(0, length);
  }

  /** Leaves what was taken to whoever has it. */
  leave(): void {
    this.#bytes = Buffer.alloc(0);
  }
}
