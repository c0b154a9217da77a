/** Writes zstd frames whose blocks are stored as they are: enough to wrap any file, and to break a header in any way. */

export interface FrameOptions {
  /** Of all blocks but the last. */
  readonly blockBytes?: number;
  /** Written into the header, true or not. */
  readonly content?: number;
  /** The four bytes behind the last block; the header announces them. */
  readonly checksum?: number;
  /** Byte of the header that says how far back matches reach: 0x88 is 128 MiB, 0x50 is 1 MiB. */
  readonly window?: number;
}

export function zstdFrame(bytes: Uint8Array, options: FrameOptions = {}): Buffer {
  const { blockBytes = 1000, content, checksum, window = 0x50 } = options;
  const descriptor = (content === undefined ? 0 : 0x80) | (checksum === undefined ? 0 : 4);
  const parts: Buffer[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor, window])];
  if (content !== undefined) parts.push(uint(content, 4));
  for (let at = 0; at < Math.max(bytes.length, 1); at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    const last = at + blockBytes >= bytes.length ? 1 : 0;
    parts.push(uint((block.length << 3) | last, 3), Buffer.from(block));
  }
  if (checksum !== undefined) parts.push(uint(checksum, 4));
  return Buffer.concat(parts);
}

/** One block of `count` times the same byte: 4 bytes that become up to 128 KiB. */
export function zstdBomb(byte: number, count: number, blocks: number): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x50]);
  const block = (last: number) => Buffer.concat([uint((count << 3) | (1 << 1) | last, 3), Buffer.from([byte])]);
  return Buffer.concat([header, ...new Array<Buffer>(blocks - 1).fill(block(0)), block(1)]);
}

export function skippableFrame(bytes: Uint8Array): Buffer {
  return Buffer.concat([uint(0x184d2a53, 4), uint(bytes.length, 4), bytes]);
}

function uint(value: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  bytes.writeUIntLE(value, 0, length);
  return bytes;
}
