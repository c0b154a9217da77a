/** LZ4 frames, with all that they say about themselves checked. Source: LZ4 frame format and block format descriptions, version 1.6. */
import { unlz4Block } from '../blocks/lz4.ts';
import { Output } from '../blocks/output.ts';
import { xxh32 } from './xxh32.ts';

const MAGIC = 0x184d2204;
/** Bits of the first byte of the descriptor. */
const VERSION = 0xc0;
const INDEPENDENT = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;
const RESERVED = 0x02;
const DICTIONARY = 0x01;
/** A block that is not compressed. */
const PLAIN = 0x80000000;
/** A match grows by 255 with each byte. */
const MOST_RATIO = 255;

/** One frame that holds `size` bytes. */
export function unlz4Frame(source: Uint8Array, size: number): Uint8Array {
  if (size > source.length * MOST_RATIO) throw new Error(`${source.length} bytes that LZ4 cannot have made of ${size}`);
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const { flags, longest, end } = readDescriptor(bytes, size);
  const out = new Output(size);
  let at = end;
  for (;;) {
    const head = bytes.readUInt32LE(at);
    at += 4;
    if (head === 0) break;
    const stored = head % PLAIN;
    if (stored > bytes.length - at || stored > longest) throw new Error('an LZ4 block that is longer than blocks may be');
    const block = bytes.subarray(at, at + stored);
    const before = out.left;
    if (head >= PLAIN) out.literal(block, 0, stored);
    else unlz4Block(block, out, flags & INDEPENDENT ? before : size);
    if (before - out.left > longest) throw new Error('an LZ4 block that is longer than blocks may be');
    at += stored;
    if (!(flags & BLOCK_CHECKSUM)) continue;
    checkSum('block', bytes.readUInt32LE(at), block);
    at += 4;
  }
  if (flags & CONTENT_CHECKSUM) {
    checkSum('frame', bytes.readUInt32LE(at), out.full());
    at += 4;
  }
  if (at !== bytes.length) throw new Error('bytes behind an LZ4 frame');
  return out.full();
}

function readDescriptor(bytes: Buffer, size: number): { flags: number; longest: number; end: number } {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Error('no LZ4 frame');
  const flags = bytes.readUInt8(4);
  const kind = bytes.readUInt8(5);
  if ((flags & VERSION) !== 0x40 || flags & RESERVED || kind & 0x8f || kind < 0x40)
    throw new Error('an LZ4 frame of no known kind');
  if (flags & DICTIONARY) throw new Error('an LZ4 frame that needs a dictionary');
  const end = flags & CONTENT_SIZE ? 14 : 6;
  if (flags & CONTENT_SIZE && Number(bytes.readBigUInt64LE(6)) !== size)
    throw new Error(`an LZ4 frame of ${bytes.readBigUInt64LE(6)} bytes, where ${size} are declared`);
  if (bytes.readUInt8(end) !== ((xxh32(bytes.subarray(4, end)) >>> 8) & 0xff))
    throw new Error('an LZ4 header whose checksum does not match');
  return { flags, longest: 4 ** (4 + (kind >> 4)), end: end + 1 };
}

function checkSum(what: string, declared: number, bytes: Uint8Array): void {
  if (declared !== xxh32(bytes)) throw new Error(`an LZ4 ${what} whose checksum does not match`);
}
