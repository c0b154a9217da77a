/** What a zstd frame says of itself at its beginning (RFC 8878, 3.1.1.1). */
import { corrupt } from './corrupt.ts';

export interface FrameHeader {
  /** How far back matches may reach. */
  readonly window: number;
  /** Bytes that the frame gives, where it says so. */
  readonly content: number | undefined;
  readonly checksum: boolean;
}

/** Bytes of the header behind the magic number, from the first of them. */
export function headerLength(descriptor: number): number {
  return 1 + (isSingle(descriptor) ? 0 : 1) + idLength(descriptor) + contentLength(descriptor);
}

/** `bytes` begin behind the magic number and are as many as `headerLength` says. */
export function readHeader(bytes: Buffer): FrameHeader {
  const descriptor = bytes[0] as number;
  if (descriptor & 8) corrupt('a frame with reserved bits');
  const single = isSingle(descriptor);
  let at = single ? 1 : 2;
  const id = idLength(descriptor);
  if (id > 0 && bytes.readUIntLE(at, id) !== 0) corrupt('it needs a dictionary, which is in another file');
  at += id;
  const size = contentLength(descriptor);
  const content =
    size === 0 ? undefined : size === 8 ? Number(bytes.readBigUInt64LE(at)) : bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
  return { window: single ? (content as number) : windowOf(bytes[1] as number), content, checksum: (descriptor & 4) !== 0 };
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

const isSingle = (descriptor: number): boolean => (descriptor & 32) !== 0;
const idLength = (descriptor: number): number => [0, 1, 2, 4][descriptor & 3] as number;
const contentLength = (descriptor: number): number =>
  descriptor >> 6 === 0 ? (isSingle(descriptor) ? 1 : 0) : 1 << (descriptor >> 6);
