import { viewOf } from '../../bytes/view.ts';
import { decimalText } from '../../decimal-text.ts';
import { isValid, type Type, type Vector } from '../field.ts';
import { damage } from '../refusal.ts';
import { single, withNulls } from './numbers.ts';

/** Digits that fit into so many bits. */
const MOST_DIGITS: Readonly<Record<number, number>> = { 32: 9, 64: 18, 128: 38, 256: 76 };
/** Beyond it a decimal is a file that someone tampers with: its text would fill memory. */
const MOST_SCALE = 1000;
/** Powers of ten that a float64 holds exactly, so that one division rounds once. */
const EXACT_SCALE = 22;

/** A whole number of so many bits, of which `scale` decimal digits stand behind the point. Its text is exact. */
export function decimalType(bits: number, precision: number, scale: number): Type {
  const most = MOST_DIGITS[bits];
  if (most === undefined || precision < 1 || precision > most) throw damage(`a decimal of ${precision} digits in ${bits} bits`);
  if (Math.abs(scale) > MOST_SCALE) throw damage(`a decimal of ${scale} digits behind the point`);
  return {
    name: `decimal${bits}(${precision}, ${scale})`,
    validity: true,
    buffers: [(rows) => (rows * bits) / 8],
    children: [],
    read: ({ rows, valid, buffers: [bytes = new Uint8Array(0)] }) => {
      const whole = wholeNumbers(bytes, rows, bits);
      const beyond = 10n ** BigInt(precision);
      const cell = (row: number) => {
        if (!isValid(valid, row)) return null;
        const value = whole(row);
        if (value >= beyond || value <= -beyond) throw damage(`a decimal of more than its ${precision} digits`);
        return scale < 0 ? `${value}${value === 0n ? '' : '0'.repeat(-scale)}` : decimalText(value, scale);
      };
      return { rows, cell, block: (start, end) => block(cell, start, end, valid) };

      function block(text: Vector['cell'], start: number, end: number, nulls: Uint8Array | undefined) {
        const power = 10 ** Math.min(Math.abs(scale), EXACT_SCALE);
        const values = new Float64Array(end - start);
        for (let i = 0; i < values.length; i++) {
          if (!isValid(nulls, start + i)) continue;
          const value = whole(start + i);
          const exact =
            scale >= 0 && scale <= EXACT_SCALE && value <= 2n ** 53n && value >= -(2n ** 53n) && value < beyond && -value < beyond;
          values[i] = exact ? Number(value) / power : Number(text(start + i));
        }
        return nulls ? withNulls(values, nulls, start) : single(values);
      }
    },
  };
}

/** Two's complement, the lowest word first. */
function wholeNumbers(bytes: Uint8Array, rows: number, bits: number): (row: number) => bigint {
  if (bits === 32) {
    const words = viewOf(Int32Array, bytes, rows);
    return (row) => BigInt(words[row] as number);
  }
  const count = bits / 64;
  const low = viewOf(BigUint64Array, bytes, rows * count);
  const signed = viewOf(BigInt64Array, bytes, rows * count);
  return (row) => {
    let value = signed[row * count + count - 1] as bigint;
    for (let word = count - 2; word >= 0; word--) value = (value << 64n) | (low[row * count + word] as bigint);
    return value;
  };
}
