/** Compressions that any format may come in. */
import type { Limits } from '../limits.ts';
import { isZstd } from '../zstd/magic.ts';
import type { ByteReader, Bytes } from './reader.ts';

export interface Compression {
  /** Lower case, with the dot; what stands before it names the format. */
  readonly suffix: string;
  /** Whether bytes begin like it; `magic` are the first four, little-endian. */
  readonly begins: (magic: number) => boolean;
  /** Decompresses as a stream. Takes over the source and closes it. */
  readonly decompress: (name: string, source: ByteReader, limits: Limits) => Promise<Bytes>;
}

const GZIP = 0x8b1f;

const COMPRESSIONS: readonly Compression[] = [
  {
    suffix: '.gz',
    begins: (magic) => (magic & 0xffff) === GZIP,
    decompress: async (name, source) => (await import('./gzip.ts')).gunzipBytes(name, source),
  },
  {
    suffix: '.zst',
    begins: isZstd,
    decompress: async (...args) => (await import('./zstd.ts')).zstdBytes(...args),
  },
];

/** The compression that the first bytes announce. */
export function compressionOf(head: Buffer): Compression | undefined {
  const magic = Buffer.concat([head], 4).readUInt32LE(0);
  return COMPRESSIONS.find(({ begins }) => begins(magic));
}

/** A path without the suffix of its compression. */
export function uncompressedPath(path: string, { suffix }: Compression): string {
  return path.toLowerCase().endsWith(suffix) ? path.slice(0, -suffix.length) : path;
}
