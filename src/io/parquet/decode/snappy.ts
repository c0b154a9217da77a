import { Output } from '../../blocks/output.ts';
import type { Memory } from '../../bytes/memory.ts';

/**
 * Snappy's block format. hyparquet's own reader goes round in circles on a literal of negative length, and the WebAssembly one of
 * hyparquet-compressors believes the length in the data.
 *
 * Source: google/snappy, format_description.txt.
 */
export function unsnappy(source: Uint8Array, size: number, memory?: Memory): Uint8Array {
  const out = new Output(size, memory?.take(size));
  let at = 0;

  function little(bytes: number): number {
    if (bytes > source.length - at) throw new Error('compressed data that is cut short');
    let value = 0;
    for (let k = 0; k < bytes; k++) value |= (source[at++] as number) << (8 * k);
    return value >>> 0;
  }

  let declared = 0;
  for (let scale = 1, next = 0x80; next >= 0x80; scale *= 128) {
    next = little(1);
    declared += (next & 0x7f) * scale;
  }
  if (declared !== size) throw new Error(`compressed data of ${declared} bytes, where ${size} are declared`);

  while (at < source.length) {
    const tag = source[at++] as number;
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = 1 + (short < 60 ? short : little(short - 59));
      out.literal(source, at, length);
      at += length;
    } else if (kind === 1) out.copy(((tag >> 5) << 8) | little(1), 4 + ((tag >> 2) & 7));
    else out.copy(little(kind === 2 ? 2 : 4), 1 + (tag >> 2));
  }
  return out.full();
}
