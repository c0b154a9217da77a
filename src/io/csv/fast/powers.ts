/** Powers of ten with more digits than a float64 has. */

export const LEAST_POWER = -290;
export const LARGEST_POWER = 280;

/** 10^0 to 10^22: the powers that a float64 holds exactly. */
export const EXACT_POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`));

/** Bits of the two leading parts: times a number of 30 bits they fit the 53 of a float64. */
const PART_BITS = 23;

/** For each power its nearest float64, and three parts whose sum is the power to within 2^-98 of it. Filled when first used. */
const table = new Float64Array(4 * (LARGEST_POWER - LEAST_POWER + 1));

/** The parts of every power that was asked for with `partsOf`, which says where they stand. */
export const PARTS: Readonly<Float64Array> = table;

/** Where the parts of 10^exponent stand in `PARTS`: nearest, high, middle, low. */
export function partsOf(exponent: number): number {
  const at = 4 * (exponent - LEAST_POWER);
  if (table[at] === 0) fill(at, exponent);
  return at;
}

function fill(at: number, exponent: number): void {
  // As a whole number of units of 2^scale, with 150 bits or more: what is cut off is below 2^-149 of it.
  const scale = Math.floor(exponent * Math.log2(10)) - 150;
  const ten = 10n ** BigInt(Math.abs(exponent));
  const [up, down] = [BigInt(Math.max(0, -scale)), BigInt(Math.max(0, scale))];
  let rest = exponent < 0 ? (1n << up) / (ten << down) : (ten << up) >> down;
  table[at] = Number(`1e${exponent}`);
  for (let part = 1; part < 3; part++) {
    const cut = BigInt(rest.toString(2).length - PART_BITS);
    const leading = (rest >> cut) << cut;
    table[at + part] = scaled(leading, scale);
    rest -= leading;
  }
  table[at + 3] = scaled(rest, scale);
}

/** In two steps, because 2 ** scale alone may be no float64. */
function scaled(units: bigint, scale: number): number {
  const half = Math.trunc(scale / 2);
  return Number(units) * 2 ** half * 2 ** (scale - half);
}

/** Powers of five up to this one fit 64 bits: their reciprocals are rounded up, smaller ones down. */
const LAST_SHORT_POWER = 27;

/** The leading 128 bits of 10^exponent, as Eisel and Lemire's way needs them rounded. */
export function leadingBits(exponent: number): bigint {
  const power = 5n ** BigInt(Math.abs(exponent)); // the power of two that makes ten of five moves the bits, and changes none
  const length = BigInt(power.toString(2).length);
  if (exponent < 0) return (1n << (length + 127n)) / power + (exponent < -LAST_SHORT_POWER ? 0n : 1n);
  return length > 128n ? power >> (length - 128n) : power << (128n - length);
}
