import { damage, Refusal } from './refusal.ts';

type Decompress = (source: Uint8Array, size: number) => Uint8Array;

export async function decompressor(name: 'lz4' | 'zstd'): Promise<Decompress> {
  if (name === 'lz4') return (await import('./lz4.ts')).unlz4Frame;
  return (await import('../blocks/zstd.ts')).unzstd;
}

/** In front of each buffer: its length without compression, or -1 where it is stored as it is. */
const PREFIX = 8;
const STORED = -1;

/** Columns of one record batch that are a bomb: beyond this size, and so many times what they take in the file. */
const LARGE = 256 * 1024 * 1024;
const MOST_RATIO = 100;

/** Refuses buffers that would become too many bytes, before any of them does. */
export function checkTotal(buffers: Iterable<Uint8Array>): void {
  let stored = 0;
  let total = 0;
  for (const buffer of buffers) {
    stored += buffer.length;
    total += Math.max(0, lengthOf(buffer));
  }
  if (total <= LARGE || total <= MOST_RATIO * stored) return;
  throw new Refusal(
    `${total} bytes of one record batch, compressed to ${stored}, are more than are read at once`,
    'write smaller record batches, or without compression',
  );
}

/** What a buffer held before it was compressed; `check` gets the length before anything is made. */
export function contents(buffer: Uint8Array, decompress: Decompress, check: (length: number) => void): Uint8Array {
  const length = lengthOf(buffer);
  const bytes = buffer.subarray(PREFIX);
  check(length === STORED ? bytes.length : length);
  if (length === STORED || (length === 0 && bytes.length === 0)) return bytes;
  try {
    return decompress(bytes, length);
  } catch (error) {
    throw damage(`a compressed buffer: ${error instanceof RangeError ? 'it is cut short' : (error as Error).message}`);
  }
}

function lengthOf(buffer: Uint8Array): number {
  if (buffer.length === 0) return 0;
  if (buffer.length < PREFIX) throw damage(`a compressed buffer of ${buffer.length} bytes`);
  const length = Number(new DataView(buffer.buffer, buffer.byteOffset).getBigInt64(0, true));
  if (length < STORED || !Number.isSafeInteger(length)) throw damage(`a compressed buffer that says it held ${length} bytes`);
  return length;
}
