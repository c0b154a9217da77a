import { escapeText, Fault } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';
import { BlockDecoder, LONGEST_BLOCK } from '../zstd/block.ts';
import { CorruptZstd, corrupt } from '../zstd/corrupt.ts';
import { type FrameHeader, headerLength, readHeader } from '../zstd/frame.ts';
import { History } from '../zstd/history.ts';
import { isSkippable, isZstd } from '../zstd/magic.ts';
import { Xxh64 } from '../zstd/xxh64.ts';
import type { ByteReader, Bytes } from './reader.ts';

/**
 * Decompresses all frames as a stream, checking each length and checksum. Memory: the window of a frame and 8 MiB, as far as bytes
 * came. Written here because the decoders there are for JavaScript check neither checksums nor distances, and one of them never ends on
 * some 21 bytes.
 */
export function zstdBytes(name: string, source: ByteReader, limits: Limits): Bytes {
  return { chunks: decompressed(name, source, limits), close: () => source.close() };
}

async function* decompressed(name: string, source: ByteReader, limits: Limits): AsyncGenerator<Buffer> {
  const frames = new Frames(name, source, limits);
  try {
    while (await frames.more()) yield* frames.next();
  } catch (error) {
    if (!(error instanceof CorruptZstd)) throw error;
    throw new Fault(
      `${escapeText(name)}: damaged zstd data before byte ${source.consumed + 1} of the compressed file: ${error.message}`,
      'copy or write the file again, and check it with zstd -t',
    );
  }
}

class Frames {
  readonly #name: string;
  readonly #source: ByteReader;
  readonly #limits: Limits;
  readonly #history = new History();
  readonly #blocks = new BlockDecoder();

  constructor(name: string, source: ByteReader, limits: Limits) {
    this.#name = escapeText(name);
    this.#source = source;
    this.#limits = limits;
  }

  /** Whether another frame begins here. */
  async more(): Promise<boolean> {
    const magic = await this.#source.peek(4);
    if (magic.length === 0) return false;
    if (magic.length === 4 && isZstd(magic.readUInt32LE())) return true;
    throw new Fault(
      `${this.#name}: bytes after the end of the zstd data, at byte ${this.#source.consumed + 1} of the compressed file`,
      'the file may be damaged: write it again, or check it with zstd -t',
    );
  }

  async *next(): AsyncGenerator<Buffer> {
    if (isSkippable((await this.#read(4)).readUInt32LE())) {
      await this.#skip((await this.#read(4)).readUInt32LE());
      return;
    }
    const header = await this.#header();
    const checksum = new Xxh64();
    const most = Math.min(LONGEST_BLOCK, header.window);
    let total = 0;
    this.#history.reset(header.window);
    this.#blocks.reset();
    for (let last = false; !last; ) {
      const head = (await this.#read(3)).readUIntLE(0, 3);
      last = (head & 1) === 1;
      const block = await this.#block((head >> 1) & 3, head >> 3, most);
      total += block.length;
      if (header.content !== undefined && total > header.content) break;
      if (header.checksum) checksum.update(block);
      if (block.length > 0) yield block;
    }
    if (header.content !== undefined && total !== header.content)
      corrupt(`a frame of ${total > header.content ? 'more' : 'fewer'} bytes than the ${header.content} it announces`);
    if (header.checksum && (await this.#read(4)).readUInt32LE() !== checksum.low) corrupt('a wrong checksum');
  }

  async #header(): Promise<FrameHeader> {
    const [descriptor = 0] = await this.#source.peek(1);
    const header = readHeader(await this.#read(headerLength(descriptor)));
    if (header.window <= this.#limits['zstd-window']) return header;
    const most = limitText('zstd-window', this.#limits);
    throw limitFault(
      `${this.#name}: zstd data that points back ${header.window} bytes, more than ${most}`,
      'zstd-window',
      this.#limits,
      `decompress it first: zstd -dc --long=31 ${this.#name} | lossctl eval -`,
    );
  }

  async #block(type: number, size: number, most: number): Promise<Buffer> {
    if (type === 3 || size > most) corrupt(type === 3 ? 'a block of no known type' : 'a block that is longer than blocks may be');
    const history = this.#history;
    history.begin(most);
    if (type === 1) history.repeat((await this.#read(1))[0] as number, size);
    else {
      const bytes = await this.#read(size);
      if (type === 0) history.append(bytes, 0, size);
      else {
        this.#blocks.decode(bytes, history);
      }
    }
    return history.take();
  }

  async #skip(length: number): Promise<void> {
    for (let left = length; left > 0; left -= Math.min(left, LONGEST_BLOCK)) await this.#read(Math.min(left, LONGEST_BLOCK));
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = await this.#source.read(length);
    if (bytes.length === length) return bytes;
    throw new Fault(`${this.#name}: the zstd data is cut short`, 'copy or write the file again, and check it with zstd -t');
  }
}
