/**
 * Decimal numbers from bytes, in AssemblyScript: 16 digits at a time with SIMD instructions, then correctly rounded. What is longer than a
 * program writes or further from 1 than usual is left to number.ts, which gives the same bits for any text. Vectors are filled from the last
 * byte of a number backward, so that its digits need no alignment; the host sees to it that bytes may be read before it.
 */

const PLUS: u8 = 0x2b;
const MINUS: u8 = 0x2d;
const ZERO: u8 = 0x30;
const LOWER_CASE: u8 = 0x20;
const LOWER_E: u8 = 0x65;

/** Digits that one vector holds. */
const LANES: i32 = 16;

/** Powers of ten that `nearest` knows: the host puts their leading 128 bits at `POWERS`, upper half first. */
export const LEAST_POWER: i32 = -100;
export const LARGEST_POWER: i32 = 100;
export const POWERS: usize = memory.data(201 * 16, 16);

// Vectors that do not change are read from memory: V8 would put a constant together anew for every number.
const ZEROS = memory.data<u8>([48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48, 48], 16);
/** Points less a zero. */
const POINTS = memory.data<u8>([254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254, 254], 16);
/** Added to a digit it leaves the highest bit 0; added with saturation to anything else it makes it 1. */
const NO_DIGIT = memory.data<u8>([118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118, 118], 16);
const LOW_BYTES = memory.data<u16>([255, 255, 255, 255, 255, 255, 255, 255], 16);
const TENS = memory.data<u16>([10, 10, 10, 10, 10, 10, 10, 10], 16);
const HUNDREDS = memory.data<u16>([100, 1, 100, 1, 100, 1, 100, 1], 16);
const TEN_THOUSANDS = memory.data<u16>([10000, 1, 10000, 1, 10000, 1, 10000, 1], 16);
const FIRST_THREE = memory.data<u32>([0xffffffff, 0xffffffff, 0xffffffff, 0], 16);
const HUNDRED_MILLIONS = memory.data<f64>([1e8, 1e8], 16);
/** Read from byte n on, they keep the last n lanes of a vector. */
const KEPT = memory.data<u8>(
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255],
  16,
);

const EXACT_POWERS = memory.data<f64>([1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15], 16);

/** Places of the decimal point among 32 bytes, and 32 for no point. */
const PLACES: i32 = 2 * LANES + 1;
/** Bytes of a vector, or of two divisors, as a shift. */
const VECTOR: i32 = 4;
/** For each place the lanes of the first and of the second 16 bytes once the point is out, and what comes into the second from the first. */
const FIRST = memory.data(33 * 16, 16);
const SECOND = memory.data(33 * 16, 16);
const MOVED = memory.data(33 * 16, 16);
const NO_LANE: u8 = 0x80;
/** For each place from 16 on what the digits are divided by, as it is and with a minus. */
const DIVISORS = memory.data(17 * 16, 16);

export function fillTables(): void {
  for (let place = 0; place < PLACES; place++) {
    for (let to = 0; to < 2 * LANES; to++) {
      const from = place === PLACES - 1 || to > place ? to : to - 1; // what is before the point moves one lane on
      const at = (place << VECTOR) + (to & (LANES - 1));
      if (to < LANES) store<u8>(FIRST + at, from < 0 ? NO_LANE : u8(from));
      else {
        store<u8>(SECOND + at, from < LANES ? NO_LANE : u8(from - LANES));
        store<u8>(MOVED + at, from < LANES ? u8(from) : NO_LANE);
      }
    }
  }
  for (let place = 0; place <= LANES; place++) {
    const divisor = place < LANES ? load<f64>(EXACT_POWERS + ((LANES - 1 - place) << 3)) : 1;
    store<f64>(DIVISORS + (place << VECTOR), divisor);
    store<f64>(DIVISORS + (place << VECTOR), -divisor, 8);
  }
}

/** All lanes but the last: a point there may be all that there is. */
const DIGIT_BEHIND: i32 = 0x7fff;

/**
 * Two numbers of up to 16 bytes: whole numbers and powers of ten that are float64s, whose quotients are rounded once (Clinger 1990). NaN where
 * one of them is anything else.
 */
export function pair(startA: usize, endA: usize, startB: usize, endB: usize): v128 {
  // No branch: a sign is as good as random.
  const minusA = usize(load<u8>(startA) === MINUS);
  const minusB = usize(load<u8>(startB) === MINUS);
  const lengthA = endA - startA - minusA;
  const lengthB = endB - startB - minusB;
  if (((lengthA - 1) | (lengthB - 1)) >= usize(LANES)) return v128.splat<f64>(NaN);
  const a = lastDigits(endA, lengthA);
  const b = lastDigits(endB, lengthB);
  const othersA = othersOf(a);
  const othersB = othersOf(b);
  const pointsA = pointsOf(a);
  const pointsB = pointsOf(b);
  const wrong = (othersA ^ (pointsA & DIGIT_BEHIND)) | (othersB ^ (pointsB & DIGIT_BEHIND));
  if ((wrong | (othersA & (othersA - 1)) | (othersB & (othersB - 1))) !== 0) return v128.splat<f64>(NaN);
  const placeA = usize(ctz(othersA | (1 << LANES)) << VECTOR);
  const placeB = usize(ctz(othersB | (1 << LANES)) << VECTOR);
  const foursA = fours(v128.swizzle(a, v128.load(SECOND + placeA, LANES << VECTOR)));
  const foursB = fours(v128.swizzle(b, v128.load(SECOND + placeB, LANES << VECTOR)));
  const eights = v128.dot<i16>(v128.narrow<i32>(foursA, foursB), v128.load(TEN_THOUSANDS));
  const upper = v128.convert_low<i32>(v128.shuffle<i32>(eights, eights, 0, 2, 0, 2));
  const lower = v128.convert_low<i32>(v128.shuffle<i32>(eights, eights, 1, 3, 1, 3));
  const digits = v128.add<f64>(v128.mul<f64>(upper, v128.load(HUNDRED_MILLIONS)), lower);
  const divisorA = v128.load_zero<f64>(DIVISORS + placeA + (minusA << 3));
  return v128.div<f64>(digits, v128.load_lane<f64>(DIVISORS + placeB + (minusB << 3), divisorA, 1));
}

/** The number that the bytes from `start` to `end` spell; NaN where they spell none, or one that number.ts has to read. */
export function number(start: usize, end: usize): f64 {
  const sign = load<u8>(start);
  const negative = i32(sign === MINUS);
  const first = start + (negative | i32(sign === PLUS)); // no branch, as above
  let magnitude = decimal(first, end, 0);
  if (Number.isNaN(magnitude)) magnitude = scientific(first, end);
  return reinterpret<f64>(reinterpret<u64>(magnitude) | (u64(negative) << 63));
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
  return (load<u8>(at - 1) | LOWER_CASE) === LOWER_E ? decimal(first, at - 1, exponent) : NaN;
}

/** What stands before the last 16 digits must be less: then all of them fit 64 bits. */
const TOO_MUCH_BEFORE: u64 = 1844;

/** Any number of up to 32 bytes, times 10^exponent. */
function decimal(first: usize, end: usize, exponent: i32): f64 {
  const length = i32(end - first);
  if (u32(length - 1) >= u32(2 * LANES)) return NaN;
  const head = lastDigits(end - LANES, max(length, LANES) - LANES);
  const tail = lastDigits(end, min(length, LANES));
  const others = u32(othersOf(head) | (othersOf(tail) << LANES));
  const points = u32(pointsOf(head) | (pointsOf(tail) << LANES));
  if (((others ^ points) | (others & (others - 1)) | (u32(length === 1) & (others >> 31))) !== 0) return NaN;
  const place = i32(ctz(u64(others) | (1 << (2 * LANES))));
  const at = usize(place << VECTOR);
  const first16 = fours(v128.swizzle(head, v128.load(FIRST + at)));
  const before = u64(v128.extract_lane<i32>(first16, 3));
  if (v128.any_true(v128.and(first16, v128.load(FIRST_THREE))) || before >= TOO_MUCH_BEFORE) return NaN;
  const moved = v128.swizzle(head, v128.load(MOVED + at));
  const last16 = v128.or(moved, v128.swizzle(tail, v128.load(SECOND + at)));
  const mantissa = before * 10000000000000000 + whole(last16);
  return nearest(mantissa, others === 0 ? exponent : exponent - (2 * LANES - 1 - place));
}

/** The last `count` bytes before `end`, up to 16, as digits at the end of a vector of zeros. */
function lastDigits(end: usize, count: usize): v128 {
  return v128.and(v128.sub<u8>(v128.load(end - LANES), v128.load(ZEROS)), v128.load(KEPT + count));
}

/** A bit for each lane that is no digit. */
function othersOf(digits: v128): i32 {
  return v128.bitmask<i8>(v128.add_sat<u8>(digits, v128.load(NO_DIGIT)));
}

/** A bit for each lane that is a decimal point. */
function pointsOf(digits: v128): i32 {
  return v128.bitmask<i8>(v128.eq<i8>(digits, v128.load(POINTS)));
}

/** 16 digits as four numbers of four. */
function fours(digits: v128): v128 {
  const tens = v128.mul<i16>(v128.and(digits, v128.load(LOW_BYTES)), v128.load(TENS));
  return v128.dot<i16>(v128.add<i16>(tens, v128.shr<u16>(digits, 8)), v128.load(HUNDREDS));
}

/** 16 digits as a number. */
function whole(digits: v128): u64 {
  const parts = fours(digits);
  const eights = v128.dot<i16>(v128.narrow<i32>(parts, parts), v128.load(TEN_THOUSANDS));
  const both = v128.extract_lane<u64>(eights, 0);
  return (both & 0xffffffff) * 100000000 + (both >> 32);
}

const MANTISSA_BITS: i32 = 52;
const BIAS: i32 = 1023;
/** Bits of a product below the 54 that decide, when its highest bit is 0. */
const SPARE_BITS: i32 = 9;

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
  let high = upperHalf(factor, load<u64>(bits));
  let low = factor * load<u64>(bits);
  if ((high & 0x1ff) === 0x1ff) {
    const before = low;
    low += upperHalf(factor, load<u64>(bits, 8));
    if (low < before) high++;
  }
  const top = i32(high >> 63);
  const shift = SPARE_BITS + top;
  let rounded = high >> shift;
  if (low <= 1 && isHalfway(rounded, high, shift, power)) rounded--;
  rounded = (rounded + (rounded & 1)) >> 1;
  const exponent = floorLog2OfPower(power) + 63 + top - zeros + BIAS;
  // The leading bit, which is not stored, adds 1 to the exponent; so does a carry into the bit above.
  return reinterpret<f64>(rounded + (u64(exponent - 1) << MANTISSA_BITS));
}

/** Whether a number with next to nothing behind `high` lies in the middle between two float64s, of which the even one is the smaller. */
function isHalfway(rounded: u64, high: u64, shift: i32, power: i32): bool {
  return power >= -4 && power <= 23 && (rounded & 3) === 1 && rounded << shift === high;
}

/** floor(log2(10^power)) for the powers there are. */
function floorLog2OfPower(power: i32): i32 {
  return (217706 * power) >> 16;
}

/** Upper half of a * b. */
function upperHalf(a: u64, b: u64): u64 {
  const aLow = a & 0xffffffff;
  const aHigh = a >> 32;
  const bLow = b & 0xffffffff;
  const bHigh = b >> 32;
  const cross = aLow * bHigh;
  const middle = ((aLow * bLow) >> 32) + (cross & 0xffffffff) + aHigh * bLow;
  return aHigh * bHigh + (cross >> 32) + (middle >> 32);
}
