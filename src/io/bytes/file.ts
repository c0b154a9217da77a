import { closeSync, createReadStream, fstatSync, openSync, statSync } from 'node:fs';
import { readFault } from './faults.ts';
import { CHUNK, type PlainFile, rangeOf, verify } from './plain.ts';
import type { Bytes } from './reader.ts';

/** An open file, pipe or device. */
export interface FileBytes extends Bytes {
  /** `null` for what can only be read once, from its beginning. */
  readonly plain: PlainFile | null;
}

/** The bytes of a file, pipe or device by its path. */
export function fileBytes(path: string): FileBytes {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) throw readFault(path, { code: 'EISDIR' });
    return stats.isFile()
      ? plainBytes(path)
      : { ...streamBytes(path, createReadStream(path, { highWaterMark: CHUNK })), plain: null };
  } catch (error) {
    throw readFault(path, error);
  }
}

function plainBytes(path: string): FileBytes {
  const fd = openSync(path, 'r');
  const { size, mtimeMs } = fstatSync(fd);
  const plain = { name: path, fd, size, mtimeMs };
  let isOpen = true;
  const close = async () => {
    if (isOpen) closeSync(fd); // once: the number may be another file's by now
    isOpen = false;
  };
  return { chunks: wholeOf(plain), close, plain };
}

async function* wholeOf(file: PlainFile): AsyncGenerator<Buffer> {
  yield* rangeOf(file, 0, file.size);
  verify(file);
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
