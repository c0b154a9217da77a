import type { Output } from './output.ts';

/**
 * One LZ4 block, behind what `out` holds already. Matches reach into blocks before this one, unless `limit`, the room that was left when it
 * began, says otherwise. Libraries for it give zeros for input that is missing.
 *
 * Source: LZ4 block format description.
 */
export function unlz4Block(source: Uint8Array, out: Output, limit: number): void {
  let at = 0;
  const byte = (): number => {
    if (at >= source.length) throw new Error('an LZ4 block that is cut short');
    return source[at++] as number;
  };
  const length = (short: number): number => {
    let total = short;
    if (short === 15) for (let next = 255; next === 255; total += next) next = byte();
    return total;
  };
  while (at < source.length) {
    const token = byte();
    const literals = length(token >> 4);
    out.literal(source, at, literals);
    at += literals;
    if (at === source.length) return; // the last sequence is literals only
    const distance = byte() + byte() * 256;
    if (distance > limit - out.left) throw new Error('an LZ4 block that points outside itself');
    out.copy(distance, 4 + length(token & 15));
  }
  throw new Error('an LZ4 block that does not end with literals');
}
