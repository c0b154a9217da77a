import { endianness } from 'node:os';

export const LITTLE = endianness() === 'LE';
/** The upper half of 2^53. */
const LARGEST_HIGH = 2 ** 21;

/** Integers of 64 bits as float64; `undefined` when one is beyond 2^53. Read as two halves: a bigint for each element takes ten times as long. */
export function exactDoubles(stored: BigInt64Array | BigUint64Array): Float64Array | undefined {
  const { buffer, byteOffset, length } = stored;
  const lows = new Uint32Array(buffer, byteOffset, 2 * length);
  const highs = stored instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, 2 * length) : lows;
  const [low, high] = LITTLE ? [0, 1] : [1, 0];
  const values = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const upper = highs[2 * i + high] as number;
    const lower = lows[2 * i + low] as number;
    if (upper < -LARGEST_HIGH || upper > LARGEST_HIGH || (upper === LARGEST_HIGH && lower > 0)) return undefined;
    values[i] = upper * 2 ** 32 + lower;
  }
  return values;
}
