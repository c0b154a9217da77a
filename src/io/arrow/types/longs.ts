import { viewOf } from '../../bytes/view.ts';

/** Integers of 64 bits as numbers, rounded beyond 2^53. By two words each: as BigInt, ten million labels would take seconds. */
export function widenLongs(bytes: Uint8Array, count: number, signed: boolean): Float64Array {
  const words = viewOf(Uint32Array, bytes, 2 * count);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const high = words[2 * i + 1] as number;
    values[i] = (signed ? high | 0 : high) * 2 ** 32 + (words[2 * i] as number);
  }
  return values;
}
