import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { changedFault, readFault } from './faults.ts';
import { fileRandom, type RandomBytes } from './random.ts';
import type { Bytes } from './reader.ts';

const CHUNK = 256 * 1024;
/** More is not looked at before it is read: from there on, the next chunk comes while the last one is used, which saves a tenth of the time. */
const LOOKED_AT = 2 * CHUNK;

/** An open file, pipe or device. */
export interface FileBytes extends Bytes {
  /** `null` for what can only be read once, from its beginning. */
  readonly random: (() => RandomBytes) | null;
  /** In bytes; `undefined` for what is no plain file. */
  readonly size: number | undefined;
}

/** The bytes of a file, pipe or device by its path. */
export async function fileBytes(path: string): Promise<FileBytes> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw readFault(path, { code: 'EISDIR' });
    const isFile = stats.isFile();
    const random = isFile ? () => fileRandom(path, handle, stats) : null;
    const size = isFile ? stats.size : undefined;
    return { chunks: read(path, handle, stats), close: () => handle.close(), random, size };
  } catch (error) {
    await handle.close();
    throw readFault(path, error);
  }
}

async function* read(path: string, handle: FileHandle, before: Stats): AsyncGenerator<Buffer> {
  let total = 0;
  const chunk = () => handle.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, null);
  let ahead: ReturnType<typeof chunk> | undefined;
  try {
    for (;;) {
      const { bytesRead, buffer } = await (ahead ?? chunk());
      if (bytesRead === 0) break;
      if (total >= LOOKED_AT) {
        ahead = chunk();
        ahead.catch(() => {}); // is heard when it is waited for, which may never be
      }
      total += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await handle.stat();
    // Pipes and devices have no size to compare with.
    const changed = total !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs;
    if (before.isFile() && changed) {
      throw changedFault(path, before, after, total);
    }
  } catch (error) {
    throw readFault(path, error);
  }
}

/** The bytes of standard input, or of another stream that is open already. */
export function streamBytes(name: string, stream: NodeJS.ReadableStream): Bytes {
  const source = (stream as AsyncIterable<Uint8Array | string>)[Symbol.asyncIterator]();
  return {
    chunks: pull(name, source),
    close: async () => {
      await source.return?.();
    },
  };
}

async function* pull(name: string, source: AsyncIterator<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const { done, value } = await source.next();
      if (done) return;
      yield typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
    }
  } catch (error) {
    throw readFault(name, error);
  }
}
