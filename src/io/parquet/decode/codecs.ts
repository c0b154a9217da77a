import { brotliDecompressSync, unzipSync } from 'node:zlib';
import { unzstd } from '../../blocks/zstd.ts';
import type { Memory } from '../../bytes/memory.ts';
import { Fault } from '../../fault.ts';
import { unlz4, unlz4Hadoop } from './lz4.ts';
import { unsnappy } from './snappy.ts';

/**
 * Largest page that is decompressed, whatever it takes in the file: most writers make them of 1 MiB. DuckDB puts all lists of a row
 * group into one; what takes real bytes may be as large as it is.
 */
export const LARGEST_PAGE = 128 * 1024 * 1024;
export const USUAL_RATIO = 16;

interface Codec {
  /** Most bytes that one byte can stand for in this format; what claims more is not tried. */
  readonly ratio: number;
  /** Into the memory given, where the codec can. */
  readonly decompress: (source: Uint8Array, size: number, memory?: Memory) => Uint8Array;
}

const CODECS: Readonly<Record<string, Codec>> = {
  UNCOMPRESSED: { ratio: 1, decompress: plain },
  // A copy of 64 bytes takes three.
  SNAPPY: { ratio: 22, decompress: unsnappy },
  // Deflate: 258 bytes in two bits. zlib takes gzip frames and its own; it checks the CRC.
  GZIP: { ratio: 1032, decompress: (source, size) => exact(unzipSync(source, roomFor(size)), size) },
  BROTLI: { ratio: Infinity, decompress: (source, size) => exact(brotliDecompressSync(source, roomFor(size)), size) },
  // A match grows by 255 with each byte.
  LZ4: { ratio: 256, decompress: unlz4Hadoop },
  LZ4_RAW: { ratio: 256, decompress: unlz4 },
  ZSTD: { ratio: Infinity, decompress: unzstd },
};

/** Exactly `size` bytes, in memory of their own or the one given. */
export function decompress(name: string | undefined, source: Uint8Array, size: number, memory?: Memory): Uint8Array {
  const codec = name === undefined ? undefined : CODECS[name];
  if (!codec) {
    const unknown = `is compressed with ${name ?? 'something unknown'}, which is not read`;
    throw new Fault(unknown, "write it with another compression: df.to_parquet(path, compression='zstd')");
  }
  if (size > Math.max(LARGEST_PAGE, USUAL_RATIO * source.length)) {
    throw new Fault(
      `has a page of ${size} bytes, made of ${source.length}: more than the ${LARGEST_PAGE} that are read at once`,
      'write it with smaller pages, or row groups of fewer rows',
    );
  }
  if (size > source.length * codec.ratio) throw new Error(`${source.length} bytes that ${name} cannot have made of ${size}`);
  if (size === 0) return new Uint8Array(0);
  return codec.decompress(source, size, memory);
}

/** A copy, so that numbers lie at multiples of their size and nothing reads beyond the page. */
function plain(source: Uint8Array, size: number, memory?: Memory): Uint8Array {
  const bytes = memory?.take(source.length) ?? new Uint8Array(source.length);
  bytes.set(source);
  return exact(bytes, size);
}

function exact(bytes: Uint8Array, size: number): Uint8Array {
  if (bytes.length === size) return new Uint8Array(bytes.buffer, bytes.byteOffset, size); // a Buffer no longer, which slices otherwise
  throw new Error(`${bytes.length} bytes after decompression, where ${size} are declared`);
}

/** In one piece: of smaller ones, zlib makes a copy. With a byte to spare, or it makes another piece to see whether there is more. */
function roomFor(size: number): { maxOutputLength: number; chunkSize: number } {
  return { maxOutputLength: size, chunkSize: Math.max(64, size + 1) };
}
