/** Bytes read in any order, for formats whose directory stands at their end. */
import { readSync, type Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { escapeText, Fault } from '../fault.ts';
import { DEFAULT_LIMITS, type Limits, limitFault, limitText } from '../limits.ts';
import { changedFault, readFault } from './faults.ts';
import type { Memory } from './memory.ts';
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

export function fileRandom(name: string, handle: FileHandle, before: Stats): RandomBytes {
  return {
    size: before.size,
    async read(offset, length, memory) {
      checkRange(name, before.size, offset, length);
      const buffer = memory?.take(length) ?? Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length; ) {
        const count = readNow(name, handle.fd, buffer.subarray(filled), offset + filled);
        if (count === 0) throw changedFault(name, before, await handle.stat(), offset + filled);
        filled += count;
      }
      return buffer;
    },
    async verify() {
      const after = await handle.stat();
      if (after.size !== before.size || after.mtimeMs !== before.mtimeMs) throw changedFault(name, before, after, before.size);
    },
  };
}

/** In this thread: what a plain file holds is there sooner than another thread has been asked for it. */
function readNow(name: string, file: number, into: Buffer, offset: number): number {
  try {
    return readSync(file, into, 0, into.length, offset);
  } catch (error) {
    throw readFault(name, error);
  }
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
