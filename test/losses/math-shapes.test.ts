/** The arithmetic that losses of masks, boxes and embeddings share. */
import { describe, expect, it } from 'vitest';
import { SlotValues } from '../../src/engine/partial.ts';
import { addByColumns, Covariances } from '../../src/losses/math/comoments.ts';
import { cosine, cosineDistance, minkowski } from '../../src/losses/math/distances.ts';
import { centredSquares } from '../../src/losses/math/double-double.ts';
import { minusExpm1 } from '../../src/losses/math/logarithm.ts';
import { marginSoftmax } from '../../src/losses/math/margin-softmax.ts';
import { addMoments } from '../../src/losses/math/moments.ts';
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

describe('squares about the mean, from sums over rows', () => {
  it.each([0, 1e6, 2 ** 30, -1e9])('with weights that are no powers of 2, around %d', (offset) => {
    const slots = new SlotValues(4, () => 'sum');
    const [y, weight] = [
      [-1, 0, 1, 2],
      [0.3, 0.7, 0.9, 1.1],
    ];
    y.forEach((value, i) => {
      slots.add(3, weight[i]);
      addMoments(slots, 0, weight[i], value + offset, 0);
    });
    const { values, rest } = slots.finished();
    const [, sum, squares, total] = [0, 1, 2, 3].map((slot) => ({ high: values[slot], low: rest[slot] }));
    expect(difference(centredSquares(total, sum, squares), 5.6 - 2.8 ** 2 / 3)).toBeLessThan(1e-12);
  });
});

describe('covariances from sums over rows', () => {
  /** Slots: weights, their squares, sums of both columns, and of their squares and products. */
  function covariances(x: readonly number[], y: readonly number[], weight: readonly number[] = x.map(() => 1)) {
    const slots = new SlotValues(7, () => 'sum');
    const matrix = { data: of(...x.flatMap((value, i) => [value, y[i]])), width: 2 };
    addByColumns([matrix], x.length, of(...weight), slots, ([columns]) => {
      for (const j of [0, 1]) columns.addSum(slots, 2 + j, j);
      for (const j of [0, 1]) columns.addProducts(slots, 4 + j, j, columns, j);
      columns.addProducts(slots, 6, 0, columns, 1);
    });
    const { values, rest } = slots.finished();
    const all = new Covariances(values, rest);
    return [all.variance(2, 4), all.variance(3, 5), all.centred(2, 3, 6) / all.freedom];
  }

  it('divide by n - 1, and by no less than nothing', () => {
    expect(covariances([1, 3], [10, 30])).toEqual([2, 200, 20]);
    expect(covariances([5], [7])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('of more rows than a block, in any order', () => {
    const x = Array.from({ length: 2500 }, (_, i) => Math.sin(i));
    const y = x.map((value, i) => value + Math.cos(i * i));
    const given = covariances(x, y);
    expect(covariances(x.toReversed(), y.toReversed())).toEqual(given);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const plain = mean(x.map((value, i) => (value - mean(x)) * (y[i] - mean(y)))) * (2500 / 2499);
    expect(difference(given[2], plain)).toBeLessThan(1e-12);
  });

  it('keep their digits around a large mean, where plain sums of squares have none left', () => {
    const x = [-1, 0, 1, 2].map((part) => part + 2 ** 40);
    expect(covariances(x, x, [1, 2, 2, 1])).toEqual(covariances([-1, 0, 1, 2], [-1, 0, 1, 2], [1, 2, 2, 1]));
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(sum(x.map((value) => value * value)) - sum(x) ** 2 / 4).not.toBe(5);
  });

  it('leave nothing of a constant, and know NaN', () => {
    const tenth = [0.1, 0.1, 0.1].map((value) => value + 1e9);
    expect(covariances(tenth, [1, 2, 3.5], [0.3, 0.7, 0.9]).filter((value) => value === 0)).toHaveLength(2);
    expect(covariances([1, Number.NaN], [1, 2])).toEqual([Number.NaN, 0.5, Number.NaN]);
  });

  it('weights: no unit, 0 leaves a row out', () => {
    const [x, y, weight] = [
      [1, 4, 2, 9],
      [3, 1, 1, 2],
      [0.5, 1, 2, 0],
    ];
    const given = covariances(x, y, weight);
    expect(
      covariances(
        x,
        y,
        weight.map((w) => w * 1024),
      ),
    ).toEqual(given);
    expect(covariances(x.slice(0, 3), y.slice(0, 3), weight.slice(0, 3))).toEqual(given);
    expect(covariances(x, y)).not.toEqual(given);
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
