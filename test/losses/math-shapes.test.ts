/** The arithmetic that losses of masks, boxes and embeddings share. */
import { describe, expect, it } from 'vitest';
import { Columns } from '../../src/losses/math/columns.ts';
import { cosine, cosineDistance, minkowski } from '../../src/losses/math/distances.ts';
import { minusExpm1 } from '../../src/losses/math/logarithm.ts';
import { marginSoftmax } from '../../src/losses/math/margin-softmax.ts';
import { ScoreRow } from '../../src/losses/math/score-row.ts';
import { difference } from '../support/goldens.ts';

const INF = Number.POSITIVE_INFINITY;

/* Reference values: mpmath 1.2.1 at 700 digits, rounded to float64. */
const MPMATH_MINUS_EXPM1: readonly [number, number][] = [
  [0.0, 0.0],
  [1e-10, 5.000000000166667e-21],
  [-1e-10, 4.999999999833334e-21],
  [0.001, 5.00166708341668e-7],
  [-0.1, 0.0048374180359595734],
  [0.2499, 0.033997020565985796],
  [0.2501, 0.034053825649751346],
  [-0.2501, 0.028822906886971845],
  [0.5, 0.14872127070012814],
  [1.0, 0.7182818284590452],
  [-3.0, 2.049787068367864],
  [20.0, 485165174.4097903],
  [-700.0, 699.0],
  [700.0, 1.0142320547350045e304],
  [1e-160, 5e-321],
];

const of = (...values: number[]) => Float64Array.from(values);

describe('e^x - 1 - x', () => {
  it.each(MPMATH_MINUS_EXPM1)('at %d is %d', (x, expected) => {
    expect(difference(minusExpm1(x), expected)).toBeLessThan(2e-15);
  });

  it('at the ends', () => {
    expect([minusExpm1(INF), minusExpm1(-INF), minusExpm1(-1e20)]).toEqual([INF, INF, 1e20]);
    expect(minusExpm1(Number.NaN)).toBeNaN();
  });
});

describe('distances', () => {
  it.each([
    [1, 7],
    [2, 5],
    [3, 91 ** (1 / 3)],
  ])('norm %d', (p, expected) => {
    expect(difference(minkowski(of(9, 3, 0), 1, of(0, 4), 0, 2, p, 0), expected)).toBeLessThan(1e-15);
  });

  it('neither over- nor underflow, add eps before the norm, and keep NaN', () => {
    expect(difference(minkowski(of(3e200, 4e200), 0, of(0, 0), 0, 2, 2, 0), 5e200)).toBeLessThan(1e-15);
    expect(difference(minkowski(of(3e-200, 4e-200), 0, of(0, 0), 0, 2, 2, 0), 5e-200)).toBeLessThan(1e-15);
    expect(minkowski(of(1e308), 0, of(-1e308), 0, 1, 3, 0)).toBe(INF);
    expect(minkowski(of(1, 2), 0, of(1, 2), 0, 2, 1, 0.25)).toBe(0.5);
    for (const p of [1, 2, 3]) expect(minkowski(of(Number.NaN, 1), 0, of(0, 0), 0, 2, p, 0)).toBeNaN();
  });

  it('cosine: any length, none, and short ones that count as eps', () => {
    expect(cosine(of(3e200, 4e200), 0, of(4e-200, 3e-200), 0, 2, 0)).toBeCloseTo(0.96, 15);
    expect([cosine(of(0, 0), 0, of(1, 0), 0, 2, 0), cosineDistance(of(0, 0), 0, of(0, 0), 0, 2, 1e-8)]).toEqual([0, 1]);
    expect(cosine(of(0.25, 0), 0, of(1, 0), 0, 2, 0.5)).toBe(0.5);
    expect(cosineDistance(of(0.25, 0), 0, of(1, 0), 0, 2, 0.5)).toBe(0.5);
    expect(cosineDistance(of(Number.NaN, 0), 0, of(1, 0), 0, 2, 0)).toBeNaN();
    expect(cosine(of(1, 0), 0, of(1, Number.NaN), 0, 2, 0)).toBeNaN();
  });

  it('cosine distance keeps the digits of a small angle', () => {
    expect(difference(cosineDistance(of(1, 0), 0, of(1, 1e-8), 0, 2, 0), 5e-17)).toBeLessThan(1e-12);
    expect(cosineDistance(of(1, 0), 0, of(-3, 0), 0, 2, 0)).toBe(2);
  });
});

describe('scores of a row', () => {
  it('sum exponentials far out and for none', () => {
    const row = new ScoreRow(3);
    expect(row.logSum(0)).toBe(-INF);
    row.scores.set([1e4, 1e4, -1e4]);
    expect(row.logSum(3)).toBe(1e4 + Math.LN2);
    expect(row.logSum(1)).toBe(1e4);
    expect([row.loss(0), row.loss(0, 1), row.loss(2)]).toEqual([Math.LN2, 0, 2e4 + Math.LN2]);
    expect(row.below(row.top(3), 3)).toBe(2e4);
    row.scores[1] = Number.NaN;
    expect([row.logSum(3), row.loss(0), row.top(3)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('columns', () => {
  it('are centred, and multiply', () => {
    const a = new Columns({ data: of(1, 10, 3, 30, 99), width: 2 }, 2);
    expect([...a.centred]).toEqual([-1, 1, -10, 10]);
    expect([a.product(0, a, 0), a.product(0, a, 1)]).toEqual([2, 20]);
  });
});

describe('softmax with a margin', () => {
  it('replaces one score, keeps the digits of a small loss, and NaN', () => {
    const data = of(9, 0.5, 0.25, 9);
    expect(marginSoftmax(data, 1, 2, 1, 0.25, 4)).toBe(Math.LN2);
    expect(difference(marginSoftmax(data, 1, 2, 1, 1, 64), Math.exp(-48))).toBeLessThan(1e-15);
    expect(marginSoftmax(of(0.5, Number.NaN), 0, 2, 0, 0.5, 1)).toBeNaN();
    expect(marginSoftmax(of(0.5, 0.25), 0, 2, 0, Number.NaN, 1)).toBeNaN();
  });
});
