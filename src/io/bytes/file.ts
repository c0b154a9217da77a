import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { escapeText, Fault } from '../fault.ts';
import type { Bytes } from './reader.ts';

const CHUNK = 256 * 1024;

/** The bytes of a file, pipe or device by its path. */
export async function fileBytes(path: string): Promise<Bytes> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw readFault(path, error);
  });
  try {
    const stats = await handle.stat();
    if (stats.isDirectory()) throw readFault(path, { code: 'EISDIR' });
    return { chunks: read(path, handle, stats), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw readFault(path, error);
  }
}

async function* read(path: string, handle: FileHandle, before: Stats): AsyncGenerator<Buffer> {
  let total = 0;
  try {
    for (;;) {
      const buffer = Buffer.allocUnsafe(CHUNK);
      const { bytesRead } = await handle.read(buffer, 0, CHUNK, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
    const after = await handle.stat();
    // Pipes and devices have no size to compare with.
    const changed = total !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs;
    if (before.isFile() && changed) {
      throw new Fault(
        `${escapeText(path)}: the file changed while it was read (${before.size} bytes at first, ${after.size} now, ${total} read)`,
        'run again when nothing writes to it any more',
      );
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

/** What the file system says, in the user's words. A fault passes through unchanged. */
export function readFault(path: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const name = escapeText(path);
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Fault(`${name}: no such file`, 'check the path; a relative one starts from the current folder');
  if (code === 'EISDIR') return new Fault(`${name}: is a directory`, 'name the files in it');
  if (code === 'EACCES' || code === 'EPERM') return new Fault(`${name}: no permission to read it`);
  return new Fault(`${name}: cannot be read: ${escapeText(code ?? message)}`);
}
