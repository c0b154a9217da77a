/**
 * Decimal numbers from bytes, in AssemblyScript: 16 digits at a time with SIMD instructions, then correctly rounded. What is longer than a
 * program writes or further from 1 than usual is left to number.ts, which gives the same bits for any text.
 */

const PLUS: u8 = 0x2b;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const ZERO: u8 = 0x30;
const LOWER_CASE: u8 = 0x20;
const LOWER_E: u8 = 0x65;

/** Digits that one vector holds. */
const LANES: i32 = 16;
/** Most digits behind the first vector: they are read as one u64. */
const TAIL: i32 = 8;

/** Powers of ten that `nearest` knows: the host puts their leading 128 bits at `POWERS`, upper half first. */
export const LEAST_POWER: i32 = -100;
export const LARGEST_POWER: i32 = 100;
export const POWERS: usize = memory.data(201 * 16, 16);

// Vectors that do not change are read from memory: V8 would put a constant together anew for every number.
const ZEROS = memory.data<u8>([48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48], 16);
const NINES = memory.data<u8>([9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9], 16);
const LOW_BYTES = memory.data<u16>([255, 255, 255, 255, 255, 255, 255, 255], 16);
const TENS = memory.data<u16>([10, 10, 10, 10, 10, 10, 10, 10], 16);
const HUNDREDS = memory.data<u16>([100, 1, 100, 1, 100, 1, 100, 1], 16);
const TEN_THOUSANDS = memory.data<u16>([10000, 1, 10000, 1, 10000, 1, 10000, 1], 16);

const EXACT_POWERS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15], 16);
const WHOLE_POWERS = memory.data<u64>([1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000], 16);
/** What digits may be before 0 to 8 more: together they fit 64 bits. */
const ROOM = memory.data<u64>(
  [
    10000000000000000, 10000000000000000, 10000000000000000, 10000000000000000, 1000000000000000, 100000000000000, 10000000000000,
    1000000000000, 100000000000,
  ],
  16,
);

/**
 * For each place of the decimal point 48 bytes: 16 that select nothing, then the lanes without that of the point. Read from byte n on, they
 * move n digits to the end of a vector, and put zeros before them.
 */
const SELECTIONS = memory.data(17 * 48, 16);
const NOTHING: u8 = 0x80;

export function fillSelections(): void {
  for (let point = 0; point <= LANES; point++) {
    for (let k = 0; k < 48; k++) {
      const digit = k - LANES;
      store<u8>(SELECTIONS + point * 48 + k, digit < 0 ? NOTHING : u8(digit < point ? digit : digit + 1));
    }
  }
}

/** The number that the bytes from `start` to `end` spell; NaN where they spell none, or one that number.ts has to read. */
export function number(start: usize, end: usize): f64 {
  const sign = load<u8>(start);
  const negative = i32(sign === MINUS);
  const first = start + (negative | i32(sign === PLUS)); // no branch: the sign is as good as random
  let magnitude = short(first, end);
  if (Number.isNaN(magnitude)) magnitude = long(first, end, 0);
  if (Number.isNaN(magnitude)) magnitude = scientific(first, end);
  return reinterpret<f64>(reinterpret<u64>(magnitude) | (u64(negative) << 63));
}

/** Up to 16 digits, or 15 and a point: a whole number and a power of ten that are float64s, whose quotient is rounded once (Clinger 1990). */
function short(first: usize, end: usize): f64 {
  const length = i32(end - first);
  if (length > LANES) return NaN;
  const digits = v128.sub<u8>(v128.load(first), v128.load(ZEROS));
  const others = othersOf(digits) & ((1 << length) - 1);
  const point = others === 0 ? length : ctz(others);
  const count = length - i32(others !== 0);
  if (count <= 0 || !isPoint(first, others)) return NaN;
  return f64(i64(whole(aligned(digits, point, count)))) / load<f64>(EXACT_POWERS + ((count - point) << 3));
}

/** A number with an exponent of up to four digits. */
function scientific(first: usize, end: usize): f64 {
  let at = end;
  let exponent = 0;
  for (let scale = 1; at > first && u8(load<u8>(at - 1) - ZERO) < 10 && scale < 10000; scale *= 10) {
    at--;
    exponent += scale * i32(load<u8>(at) - ZERO);
  }
  if (at === end || at < first + 2) return NaN;
  const sign = load<u8>(at - 1);
  if (sign === MINUS) exponent = -exponent;
  if (sign === MINUS || sign === PLUS) at--;
  return (load<u8>(at - 1) | LOWER_CASE) === LOWER_E ? long(first, at - 1, exponent) : NaN;
}

/** Any number of up to 24 digits and a point, times 10^exponent. */
function long(first: usize, end: usize, exponent: i32): f64 {
  const length = i32(end - first);
  const rest = length - LANES;
  if (length <= 0 || rest > TAIL) return NaN;
  const digits = v128.sub<u8>(v128.load(first), v128.load(ZEROS));
  const others = othersOf(digits) & (rest < 0 ? (1 << length) - 1 : 0xffff);
  const shown = min(length, LANES);
  const point = others === 0 ? shown : ctz(others);
  const count = shown - i32(others !== 0);
  if (count === 0 || !isPoint(first, others)) return NaN;
  let mantissa = whole(aligned(digits, point, count));
  if (rest > 0) {
    const more = v128.sub<u8>(v128.load(first + LANES), v128.load(ZEROS));
    if ((othersOf(more) & ((1 << rest) - 1)) !== 0 || mantissa >= load<u64>(ROOM + (rest << 3))) return NaN;
    mantissa = mantissa * load<u64>(WHOLE_POWERS + (rest << 3)) + tail(end, rest);
  }
  return nearest(mantissa, others === 0 ? exponent : exponent - (length - 1 - point));
}

/** Whether what is not a digit is one decimal point, or nothing. */
function isPoint(first: usize, others: i32): bool {
  return others === 0 || ((others & (others - 1)) === 0 && load<u8>(first + ctz(others)) === POINT);
}

/** A bit for each lane that is no digit. */
function othersOf(digits: v128): i32 {
  return v128.bitmask<i8>(v128.gt<u8>(digits, v128.load(NINES)));
}

/** The first `count` digits at the end of the vector, without the lane of the point. */
function aligned(digits: v128, point: i32, count: i32): v128 {
  return v128.swizzle(digits, v128.load(SELECTIONS + point * 48 + count));
}

/** 16 digits as a number. */
function whole(digits: v128): u64 {
  const tens = v128.mul<i16>(v128.and(digits, v128.load(LOW_BYTES)), v128.load(TENS));
  const pairs = v128.add<i16>(tens, v128.shr<u16>(digits, 8));
  const fours = v128.dot<i16>(pairs, v128.load(HUNDREDS));
  const eights = v128.dot<i16>(v128.narrow<i32>(fours, fours), v128.load(TEN_THOUSANDS));
  const both = v128.extract_lane<u64>(eights, 0);
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}

/** The last `count` digits before `end`, 8 at most: neighbours are joined until all are one number. */
function tail(end: usize, count: i32): u64 {
  let digits = (load<u64>(end - TAIL) ^ 0x3030303030303030) & (u64(-1) << (64 - 8 * count));
  digits = (digits * 10 + (digits >> 8)) & 0x00ff00ff00ff00ff;
  digits = (digits * 100 + (digits >> 16)) & 0x0000ffff0000ffff;
  return (digits * 10000 + (digits >> 32)) & 0xffffffff;
}

const MANTISSA_BITS: i32 = 52;
const BIAS: i32 = 1023;
/** Bits of a product below the 54 that decide, when its highest bit is 0. */
const SPARE_BITS: i32 = 9;

/** Lower half of the product that was computed last. */
let low: u64 = 0;

/**
 * The float64 nearest to mantissa * 10^power, which is no subnormal: Eisel and Lemire's way. 64 bits of the power decide unless the product
 * ends in ones, 128 always do (Lemire 2021, "Number parsing at a gigabyte per second"; Mushtak and Lemire 2023, "Fast number
 * parsing without fallback").
 */
function nearest(mantissa: u64, power: i32): f64 {
  if (mantissa === 0) return 0;
  if (power < LEAST_POWER || power > LARGEST_POWER) return NaN;
  const zeros = i32(clz(mantissa));
  const factor = mantissa << zeros;
  const bits = POWERS + ((power - LEAST_POWER) << 4);
  let high = product(factor, load<u64>(bits));
  if ((high & 0x1ff) === 0x1ff) {
    const before = low;
    const more = product(factor, load<u64>(bits, 8));
    low = before + more;
    if (low < before) high++;
  }
  const top = i32(high >> 63);
  const shift = SPARE_BITS + top;
  let rounded = high >> shift;
  // Only with these powers can a number lie in the middle between two float64s: then to the even one.
  if (low <= 1 && power >= -4 && power <= 23 && (rounded & 3) === 1 && rounded << shift === high) rounded--;
  rounded = (rounded + (rounded & 1)) >> 1;
  const exponent = floorLog2OfPower(power) + 63 + top - zeros + BIAS;
  // The leading bit, which is not stored, adds 1 to the exponent; so does a carry into the bit above.
  return reinterpret<f64>(rounded + (u64(exponent - 1) << MANTISSA_BITS));
}

/** floor(log2(10^power)) for the powers there are. */
function floorLog2OfPower(power: i32): i32 {
  return (217706 * power) >> 16;
}

/** Upper half of a * b; the lower one goes to `low`. */
function product(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const lowest = aLow * bLow;
  const cross = aLow * bHigh;
  const middle = (lowest >> 32) + (cross & 0xffffffff) + aHigh * bLow;
  low = (middle << 32) | (lowest & 0xffffffff);
  return aHigh * bHigh + (cross >> 32) + (middle >> 32);
}
