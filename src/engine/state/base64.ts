/** Numbers as base64 text (RFC 4648) of their little-endian bytes, whatever the machine: every bit of them, also of NaN, infinities and -0. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0));
const VALUES = new Int8Array(128).fill(-1);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});
const PAD = '=';

/** Bytes that become text at a time: a multiple of 3, and few enough to be arguments of a call. */
const BLOCK = 6144;

export function encodeNumbers(values: Float64Array | Int32Array): string {
  const view = new DataView(new ArrayBuffer(values.byteLength));
  if (values instanceof Float64Array) for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  else for (let i = 0; i < values.length; i++) view.setInt32(4 * i, values[i], true);
  const bytes = new Uint8Array(view.buffer);
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK) texts.push(encodeBlock(bytes.subarray(at, at + BLOCK)));
  return texts.join('');
}

/** `null` where the text is no base64, or not of whole numbers. */
export function decodeFloats(text: string): Float64Array | null {
  const view = viewOf(text, 8);
  return view && new Float64Array(view.byteLength / 8).map((_, i) => view.getFloat64(8 * i, true));
}

export function decodeIntegers(text: string): Int32Array | null {
  const view = viewOf(text, 4);
  return view && new Int32Array(view.byteLength / 4).map((_, i) => view.getInt32(4 * i, true));
}

function encodeBlock(bytes: Uint8Array): string {
  const codes = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let i = 0, at = 0; i < bytes.length; i += 3) {
    const word = (bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2]; // beyond the end: 0
    for (let shift = 18; shift >= 0; shift -= 6) codes[at++] = CODES[(word >>> shift) & 63];
  }
  const text: string = Reflect.apply(String.fromCharCode, null, codes); // spread, they would go through an iterator: seven times slower
  const missing = (3 - (bytes.length % 3)) % 3;
  return text.slice(0, text.length - missing) + PAD.repeat(missing);
}

/** Of a whole number of entries of so many bytes. */
function viewOf(text: string, size: number): DataView | null {
  const missing = text.endsWith(PAD + PAD) ? 2 : text.endsWith(PAD) ? 1 : 0;
  const length = (text.length / 4) * 3 - missing;
  if (text.length % 4 !== 0 || length % size !== 0) return null;
  const bytes = new Uint8Array(length);
  const digits = text.length - missing;
  for (let i = 0, at = 0; i < text.length; i += 4) {
    let word = 0;
    for (let k = i; k < i + 4; k++) {
      const value = k < digits ? (VALUES[text.charCodeAt(k)] ?? -1) : 0;
      if (value < 0) return null;
      word = (word << 6) | value;
    }
    for (let shift = 16; shift >= 0; shift -= 8) bytes[at++] = word >>> shift; // beyond the end: dropped
  }
  return new DataView(bytes.buffer);
}
