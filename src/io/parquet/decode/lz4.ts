import { unlz4Block } from '../../blocks/lz4.ts';
import { Output } from '../../blocks/output.ts';

/** One block by itself. */
export function unlz4(source: Uint8Array, size: number): Uint8Array {
  const out = new Output(size);
  if (source.length > 0) unlz4Block(source, out, size);
  return out.full();
}

/**
 * The codec that Parquet first called LZ4: blocks that Hadoop frames with their lengths, both sizes in big-endian. Some writers
 * left out the frames.
 */
export function unlz4Hadoop(source: Uint8Array, size: number): Uint8Array {
  const blocks = hadoopBlocks(source, size);
  if (!blocks) return unlz4(source, size);
  const out = new Output(size);
  for (const { block, length } of blocks) out.literal(unlz4(block, length), 0, length);
  return out.full();
}

/** `undefined` where the lengths do not add up: then there are no frames. */
function hadoopBlocks(source: Uint8Array, size: number): { block: Uint8Array; length: number }[] | undefined {
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const blocks: { block: Uint8Array; length: number }[] = [];
  let total = 0;
  let at = 0;
  while (at + 8 <= source.length) {
    const length = view.getUint32(at);
    const stored = view.getUint32(at + 4);
    at += 8;
    if (length > size - total || stored > source.length - at) return undefined;
    blocks.push({ block: source.subarray(at, at + stored), length });
    total += length;
    at += stored;
  }
  return at === source.length && total === size ? blocks : undefined;
}
