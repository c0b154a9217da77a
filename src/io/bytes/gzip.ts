import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { escapeText, Fault } from '../fault.ts';
import type { ByteReader, Bytes } from './reader.ts';

/** Decompresses all members as a stream, checking each CRC and length. */
export function gunzipBytes(name: string, source: ByteReader): Bytes {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  // The pipeline destroys `gunzip` with the error, so that reading its output throws it: nothing is swallowed here.
  pipeline(Readable.from(compressed(source), { objectMode: false }), gunzip).catch(() => {});
  return {
    chunks: decompressed(name, source, gunzip),
    close: async () => {
      gunzip.destroy();
      await source.close();
    },
  };
}

async function* compressed(source: ByteReader): AsyncGenerator<Buffer> {
  for (let chunk = await source.next(); chunk; chunk = await source.next()) yield chunk;
}

async function* decompressed(name: string, source: ByteReader, gunzip: ReturnType<typeof createGunzip>): AsyncGenerator<Buffer> {
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } catch (error) {
    throw gzipFault(name, error);
  }
  // zlib stops without an error at bytes that are no further member: what follows would be lost in silence.
  const rest = source.consumed - gunzip.bytesWritten + (await source.peek(1)).length;
  if (rest > 0) {
    throw new Fault(
      `${escapeText(name)}: bytes after the end of the gzip data, at byte ${gunzip.bytesWritten + 1} of the compressed file`,
      'the file may be damaged: write it again, or check it with gzip -t',
    );
  }
}

function gzipFault(name: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const shown = escapeText(name);
  const hint = 'copy or write the file again, and check it with gzip -t';
  if (code === 'Z_BUF_ERROR') return new Fault(`${shown}: the gzip data is cut short`, hint);
  return new Fault(`${shown}: damaged gzip data: ${escapeText(message)}`, hint);
}
