import { LARGEST_PAGE } from './codecs.ts';

/** Byte strings, as places in one piece of memory. */
export interface Slices {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Byte strings one behind the other, each with its length before it. */
export function prefixed(bytes: Uint8Array, count: number): Slices {
  if (count > bytes.length / 4) throw new Error(`${bytes.length} bytes for ${count} texts`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const length = at + 4 > bytes.length ? -1 : view.getUint32(at, true);
    at += 4;
    if (length < 0 || length > bytes.length - at) throw new Error('a text that does not fit');
    starts[i] = at;
    at += length;
    ends[i] = at;
  }
  if (at !== bytes.length) throw new Error(`${bytes.length} bytes, where its texts take ${at}`);
  return { bytes, starts, ends };
}

/** Byte strings of one length. */
export function fixed(bytes: Uint8Array, length: number, count: number): Slices {
  if (count * length !== bytes.length) throw new Error(`${bytes.length} bytes, where its ${count} values take ${count * length}`);
  const starts = new Uint32Array(count);
  for (let i = 0; i < count; i++) starts[i] = i * length;
  return { bytes, starts, ends: starts.map((start) => start + length) };
}

/** Byte strings one behind the other, their lengths given apart. */
export function measured(bytes: Uint8Array, lengths: Int32Array): Slices {
  const starts = new Uint32Array(lengths.length);
  const ends = new Uint32Array(lengths.length);
  let at = 0;
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number;
    if (length < 0 || length > bytes.length - at) throw new Error('a text that does not fit');
    starts[i] = at;
    at += length;
    ends[i] = at;
  }
  return { bytes, starts, ends };
}

/** Byte strings that begin with so many bytes of the one before. */
export function grown(prefixes: Int32Array, suffixes: Slices): Slices {
  const count = prefixes.length;
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const prefix = prefixes[i] as number;
    const before = i === 0 ? 0 : (ends[i - 1] as number) - (starts[i - 1] as number);
    if (prefix < 0 || prefix > before) throw new Error('a text that begins with more than the one before');
    starts[i] = total;
    total += prefix + (suffixes.ends[i] as number) - (suffixes.starts[i] as number);
    if (total > LARGEST_PAGE) throw new Error(`texts of more than ${LARGEST_PAGE} bytes in one page`);
    ends[i] = total;
  }
  const bytes = new Uint8Array(total);
  for (let i = 0; i < count; i++) {
    const start = starts[i] as number;
    const prefix = prefixes[i] as number;
    if (prefix > 0) bytes.copyWithin(start, starts[i - 1] as number, (starts[i - 1] as number) + prefix);
    bytes.set(suffixes.bytes.subarray(suffixes.starts[i], suffixes.ends[i]), start + prefix);
  }
  return { bytes, starts, ends };
}
