import { BlockDecoder, LONGEST_BLOCK } from '../zstd/block.ts';
import { headerLength, readHeader } from '../zstd/frame.ts';
import { History } from '../zstd/history.ts';
import { isSkippable, isZstd } from '../zstd/magic.ts';
import { Xxh64 } from '../zstd/xxh64.ts';
import { Output } from './output.ts';

/** How far back a frame may point: what the zstd program allows. */
const LARGEST_WINDOW = 128 * 1024 * 1024;

const RAW = 0;
const REPEATED = 1;
const COMPRESSED = 2;

const history = new History();
const blocks = new BlockDecoder();

/** The frames of a page, of which there is usually one, their lengths and checksums compared. */
export function unzstd(source: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const out = new Output(size);
  for (let at = 0; at < bytes.length; ) {
    const magic = bytes.readUInt32LE(at);
    if (isSkippable(magic)) at += 8 + bytes.readUInt32LE(at + 4);
    else if (isZstd(magic)) at = frame(bytes, at + 4, out);
    else throw new Error('compressed data that is not zstd');
  }
  return out.full();
}

/** Decodes a frame from behind its magic number; gives where it ends. */
function frame(bytes: Buffer, begin: number, out: Output): number {
  let at = begin + headerLength(bytes.readUInt8(begin));
  if (at > bytes.length) throw new Error('compressed data that is cut short');
  const { window, content, checksum } = readHeader(bytes.subarray(begin, at));
  if (window > LARGEST_WINDOW) throw new Error(`compressed data that points back ${window} bytes`);
  const most = Math.min(LONGEST_BLOCK, window);
  const before = out.left;
  const hash = new Xxh64();
  history.reset(window);
  blocks.reset();
  for (let last = false; !last; ) {
    const head = bytes.readUIntLE(at, 3);
    last = (head & 1) === 1;
    const [type, size] = [(head >> 1) & 3, head >> 3];
    const stored = type === REPEATED ? 1 : size;
    at += 3;
    if (stored > bytes.length - at || size > most) throw new Error('a block that is longer than blocks may be');
    history.begin(most);
    if (type === RAW) history.append(bytes, at, at + size);
    else if (type === REPEATED) history.repeat(bytes[at] as number, size);
    else if (type === COMPRESSED) blocks.decode(bytes.subarray(at, at + size), history);
    else throw new Error('a block of no known type');
    at += stored;
    const block = history.take();
    if (checksum) hash.update(block);
    out.literal(block, 0, block.length);
  }
  if (content !== undefined && content !== before - out.left) throw new Error(`a frame that is not of its ${content} bytes`);
  if (!checksum) return at;
  if (bytes.readUInt32LE(at) !== hash.low) throw new Error('compressed data whose checksum does not match');
  return at + 4;
}
