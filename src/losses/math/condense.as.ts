/**
 * Terms -> a few terms with the same exact sum, in AssemblyScript. `q = (v + M) - M` rounds v to a multiple of ulp(M) without error (see
 * exact-sum.ts); M is taken so that the q's of a whole block still add up without error, and that what is left, `v - q`, may be split the same way.
 */

export const MOST_TERMS: i32 = 1024;
export const TERMS: usize = memory.data((1024 + 1) * 8, 16);
/** Two for each 87 bits of exponent, of 2,100 that there are. */
export const MOST_SUMS: i32 = 50;
export const SUMS: usize = memory.data(50 * 8, 16);

const MAGNITUDE = memory.data<u64>([0x7fffffffffffffff, 0x7fffffffffffffff], 16);
const MANTISSA_BITS: u64 = 52;
/** Biased exponent of 2^960: with larger terms v + M could overflow. */
const HUGE: i32 = 960 + 1023;
/** Bits of a q: those of a float64, less the ten that 1,024 of them may need. */
const BITS: i32 = 53 - 10;

/** Condenses the first `n` terms at `TERMS`, which it uses up; returns how many sums are at `SUMS`. 0, and nothing done, where a term is huge or not finite. */
export function condense(n: i32): i32 {
  const end = TERMS + (usize(n) << 3);
  store<f64>(end, 0); // the last of an odd number has a partner
  let top = exponentOfLargest(end);
  if (top >= HUGE) return 0;
  let sums = SUMS;
  for (let isLeft = true; isLeft; sums += 16) {
    isLeft = split(end, magnet(top - BITS + 1), magnet(top - 2 * BITS), sums);
    if (isLeft) top = exponentOfLargest(end);
  }
  return i32((sums - SUMS) >> 3);
}

/** The biased exponent of the largest magnitude. */
function exponentOfLargest(end: usize): i32 {
  const magnitude = v128.load(MAGNITUDE);
  let largest = v128.splat<i32>(0); // of the upper halves; nobody asks for those of the lower ones
  for (let at = TERMS; at < end; at += 16) largest = v128.max<i32>(largest, v128.and(v128.load(at), magnitude));
  return max(v128.extract_lane<i32>(largest, 1), v128.extract_lane<i32>(largest, 3)) >> 20;
}

/** 1.5 * 2^52 units, of which one is 2^exponent, both exponents biased; no unit is smaller than the smallest float64. */
function magnet(exponent: i32): v128 {
  const biased = u64(max(exponent + i32(MANTISSA_BITS), 1));
  return v128.splat<f64>(reinterpret<f64>((biased << MANTISSA_BITS) | (1 << (MANTISSA_BITS - 1))));
}

/** Splits all terms in two steps, and leaves the rests in their places; returns whether any is not 0. */
function split(end: usize, first: v128, second: v128, sums: usize): bool {
  let upper = v128.splat<f64>(0);
  let lower = v128.splat<f64>(0);
  let rests = v128.splat<f64>(0);
  for (let at = TERMS; at < end; at += 16) {
    const term = v128.load(at);
    const top = v128.sub<f64>(v128.add<f64>(term, first), first);
    const below = v128.sub<f64>(term, top);
    const bottom = v128.sub<f64>(v128.add<f64>(below, second), second);
    const rest = v128.sub<f64>(below, bottom);
    upper = v128.add<f64>(upper, top);
    lower = v128.add<f64>(lower, bottom);
    rests = v128.or(rests, rest);
    v128.store(at, rest);
  }
  store<f64>(sums, v128.extract_lane<f64>(upper, 0) + v128.extract_lane<f64>(upper, 1));
  store<f64>(sums, v128.extract_lane<f64>(lower, 0) + v128.extract_lane<f64>(lower, 1), 8);
  return v128.any_true(v128.and(rests, v128.load(MAGNITUDE)));
}
