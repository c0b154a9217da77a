const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const QUOTE = 34;

/**
 * Rewrites text whose cells stand apart by runs of spaces or tabs, as numpy and many older programs write it: one space
 * between cells, none at the ends of a line. Spaces inside quotes stay. Keeps its state from chunk to chunk.
 */
class SpaceSqueezer {
  #quoted = false;
  #lineStart = true;
  #space = false;

  squeeze(chunk: Buffer): Buffer {
    // A space that ended the last chunk may come before this one.
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    for (const byte of chunk) {
      if (!this.#quoted && (byte === SPACE || byte === TAB)) {
        this.#space = !this.#lineStart;
        continue;
      }
      const newline = byte === NEWLINE || byte === RETURN;
      if (this.#space && !newline) out[length++] = SPACE;
      this.#space = false;
      if (byte === QUOTE) this.#quoted = !this.#quoted;
      this.#lineStart = newline;
      out[length++] = byte;
    }
    return out.subarray(0, length);
  }
}

export async function* squeezed(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const squeezer = new SpaceSqueezer();
  for await (const chunk of chunks) yield squeezer.squeeze(chunk);
}
