/**
 * A file that can be read from any place, by this thread and by others: file descriptors belong to the process. Reading waits for the disk: a
 * round trip to Node's thread pool for each chunk costs more than copying it from the page cache does.
 */
import { fstatSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { changedFault, readFault } from './faults.ts';

/** Plain data: what another thread needs to read it as well. */
export interface PlainFile {
  /** How messages name it. */
  readonly name: string;
  readonly fd: number;
  /** When it was opened. */
  readonly size: number;
  readonly mtimeMs: number;
}

export const CHUNK = 256 * 1024;
/** More at a time costs no more to copy from the page cache, and all that is done for a chunk is done less often. */
const PASSING = 1024 * 1024;
/** Bytes after which an interrupt is heard, and what other threads have to say. */
const IN_A_ROW = 4 * 1024 * 1024;

/** Chunks that are read to be copied at once, for the next to do so. */
const spaces: Buffer[] = [];

/** As `rangeOf`, where each chunk is used up before the next one is asked for: they come in the same memory. */
export async function* passingRange(file: PlainFile, from: number, to: number): AsyncGenerator<Buffer> {
  const space = spaces.pop() ?? Buffer.allocUnsafeSlow(PASSING);
  try {
    yield* rangeOf(file, from, to, () => space);
  } finally {
    spaces.push(space);
  }
}

/** The bytes of a range, chunk by chunk: wherever it begins, they end at the same places, so that of two faults the same one is found first. */
export async function* rangeOf(
  file: PlainFile,
  from: number,
  to: number,
  space: () => Buffer = () => Buffer.allocUnsafeSlow(CHUNK),
): AsyncGenerator<Buffer> {
  for (let at = from; at < to; ) {
    const into = space();
    const length = Math.min(into.length - (at % into.length), to - at);
    const chunk = into.subarray(0, length);
    fill(file, chunk, at);
    yield chunk;
    at += length;
    if (at % IN_A_ROW === 0) await setImmediate();
  }
}

/** Reads exactly as many bytes as there is room for. */
export function fill(file: PlainFile, into: Uint8Array, from: number): void {
  for (let filled = 0; filled < into.length; ) {
    const count = tried(file, () => readSync(file.fd, into, filled, into.length - filled, from + filled));
    if (count === 0) throw changedFault(file.name, file, fstatSync(file.fd), from + filled);
    filled += count;
  }
}

/** Fails when the file changed since it was opened. To be asked once all has been read. */
export function verify(file: PlainFile): void {
  const after = tried(file, () => fstatSync(file.fd));
  if (after.size !== file.size || after.mtimeMs !== file.mtimeMs) throw changedFault(file.name, file, after, file.size);
}

function tried<T>({ name }: PlainFile, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw readFault(name, error);
  }
}
