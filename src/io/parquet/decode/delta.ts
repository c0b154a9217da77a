/** Most differences in a block: writers put 128 there, or a few times as many. */
const LONGEST_BLOCK = 2 ** 20;

/**
 * DELTA_BINARY_PACKED: each value less the one before it, in blocks with the least of these differences, whose parts have a width of bits
 * each. Fills `values`; gives what follows as well.
 *
 * Source: apache/parquet-format, Encodings.md.
 */
export function readDeltas<T extends Int32Array | BigInt64Array>(bytes: Uint8Array, values: T): { values: T; rest: Uint8Array } {
  const reader = new BitReader(bytes);
  const [block, parts, count] = [reader.varint(), reader.varint(), reader.varint()].map(Number) as [number, number, number];
  if (count !== values.length) throw new Error(`${count} differences, where ${values.length} are declared`);
  if (block % 128 !== 0 || block > LONGEST_BLOCK || parts === 0 || block === 0 || (block / parts) % 32 !== 0)
    throw new Error(`blocks of ${block} differences in ${parts} parts`);
  const add = values instanceof Int32Array ? intoInts(values, reader) : intoLongs(values, reader);
  for (let filled = 1; filled < count; ) {
    const least = reader.zigzag();
    const widths = reader.take(parts);
    for (let part = 0; part < parts && filled < count; part++) {
      const end = Math.min(count, filled + block / parts);
      const next = reader.at + ((block / parts) * (widths[part] as number)) / 8;
      add(least, widths[part] as number, filled, end);
      filled = end;
      reader.jump(next); // the last part is filled up
    }
  }
  return { values, rest: bytes.subarray(reader.at) };
}

type Add = (least: bigint, width: number, from: number, to: number) => void;

/** Sums of 32 bits go round, as they do in the programs that write them. */
function intoInts(values: Int32Array, reader: BitReader): Add {
  let value = Number(BigInt.asIntN(32, reader.zigzag()));
  if (values.length > 0) values[0] = value;
  return (least, width, from, to) => {
    const step = Number(BigInt.asIntN(32, least));
    for (let i = from; i < to; i++) {
      const low = reader.bits(Math.min(width, 32));
      if (width > 32) reader.bits(width - 32);
      value = (value + step + low) | 0;
      values[i] = value;
    }
  };
}

function intoLongs(values: BigInt64Array, reader: BitReader): Add {
  let value = reader.zigzag();
  if (values.length > 0) values[0] = value;
  return (least, width, from, to) => {
    for (let i = from; i < to; i++) {
      const low = BigInt(reader.bits(Math.min(width, 32)));
      value += least + low + (width > 32 ? BigInt(reader.bits(width - 32)) << 32n : 0n);
      values[i] = value;
    }
  };
}

class BitReader {
  readonly #bytes: Uint8Array;
  at = 0;
  #held = 0;
  #bits = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next bits, 32 at most, the lowest first. In floating point: they and the byte that completes them may be more than 32. */
  bits(width: number): number {
    while (this.#bits < width) {
      this.#held += this.#byte() * 2 ** this.#bits;
      this.#bits += 8;
    }
    const value = this.#held % 2 ** width;
    this.#held = Math.floor(this.#held / 2 ** width);
    this.#bits -= width;
    return value;
  }

  /** Goes on there, at a whole byte. */
  jump(at: number): void {
    this.at = at;
    this.#held = 0;
    this.#bits = 0;
  }

  take(length: number): Uint8Array {
    if (length > this.#bytes.length - this.at) throw new Error('differences that are cut short');
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  varint(): bigint {
    let value = 0n;
    for (let k = 0n; k < 10n; k++) {
      const next = this.#byte();
      value += BigInt(next & 0x7f) << (7n * k);
      if (next < 0x80) return value;
    }
    throw new Error('an impossible length');
  }

  zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }

  #byte(): number {
    if (this.at >= this.#bytes.length) throw new Error('differences that are cut short');
    return this.#bytes[this.at++] as number;
  }
}
