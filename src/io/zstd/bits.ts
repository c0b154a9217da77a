/** Bits that are read from the end of a stretch of bytes to its beginning, as both entropy coders of zstd write them. */
import { corrupt } from './corrupt.ts';

/** `count` bits, 0 to 25, from this bit of the bytes on. Four bytes from there must be there to be read. */
export function bitsAt(bytes: DataView, bit: number, count: number): number {
  return (bytes.getInt32(bit >>> 3, true) >>> (bit & 7)) & ((1 << count) - 1);
}

/** Where the bits of `bytes[from..to)` stop: the last byte ends with a one bit, which marks it. */
export function endOfBits(bytes: DataView, from: number, to: number): number {
  const last = to > from ? bytes.getUint8(to - 1) : 0;
  if (last === 0) corrupt('a bit stream without an end');
  return 8 * to - Math.clz32(last) + 23;
}

/** For few bits; loops over many do as this does with variables of their own. */
export class BackwardBits {
  readonly #bytes: DataView;
  readonly #start: number;
  #at: number;

  constructor(bytes: DataView, from: number, to: number) {
    this.#bytes = bytes;
    this.#start = 8 * from;
    this.#at = endOfBits(bytes, from, to);
  }

  /** How many bits are left. Below zero, more were read than there are: those are zeros. */
  get left(): number {
    return this.#at - this.#start;
  }

  /** The next `count` bits, 0 to 25. */
  read(count: number): number {
    const { left } = this;
    this.#at -= count;
    if (left >= count) return bitsAt(this.#bytes, this.#at, count);
    return left > 0 ? bitsAt(this.#bytes, this.#start, left) << (count - left) : 0;
  }
}
