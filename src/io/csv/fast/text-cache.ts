const SLOTS = 4096;
/** Longer texts are not kept: names of slices and classes are short. */
const LONGEST = 64;

/**
 * Texts by their bytes: one string for all cells that hold the same, as long as they keep coming. A text that is kept gives way to
 * the next one with the same hash, so memory stays small however many there are.
 */
export class TextCache {
  readonly #texts: (string | undefined)[] = new Array(SLOTS);
  readonly #lengths = new Uint8Array(SLOTS);
  readonly #bytes = new Uint8Array(SLOTS * LONGEST);
  readonly #decode: (text: string) => string;

  /** `decode`: what the characters of a cell stand for. */
  constructor(decode: (text: string) => string = (text) => text) {
    this.#decode = decode;
  }

  get(bytes: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length > LONGEST) return this.#decode(bytes.toString('utf8', start, end));
    let hash = length;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]) | 0;
    const slot = (hash ^ (hash >>> 12)) & (SLOTS - 1);
    return this.#kept(slot, bytes, start, length) ?? this.#keep(slot, bytes, start, length);
  }

  #kept(slot: number, bytes: Buffer, start: number, length: number): string | undefined {
    if (this.#lengths[slot] !== length) return undefined;
    const kept = this.#bytes;
    for (let i = 0, at = slot * LONGEST; i < length; i++) if (kept[at + i] !== bytes[start + i]) return undefined;
    return this.#texts[slot];
  }

  #keep(slot: number, bytes: Buffer, start: number, length: number): string {
    const text = this.#decode(bytes.toString('utf8', start, start + length));
    this.#texts[slot] = text;
    this.#lengths[slot] = length;
    for (let i = 0, at = slot * LONGEST; i < length; i++) this.#bytes[at + i] = bytes[start + i];
    return text;
  }
}
