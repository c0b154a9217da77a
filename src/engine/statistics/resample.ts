/**
 * Sums over resamples: n units drawn with replacement from n, and their columns added up, many times over.
 *
 * Drawing from all units at once would miss the cache on every draw. So the units are taken in blocks that fit it, and how many of
 * the draws of a resample fall into a block is drawn first: binomial, given what is left for the blocks to come. That is the multinomial
 * distribution of plain drawing, exactly. A block of 2^10 units takes 10 bits a draw, three draws a random word, without bias.
 */
import { drawBinomial } from './binomial-draw.ts';
import { Random } from './random.ts';

const BLOCK = 1 << 10;
const MASK = BLOCK - 1;
/** A word holds three positions: in its low 10 bits, in the 10 bits from here on, and in its high 10 bits. */
const SECOND = 10;
const THIRD = 22;
const PER_WORD = 3;
/** Draws made at a time: more than a block gets, but for one resample in a great many. */
const DRAWS = PER_WORD * 512;

export interface Resampling {
  readonly seed: number;
  /** The first resample wanted, and the first one not: resample k is the same in whatever part of the work it is computed. */
  readonly from: number;
  readonly to: number;
}

interface Drawn {
  readonly column: Float64Array;
  readonly sums: Float64Array;
}

/**
 * The sum of each column, an entry for each resample. Units should come in canonical order (order.ts), or the sums depend on theirs.
 * A column of one value, as a denominator of ones, is not drawn from, for its sum is known; of equal columns one is.
 */
export function resampledSums(columns: readonly Float64Array[], resampling: Resampling): Float64Array[] {
  const n = columns[0].length;
  const count = resampling.to - resampling.from;
  const drawn: Drawn[] = [];
  const sums = columns.map((column) => {
    if (column.every((value) => value === column[0])) return new Float64Array(count).fill(n * column[0]);
    const twin = drawn.find((other) => column.every((value, i) => value === other.column[i]));
    if (twin) return twin.sums;
    drawn.push({ column, sums: new Float64Array(count) });
    return drawn[drawn.length - 1].sums;
  });
  if (drawn.length > 0) addDraws(n, drawn, resampling);
  return sums;
}

function addDraws(n: number, drawn: readonly Drawn[], { seed, from, to }: Resampling): void {
  const random = new Random(seed);
  const words = new Int32Array(DRAWS / PER_WORD);
  const left = new Float64Array(to - from).fill(n);
  const blocks = Math.ceil(n / BLOCK);
  for (let block = 0; block < blocks; block++) {
    const start = block * BLOCK;
    const size = Math.min(BLOCK, n - start);
    for (let r = 0; r < left.length; r++) {
      random.restart(seed, from + r, block);
      let draws = drawBinomial(random, left[r], size / (n - start));
      left[r] -= draws;
      for (; draws > 0; draws -= DRAWS) {
        const some = Math.min(draws, DRAWS);
        drawPositions(random, size, words, some);
        for (const { column, sums } of drawn) sums[r] += sumAt(column, start, words, some);
      }
    }
  }
}

/** Writes `draws` positions below `size`, packed as above. */
function drawPositions(random: Random, size: number, words: Int32Array, draws: number): void {
  const count = Math.ceil(draws / PER_WORD);
  if (size === BLOCK) random.fill(words, count);
  else
    for (let w = 0; w < count; w++) words[w] = random.below(size) | (random.below(size) << SECOND) | (random.below(size) << THIRD);
}

/** Three sums, which the processor adds side by side. */
function sumAt(column: Float64Array, start: number, words: Int32Array, draws: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  const whole = Math.floor(draws / PER_WORD);
  for (let w = 0; w < whole; w++) {
    const word = words[w];
    a += column[start + (word & MASK)];
    b += column[start + ((word >>> SECOND) & MASK)];
    c += column[start + (word >>> THIRD)];
  }
  const rest = draws - PER_WORD * whole;
  if (rest > 0) a += column[start + (words[whole] & MASK)];
  if (rest > 1) b += column[start + ((words[whole] >>> SECOND) & MASK)];
  return a + b + c;
}
