import { describe, expect, it } from 'vitest';
import { drawBinomial } from '../../../src/engine/statistics/binomial-draw.ts';
import { Random } from '../../../src/engine/statistics/random.ts';
import { casesOf, chiSquared } from './golden.ts';

describe('the words', () => {
  it.each(casesOf<{ stream: [number, number, number]; words: number[] }>('random'))(
    'of stream $stream are the published ones',
    ({ stream, words }) => {
      const random = new Random(...stream);
      expect(words.map(() => random.word())).toEqual(words);
    },
  );

  it('are the same in blocks, one by one, and after another stream', () => {
    const random = new Random(9, 8, 7);
    random.restart(1, 2, 3);
    const block = new Int32Array(40);
    random.fill(block, 25);
    random.fill(block.subarray(25), 15);
    const again = new Random(1, 2, 3);
    expect(Array.from(block, (word) => word >>> 0)).toEqual(Array.from(block, () => again.word()));
  });
});

/** For each bit of the words, how many standard deviations its share of ones is from a half; the largest. */
function largestBias(words: readonly number[]): number {
  const deviations = Array.from({ length: 32 }, (_, bit) => {
    const ones = words.filter((word) => (word >>> bit) & 1).length;
    return Math.abs(ones - words.length / 2) / Math.sqrt(words.length / 4);
  });
  return Math.max(...deviations);
}

/** What two neighbouring streams begin with, bits that differ: unrelated words differ in each bit half of the time. */
function firstWordsApart(first: (seed: number, index: number, part: number) => number): number[] {
  const pairs: number[] = [];
  for (let i = 0; i < 1500; i++) {
    pairs.push(first(5, i, 0) ^ first(5, i + 1, 0), first(5, 3, i) ^ first(5, 3, i + 1), first(i, 3, 9) ^ first(i + 1, 3, 9));
    pairs.push(first(i, 0, 0) ^ first(0, i, 0), first(0, i, 0) ^ first(0, 0, i));
  }
  return pairs.filter((word) => word !== 0);
}

describe('streams', () => {
  it('that are neighbours are unrelated from the first word on', () => {
    expect(largestBias(firstWordsApart((...stream) => new Random(...stream).word()))).toBeLessThan(4.5);
  });

  it('would be found related without the words thrown away', () => {
    expect(largestBias(firstWordsApart((a, b, c) => (a + b + c + 1) | 0))).toBeGreaterThan(20);
    expect(largestBias(firstWordsApart((_, b, c) => (b ^ (b >>> 9)) + 9 * c + 2))).toBeGreaterThan(20); // the second word
  });

  it('have first words that are uniform together', () => {
    const counts = new Float64Array(256);
    for (let i = 0; i < 25_600; i++) counts[new Random(12345, i, i % 7).word() >>> 24]++;
    expect(Math.abs(chiSquared(counts, () => 100))).toBeLessThan(4.5);
  });
});

describe('numbers', () => {
  it('between 0 and 1 are uniform, in the first digits and the last', () => {
    const random = new Random(1);
    const high = new Float64Array(100);
    const low = new Float64Array(128);
    for (let i = 0; i < 50_000; i++) {
      const u = random.uniform();
      high[Math.floor(u * 100)]++;
      low[(u * 2 ** 53) % 128]++;
    }
    expect(Math.abs(chiSquared(high, () => 500))).toBeLessThan(4.5);
    expect(Math.abs(chiSquared(low, () => 50_000 / 128))).toBeLessThan(4.5);
  });

  it.each([1, 2, 3, 10, 1000, 1025, 2 ** 21 - 1])('below %i are whole, in range, and equally likely', (n) => {
    const random = new Random(2, n);
    const bins = Math.min(n, 50);
    const counts = new Float64Array(bins);
    const drawn = Array.from({ length: 20_000 }, () => random.below(n));
    expect(drawn.filter((k) => !(Number.isInteger(k) && k >= 0 && k < n))).toEqual([]);
    for (const k of drawn) counts[Math.floor((k * bins) / n)]++;
    const share = (bin: number) => Math.ceil(((bin + 1) * n) / bins) - Math.ceil((bin * n) / bins);
    if (bins > 1) expect(Math.abs(chiSquared(counts, (bin) => (20_000 * share(bin)) / n))).toBeLessThan(4.5);
  });

  it('below n leave out exactly the words that would favour some', () => {
    // 2^32 = 3 * 1431655765 + 1: of all words one is too many, the one whose product with 3 has the lower half 0: 0 itself.
    const words = (given: number[]) => {
      const random = new Random(0);
      random.word = () => given.shift() as number;
      return random;
    };
    expect(words([0, 2 ** 31]).below(3)).toBe(1);
    expect(words([1, 2 ** 31]).below(3)).toBe(0);
    expect(words([0]).below(4)).toBe(0);
  });
});

/** ln k! by adding up: independent of the code under test. */
const logFactorials = [0];
for (let k = 1; k <= 3000; k++) logFactorials.push(logFactorials[k - 1] + Math.log(k));

/** Draws against the distribution itself, in bins that hold at least 25 of them. */
function binomialMisfit(draw: (random: Random) => number, n: number, p: number): number {
  const random = new Random(3, n, Math.round(p * 1000));
  const rounds = 20_000;
  const counts = new Float64Array(n + 1);
  for (let i = 0; i < rounds; i++) counts[draw(random)]++;
  const observed = [0];
  const expected = [0];
  for (let k = 0; k <= n; k++) {
    const log = logFactorials[n] - logFactorials[k] - logFactorials[n - k] + k * Math.log(p) + (n - k) * Math.log1p(-p);
    if ((expected.at(-1) as number) >= 25 && k < n * p + 3 * Math.sqrt(n * p * (1 - p))) {
      observed.push(0);
      expected.push(0);
    }
    observed[observed.length - 1] += counts[k];
    expected[expected.length - 1] += rounds * Math.exp(log);
  }
  return Math.abs(chiSquared(observed, (bin) => expected[bin]));
}

describe('binomial numbers', () => {
  const cases: [number, number][] = [
    [5, 0.3],
    [40, 0.1],
    [60, 0.9],
    [200, 0.5],
    [1025, 1024 / 1025],
    [3000, 0.01],
    [3000, 1024 / 3000],
    [3000, 0.7],
  ];
  it.each(cases)('of %i trials at %f have the distribution', (n, p) => {
    expect(binomialMisfit((random) => drawBinomial(random, n, p), n, p)).toBeLessThan(4.5);
  });

  it.each(cases.slice(2))('of %i trials at %f would be found shifted by a tenth of a standard deviation', (n, p) => {
    const shifted = p + (p < 0.5 ? 0.1 : -0.1) * Math.sqrt((p * (1 - p)) / n);
    expect(binomialMisfit((random) => drawBinomial(random, n, shifted), n, p)).toBeGreaterThan(4.5);
  });

  it('are certain where the probability is', () => {
    const random = new Random(4);
    expect([drawBinomial(random, 100, 0), drawBinomial(random, 100, 1), drawBinomial(random, 0, 0.3)]).toEqual([0, 100, 0]);
  });
});
