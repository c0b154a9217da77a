/** Bytes read in any order, for formats whose directory stands at their end. */
import { escapeText, Fault } from '../fault.ts';
import { DEFAULT_LIMITS, type Limits, limitFault, limitText } from '../limits.ts';
import type { Memory } from './memory.ts';
import { fill, type PlainFile, verify } from './plain.ts';
import type { ByteReader } from './reader.ts';

export interface RandomBytes {
  readonly size: number;
  /**
   * Exactly `length` bytes, in the memory given where that is wanted. A range that is not inside the source is a fault: a header that
   * declares it lies.
   */
  read(offset: number, length: number, memory?: Memory): Promise<Buffer>;
  /** Fails when the source changed since it was opened. To be asked once all has been read. */
  verify(): Promise<void>;
}

export function fileRandom(file: PlainFile): RandomBytes {
  return {
    size: file.size,
    async read(offset, length, memory) {
      checkRange(file.name, file.size, offset, length);
      const buffer = memory?.take(length) ?? Buffer.allocUnsafe(length);
      fill(file, buffer, offset);
      return buffer;
    },
    verify: async () => verify(file),
  };
}

/** All that a reader has left, in memory: of a source that cannot be read in any order, a pipe or a compressed file. */
export async function heldRandom(name: string, bytes: ByteReader, limits: Limits = DEFAULT_LIMITS): Promise<RandomBytes> {
  const parts: Buffer[] = [];
  let size = 0;
  for (let chunk = await bytes.next(); chunk; chunk = await bytes.next()) {
    parts.push(chunk);
    size += chunk.length;
    if (size <= limits.held) continue;
    throw limitFault(
      `${escapeText(name)}: this format needs all bytes at once, and they are more than ${limitText('held', limits)}`,
      'held',
      limits,
      'write them to a file, decompressed, and name that: it is read where it lies',
    );
  }
  const all = Buffer.concat(parts);
  return {
    size,
    async read(offset, length) {
      checkRange(name, size, offset, length);
      return all.subarray(offset, offset + length);
    },
    async verify() {},
  };
}

function checkRange(name: string, size: number, offset: number, length: number): void {
  if (offset >= 0 && length >= 0 && offset + length <= size && Number.isSafeInteger(offset + length)) return;
  throw new Fault(
    `${escapeText(name)}: is cut short or damaged: it speaks of byte ${offset + length}, and has ${size}`,
    'copy or write the file again',
  );
}
