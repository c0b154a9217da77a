/** Sums that WebAssembly makes of a block must add up to what the terms do, to the last bit; exact-sum.ts alone is the witness. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Condenser } from '../../src/losses/math/condense.ts';
import { CODE } from '../../src/losses/math/condense-code.ts';
import { ExactSum, type SumState } from '../../src/losses/math/exact-sum.ts';
// @ts-expect-error a tool, in JavaScript
import { compile, EMBEDDED } from '../../tools/wasm.js';
import { generator } from '../io/number-texts.ts';

const SOURCE = EMBEDDED['src/losses/math/condense-code.ts'];

const PRESENT = WebAssembly;

const random = generator(1);
const draw = (n: number, term: () => number) => Float64Array.from({ length: n }, term);
const sign = () => (random() < 0.5 ? -1 : 1);

const BLOCKS = new Map([
  ['of one size', draw(1024, () => 1 + random())],
  ['of one size and all bits, that add up to the most', draw(1024, () => 2 - (1 + 2 * Math.floor(random() * 2 ** 20)) * 2 ** -52)],
  ['as losses are', draw(1024, () => random() ** 4 * 1e4)],
  ['over twenty orders of magnitude', draw(1000, () => sign() * 10 ** (random() * 20 - 10))],
  ['over all exponents', draw(1024, () => sign() * random() * 2 ** (random() * 2030 - 1074))],
  ['of which one stands out', draw(1024, random).fill(1e15 / 7, 33, 34)],
  ['that are subnormal', draw(333, () => sign() * random() * 2 ** -1023)],
  ['of which few are not 0', draw(1024, () => (random() < 0.01 ? random() : 0))],
  ['that are 0', new Float64Array(64)],
  ['that cancel', draw(1024, () => 1e300).map((term, k) => (k % 2 === 0 ? term : k % 3 === 0 ? random() - term : -term))],
  ['odd in number', draw(35, () => random() * 1e-300)],
  ['next to what is huge', draw(512, () => sign() * (2 ** 960 - random() * 2 ** 950))],
]);

/** Term by term: too few at a time to be condensed. */
function stateOf(terms: Float64Array): SumState {
  const sum = new ExactSum();
  for (const term of terms) sum.addOne(term);
  return sum.state();
}

/** Blocks whose sum is another one once they are condensed. */
function wrong(code: Uint8Array): string[] {
  const condenser = new Condenser(code);
  return [...BLOCKS].flatMap(([name, terms]) => {
    const sums = condenser.sums.subarray(0, condenser.condense(terms, 0, terms.length));
    return JSON.stringify(stateOf(sums)) === JSON.stringify(stateOf(terms)) ? [] : [name];
  });
}

describe('condensed terms', () => {
  test('have the same exact sum', () => {
    expect(wrong(CODE)).toEqual([]);
  });

  test('are few', () => {
    const condenser = new Condenser(CODE);
    const counts = [...BLOCKS.values()].map((terms) => condenser.condense(terms, 0, terms.length));
    expect(counts.slice(0, 4)).toEqual([2, 2, 4, 4]);
    expect(Math.max(...counts)).toBeLessThanOrEqual(condenser.sums.length);
  });

  test.each([2 ** 960, -Number.MAX_VALUE, Number.POSITIVE_INFINITY, Number.NaN])('are none where one is %d', (term) => {
    const terms = draw(100, random);
    expect(new Condenser(CODE).condense(terms, 0, 100)).toBeGreaterThan(0);
    expect(new Condenser(CODE).condense(terms.fill(term, 77, 78), 0, 100)).toBe(0);
  });

  test('are those of the source', async () => {
    expect(CODE).toEqual(new Uint8Array(await compile(SOURCE)));
  });
});

describe('a long sum', () => {
  const terms = draw(100_000, () => sign() * 10 ** (random() * 20 - 10));
  terms.set([2 ** 1000, -(2 ** 999), -(2 ** 999)], 70_000);
  const expected = stateOf(terms);

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  test.each([
    ['with WebAssembly', PRESENT],
    ['without', undefined],
    ['on a machine that lacks the instructions', { validate: () => false }],
  ])('is the same %s', async (_, substitute) => {
    vi.resetModules();
    vi.stubGlobal('WebAssembly', substitute);
    const { ExactSum } = await import('../../src/losses/math/exact-sum.ts');
    const { condenserFor } = await import('../../src/losses/math/condense.ts');
    const sum = new ExactSum();
    sum.add(terms);
    expect(sum.state()).toEqual(expected);
    expect(condenserFor(1000) !== undefined).toBe(substitute === PRESENT);
    const single = new ExactSum();
    single.add(Float32Array.from(terms.subarray(0, 1000)));
    expect(single.state()).toEqual(stateOf(Float64Array.from(terms.subarray(0, 1000), Math.fround)));
  });
});

describe('these tests would show', () => {
  test.each([
    ['sums that need a bit more than there is', 'BITS: i32 = 53 - 10', 'BITS: i32 = 53 - 9'],
    ['a rest that is forgotten', 'isLeft; sums += 16', 'false; sums += 16'],
    ['a lane that is', ' + v128.extract_lane<f64>(upper, 1)', ''],
    [
      'a largest term that is overlooked',
      'max(v128.extract_lane<i32>(largest, 1), v128.extract_lane<i32>(largest, 3))',
      'v128.extract_lane<i32>(largest, 1)',
    ],
    ['what lies behind an odd number of terms', 'store<f64>(end, 0);', ''],
  ])('%s', async (_, before, after) => {
    const code = await compile(SOURCE, (_path: string, text: string) => {
      expect(text.split(before).length).toBe(2);
      return text.replace(before, after);
    });
    expect(wrong(code)).not.toEqual([]);
  });
});
