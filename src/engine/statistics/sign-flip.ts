/**
 * The sign-flip permutation test of a mean difference of pairs (R. A. Fisher, "The design of experiments", 1935, section 21): where base
 * and candidate are alike, each difference could as well have had the other sign. It assumes that pairs are independent and,
 * under the hypothesis, differences symmetric around 0; no distribution. Of clusters, take the differences of their sums.
 */
import { type Alternative, MIRRORED } from './alternative.ts';
import { exactTotal } from './moments.ts';
import { Random } from './random.ts';

/** So many differences, 2^20 choices of signs, are enumerated. */
const EXACT_UP_TO = 20;
/** Differences flipped at a time, 32 a random word, and the tables of their sums, 8 a table: 256 kB, which fit the cache. */
const BLOCK = 1024;
const TABLE_BITS = 8;
const TABLE = 1 << TABLE_BITS;
const WORD_BITS = 32;
const TABLES_PER_WORD = WORD_BITS / TABLE_BITS;
/** A sum that misses the observed one by rounding counts as reaching it. Relative to the sum of magnitudes. */
const ROUNDING = 1e-12;

const words = new Int32Array(BLOCK / WORD_BITS);

export interface SignFlipTest {
  readonly pValue: number;
  /** `exact`: of all choices of signs. `monte-carlo`: of `flips` random ones. */
  readonly method: 'exact' | 'monte-carlo';
  readonly flips: number;
}

/**
 * With `flips` random choices of signs p is (b + 1) / (flips + 1), where b of them are at least as extreme as the data: never 0, and a
 * valid p-value (B. Phipson and G. Smyth 2010). Up to 20 differences that are not 0 every choice is tried. NaN where a difference
 * is not finite or there is none. Base and candidate exchanged give the same p for the mirrored alternative. 0.2 ns a difference and flip.
 */
export function signFlipTest(
  differences: Float64Array,
  { flips, seed, alternative }: { readonly flips: number; readonly seed: number; readonly alternative: Alternative },
): SignFlipTest {
  const some = differences.filter((d) => d !== 0); // a 0 has no sign to flip
  const isExact = some.length <= EXACT_UP_TO;
  const method = isExact ? 'exact' : 'monte-carlo';
  const total = exactTotal(some);
  const count = isExact ? 2 ** some.length : flips;
  if (differences.length === 0 || !Number.isFinite(total)) return { pValue: Number.NaN, method, flips: count };
  if (total < 0)
    return signFlipTest(
      differences.map((d) => -d),
      { flips, seed, alternative: MIRRORED[alternative] },
    );
  some.sort(); // random signs go by position
  const flipped = isExact ? allSubsetSums(some) : randomSubsetSums(some, seed, { from: 0, to: flips });
  const tolerance = ROUNDING * exactTotal(some.map(Math.abs));
  const extreme = flipped.reduce((b, sum) => b + (isExtreme(total - 2 * sum, total, tolerance, alternative) ? 1 : 0), 0);
  return { pValue: isExact ? extreme / count : (extreme + 1) / (count + 1), method, flips: count };
}

function isExtreme(sum: number, observed: number, tolerance: number, alternative: Alternative): boolean {
  if (alternative === 'less') return sum <= observed + tolerance;
  return (alternative === 'greater' ? sum : Math.abs(sum)) >= observed - tolerance;
}

/** The sum of every subset of the terms. */
function allSubsetSums(terms: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** terms.length);
  writeSubsetSums(terms, sums);
  return sums;
}

/** Subset k, which holds term i where k has bit i: first those without the next term, then the same with it. */
function writeSubsetSums(terms: Float64Array, into: Float64Array): void {
  into[0] = 0;
  for (let i = 0, size = 1; i < terms.length; i++, size *= 2) {
    for (let k = 0; k < size; k++) into[size + k] = into[k] + terms[i];
  }
}

/** The sum of the terms whose sign is flipped, for each of some random flips. Flip k is the same in whatever range it is asked for. */
export function randomSubsetSums(
  terms: Float64Array,
  seed: number,
  { from, to }: { readonly from: number; readonly to: number },
): Float64Array {
  const sums = new Float64Array(to - from);
  const random = new Random(seed);
  const padded = new Float64Array(BLOCK);
  const tables = new Float64Array((BLOCK / TABLE_BITS) * TABLE);
  for (let start = 0, block = 0; start < terms.length; start += BLOCK, block++) {
    const some = terms.subarray(start, start + BLOCK);
    const size = Math.ceil(some.length / WORD_BITS);
    padded.fill(0);
    padded.set(some);
    for (let t = 0; t < size * TABLES_PER_WORD; t++) {
      writeSubsetSums(padded.subarray(t * TABLE_BITS, (t + 1) * TABLE_BITS), tables.subarray(t * TABLE, (t + 1) * TABLE));
    }
    for (let k = 0; k < sums.length; k++) {
      random.restart(seed, from + k, block);
      random.fill(words, size);
      sums[k] += sumInTables(tables, size);
    }
  }
  return sums;
}

/** A look into four tables for each word, one for each of its bytes. */
function sumInTables(tables: Float64Array, size: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0, table = 0; i < size; i++, table += TABLES_PER_WORD * TABLE) {
    const word = words[i];
    a += tables[table + (word & 255)];
    b += tables[table + TABLE + ((word >>> 8) & 255)];
    c += tables[table + 2 * TABLE + ((word >>> 16) & 255)];
    d += tables[table + 3 * TABLE + (word >>> 24)];
  }
  return a + b + (c + d);
}
