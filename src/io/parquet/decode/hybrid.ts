/**
 * The hybrid of runs and bit-packed groups that holds levels, dictionary indices and booleans. Fills `out`, or throws: hyparquet's own
 * reader takes a run that goes beyond its page for one of the next page, and never compares with the declared length.
 */
export function readHybrid(bytes: Uint8Array, width: number, out: Uint8Array | Int32Array): void {
  let at = 0;
  let filled = 0;

  function byte(): number {
    if (at >= bytes.length) throw new Error('levels or indices that are cut short');
    return bytes[at++] as number;
  }

  function header(): number {
    let value = 0;
    for (let k = 0; k < 5; k++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * k);
      if (next < 0x80) return value;
    }
    throw new Error('a run of impossible length');
  }

  function run(count: number): void {
    let value = 0;
    for (let k = 0; k < width; k += 8) value += byte() * 2 ** k;
    if (value >= 2 ** width) throw new Error(`a run of a value with more than ${width} bits`);
    out.fill(value, filled, filled + count);
    filled += count;
  }

  function packed(groups: number): void {
    const count = Math.min(groups * 8, out.length - filled);
    const end = at + Math.ceil((count * width) / 8); // the padding of the last group may be left out
    if (end > bytes.length) throw new Error('levels or indices that are cut short');
    if (width <= 24) unpack(bytes, at, width, out, filled, count);
    else unpackWide(bytes, at, width, out, filled, count);
    filled += count;
    at += groups * width;
  }

  while (filled < out.length) {
    const head = header();
    const count = Math.floor(head / 2); // may be 0: DuckDB writes empty runs
    if (head % 2 === 1) packed(count);
    else run(Math.min(count, out.length - filled));
  }
}

type Out = Uint8Array | Int32Array;

function unpack(bytes: Uint8Array, from: number, width: number, out: Out, first: number, count: number): void {
  const mask = 2 ** width - 1;
  let at = from;
  let held = 0;
  let bits = 0;
  for (let k = first; k < first + count; k++) {
    while (bits < width) {
      held |= (bytes[at++] as number) << bits;
      bits += 8;
    }
    out[k] = held & mask;
    held >>>= width;
    bits -= width;
  }
}

/** The same in floating point, where 32 bits are not enough to hold a value and a byte. */
function unpackWide(bytes: Uint8Array, from: number, width: number, out: Out, first: number, count: number): void {
  let at = from;
  let held = 0;
  let bits = 0;
  for (let k = first; k < first + count; k++) {
    while (bits < width) {
      held += (bytes[at++] as number) * 2 ** bits;
      bits += 8;
    }
    out[k] = held % 2 ** width;
    held = Math.floor(held / 2 ** width);
    bits -= width;
  }
}
