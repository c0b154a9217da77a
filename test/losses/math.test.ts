import { describe, expect, it } from 'vitest';
import { boxOverlap, noOverlap } from '../../src/losses/math/box-overlap.ts';
import { poissonDivergence } from '../../src/losses/math/deviance.ts';
import { generalizedKlOfLog, jensenShannon } from '../../src/losses/math/divergence.ts';
import { logFactorial } from '../../src/losses/math/log-factorial.ts';
import { log1pRatio, logRatio, times } from '../../src/losses/math/logarithm.ts';
import { largestOther } from '../../src/losses/math/margins.ts';
import { distanceFromTop, indexOfMax, logTail } from '../../src/losses/math/softmax.ts';
import { sigmoid, softplusTail } from '../../src/losses/math/softplus.ts';
import { dot, unitVectors } from '../../src/losses/math/unit-vectors.ts';
import { difference } from '../support/goldens.ts';

const INF = Number.POSITIVE_INFINITY;

/* Reference values: mpmath 1.2.1 at 700 digits, rounded to float64. */
const MPMATH_SOFTPLUS: readonly [number, number][] = [
  [0.0, 0.6931471805599453],
  [0.5, 0.4740769841801067],
  [-1.0, 0.3132616875182228],
  [3.25, 0.038041371687783126],
  [-20.0, 2.061153620314381e-9],
  [36.7, 1.1518409493076095e-16],
  [50.0, 1.9287498479639178e-22],
  [-700.0, 9.85967654375977e-305],
  [1e-10, 0.6931471805099453],
];
const MPMATH_SIGMOID: readonly [number, number][] = [
  [0.0, 0.5],
  [0.5, 0.6224593312018546],
  [-1.0, 0.2689414213699951],
  [3.25, 0.9626731126558705],
  [-20.0, 2.0611536181902037e-9],
  [36.7, 0.9999999999999999],
  [-50.0, 1.9287498479639178e-22],
  [-700.0, 9.85967654375977e-305],
  [1e-10, 0.500000000025],
];
const MPMATH_LOG_RATIO: readonly [number, number, number][] = [
  [0.3, 0.30000001, -3.3333332760232596e-8],
  [1.0, 2.0, -0.6931471805599453],
  [2.0, 1.0, 0.6931471805599453],
  [1e-320, 1.0, -736.8272408909739],
  [1.0, 1e-320, 736.8272408909739],
  [1e300, 1e-300, 1381.5510557964274],
  [0.1, 0.15, -0.4054651081081643],
  [1.0000000000000002, 1.0, 2.2204460492503128e-16],
  [7.0, 4.9, 0.3566749439387323],
];
const MPMATH_LOG1P_RATIO: readonly [number, number, number][] = [
  [100.0, 100.0000001, -9.900989506304696e-10],
  [0.0, 1e20, -46.051701859880914],
  [1e20, 0.0, 46.051701859880914],
  [-0.5, 0.5, -1.0986122886681098],
  [-0.999999, 3.0, -15.201804919055409],
  [1e-12, 2e-12, -9.999999999985e-13],
  [1e308, -0.9999999, 725.3143042936507],
  [3.0, 2.0, 0.2876820724517809],
  [1e-300, 0.0, 1e-300],
];
const MPMATH_NLL: readonly [readonly number[], number, number][] = [
  [[0.0, 0.0, 0.0], 0.0, 1.0986122886681098],
  [[2.0, 0.5, -1.0], 0.0, 0.24131129665715706],
  [[2.0, 0.5, -1.0], 2.0, 3.241311296657157],
  [[10000.0, 0.0], 0.0, 0.0],
  [[10000.0, 0.0], 1.0, 10000.0],
  [[40.0, 0.0, 1.0], 0.0, 1.5796578428307375e-17],
  [[-10000.0, -10040.0], 0.0, 4.248354255291589e-18],
  [[1e20, 1e20], 1.0, 0.6931471805599453],
  [[5.0], 0.0, 0.0],
  [[100.0, 64.0, 60.0, 100.0], 0.0, 0.6931471805599454],
];
const MPMATH_LOG_FACTORIAL: readonly [number, number][] = [
  [1e-300, -5.772156649015329e-301],
  [1e-10, -5.7721566481928616e-11],
  [0.25, -0.09827183642181316],
  [0.4616321449683623, -0.12148629053584961],
  [0.49999999, -0.12078223800014491],
  [0.5, -0.12078223763524522],
  [0.75, -0.08440112102048555],
  [0.9999999, -4.227843026292281e-8],
  [1.0000001, 4.227843675920197e-8],
  [1.25, 0.1248717148923966],
  [1.4999999, 0.2846828001572575],
  [1.5, 0.2846828704729192],
  [2.0, 0.6931471805599453],
  [2.5, 1.2009736023470743],
  [3.0, 1.791759469228055],
  [3.7, 2.7364051463155667],
  [5.0, 4.787491742782046],
  [8.0, 10.60460290274525],
  [8.9999999, 12.801827254906213],
  [9.0, 12.801827480081469],
  [10.0, 15.104412573075516],
  [17.3, 34.366330679679024],
  [100.0, 363.73937555556347],
  [170.6, 709.6573587630563],
  [10000.0, 82108.92783681436],
  [1e20, 4.505170185988091e21],
  [1e300, 6.897755278982137e302],
];

function expectWithin(got: number, expected: number, tolerance = 1e-15): void {
  expect(difference(got, expected), `${got} for ${expected}`).toBeLessThanOrEqual(tolerance);
}

describe('softplus', () => {
  it.each(MPMATH_SOFTPLUS)('tail at %d is %d', (x, expected) => expectWithin(softplusTail(x), expected));

  it('is finite at infinities and NaN at NaN', () => {
    expect([softplusTail(INF), softplusTail(-INF), softplusTail(Number.NaN)]).toEqual([0, 0, Number.NaN]);
  });

  it.each(MPMATH_SIGMOID)('sigmoid of %d is %d', (x, expected) => expectWithin(sigmoid(x), expected));

  it('sigmoid reaches its ends', () => {
    expect([sigmoid(INF), sigmoid(-INF), sigmoid(-1e4), sigmoid(1e4), sigmoid(Number.NaN)]).toEqual([1, 0, 0, 1, Number.NaN]);
  });
});

describe('times', () => {
  it('makes nothing of infinity when there is nothing of it', () => {
    expect([times(0, INF), times(0, -INF), times(0, 5), times(-0, INF)]).toEqual([0, 0, 0, 0]);
  });

  it('keeps NaN and multiplies otherwise', () => {
    expect([times(0, Number.NaN), times(Number.NaN, 0), times(2, 3), times(2, -INF)]).toEqual([Number.NaN, Number.NaN, 6, -INF]);
  });
});

describe('logarithms of ratios', () => {
  it.each(MPMATH_LOG_RATIO)('ln(%d / %d) is %d', (a, b, expected) => expectWithin(logRatio(a, b), expected));
  it.each(MPMATH_LOG1P_RATIO)('ln((1 + %d) / (1 + %d)) is %d', (a, b, expected) => expectWithin(log1pRatio(a, b), expected));

  it('end in infinities', () => {
    expect([logRatio(0, 1), logRatio(1, 0), logRatio(INF, 1)]).toEqual([-INF, INF, INF]);
    expect([logRatio(Number.NaN, 1), logRatio(1, Number.NaN), logRatio(0, 0)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('softmax', () => {
  const nll = (row: readonly number[], c: number) => {
    const data = Float64Array.from([99, ...row, 99]); // neighbours that must not be read
    const top = indexOfMax(data, 1, row.length);
    return distanceFromTop(data[top], data[1 + c]) + logTail(data, 1, row.length, top);
  };

  it.each(MPMATH_NLL)('-ln softmax(%j)[%d] is %d', (row, c, expected) => expectWithin(nll(row, c), expected));

  it('is right with masked classes and certain ones', () => {
    expect(nll([0, -INF, 0], 0)).toBe(Math.LN2);
    expect(nll([0, -INF, 0], 1)).toBe(INF);
    expect(nll([1, INF, 0], 1)).toBe(0);
    expect(nll([1, INF, 0], 0)).toBe(INF);
    expect(nll([-INF, 3, -INF], 1)).toBe(0);
  });

  it('is not a number where there is no distribution, or a NaN', () => {
    for (const row of [
      [-INF, -INF],
      [INF, INF],
      [Number.NaN, 1],
      [1, Number.NaN],
      [1, 2, Number.NaN],
    ])
      expect(nll(row, 0)).toBeNaN();
  });

  it('takes the first of equal largest values', () => {
    expect(indexOfMax(Float64Array.of(1, 3, 3, 2), 0, 4)).toBe(1);
  });
});

describe('ln(y!)', () => {
  it.each(MPMATH_LOG_FACTORIAL)('of %d is %d', (y, expected) => expectWithin(logFactorial(y), expected));

  it('is 0 at 0 and 1, grows without end and keeps NaN', () => {
    expect([logFactorial(0), logFactorial(1), logFactorial(1e308)]).toEqual([0, 0, INF]);
    expect(logFactorial(Number.NaN)).toBeNaN();
  });

  it('adds ln y from y - 1 to y, across all its parts', () => {
    for (let y = 1.1; y < 40; y += 0.07) expectWithin(logFactorial(y) - logFactorial(y - 1), Math.log(y), 2e-13);
  });
});

describe('boxes', () => {
  const overlapOf = (a: readonly number[], b: readonly number[]) => {
    const into = noOverlap();
    boxOverlap(Float64Array.from([9, ...a]), Float64Array.from([8, ...b]), 1, into);
    return into;
  };

  it.each([
    ['equal', [0, 0, 2, 3], [0, 0, 2, 3], { intersection: 6, difference: 0, union: 6, enclosure: 6 }],
    ['overlapping', [0, 0, 2, 2], [1, 1, 3, 3], { intersection: 1, difference: 6, union: 7, enclosure: 9 }],
    ['one inside', [0, 0, 4, 4], [1, 1, 2, 2], { intersection: 1, difference: 15, union: 16, enclosure: 16 }],
    ['touching', [0, 0, 1, 1], [1, 0, 2, 1], { intersection: 0, difference: 2, union: 2, enclosure: 2 }],
    ['apart', [0, 0, 1, 1], [3, 3, 4, 5], { intersection: 0, difference: 3, union: 3, enclosure: 20 }],
    ['points', [1, 1, 1, 1], [1, 1, 1, 1], { intersection: 0, difference: 0, union: 0, enclosure: 0 }],
  ])('%s', (_, a, b, expected) => {
    expect(overlapOf(a, b)).toMatchObject(expected);
    expect(overlapOf(b, a)).toMatchObject(expected);
  });

  it('keep NaN', () => {
    const { intersection, union, enclosure } = overlapOf([0, Number.NaN, 1, 1], [0, 0, 1, 1]);
    expect([intersection, union, enclosure]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });
});

describe('unit vectors', () => {
  it.each([
    [
      [3, 4],
      [0.6, 0.8],
    ],
    [
      [3e200, 4e200],
      [0.6, 0.8],
    ],
    [
      [-3e-200, 4e-200],
      [-0.6, 0.8],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [
      [1e20, 1],
      [1, 1e-20],
    ],
  ])('%j has the direction %j', (vector, expected) => {
    const units = unitVectors(Float64Array.from([7, 0, ...vector]), 2, 2);
    expect([...units.subarray(0, 2)]).toEqual([1, 0]);
    for (const [i, value] of expected.entries()) expectWithin(units[2 + i], value);
  });

  it('of NaN are NaN', () => {
    expect([...unitVectors(Float64Array.of(Number.NaN, 0), 2, 1)]).toEqual([Number.NaN, Number.NaN]);
  });

  it('multiply from any place', () => {
    expect(dot(Float64Array.of(9, 1, 2), 1, Float64Array.of(3, 4, 9), 0, 2)).toBe(11);
  });
});

/* Reference values: mpmath at 60 digits, rounded to float64. */
const MPMATH_JENSEN_SHANNON: readonly [number, number, number][] = [
  [0.3, 0.30000001, 4.166666592835925e-17],
  [0.2, 0.5, 0.033207157191140826],
  [0.1, 0.9, 0.18403210358424854],
  [1e-10, 1, 0.34657358911333747],
  [0.25, 0.75, 0.06540601797056848],
];

describe('divergences', () => {
  it('from the logarithm of a ratio is that of the numbers, as exact as that is', () => {
    for (const p of [0.2, 1, 3]) {
      for (const d of [1e-8, -1e-3, 0.4, -0.6, 5, -5]) {
        const q = p * Math.exp(-d);
        expectWithin(generalizedKlOfLog(p, q, d), poissonDivergence(p, q), Math.max(1e-14, 1e-15 / Math.abs(d)));
      }
    }
  });

  it('of nothing is what there is instead, and of something against nothing infinite', () => {
    expect([generalizedKlOfLog(0, 0, Number.NaN), generalizedKlOfLog(0, 2, -INF), generalizedKlOfLog(2, 0, INF)]).toEqual([
      0,
      2,
      INF,
    ]);
    expect([generalizedKlOfLog(Number.NaN, 1, Number.NaN), generalizedKlOfLog(0, Number.NaN, Number.NaN)]).toEqual([
      Number.NaN,
      Number.NaN,
    ]);
  });

  it.each(MPMATH_JENSEN_SHANNON)('Jensen-Shannon of %d and %d is %d, either way', (p, q, expected) => {
    expectWithin(jensenShannon(p, q), expected, 2e-15);
    expectWithin(jensenShannon(q, p), expected, 2e-15);
  });

  it('Jensen-Shannon ends at half of ln 2 for all against nothing', () => {
    expect([jensenShannon(1, 0), jensenShannon(0, 1), jensenShannon(0, 0)]).toEqual([Math.LN2 / 2, Math.LN2 / 2, 0]);
    expect(jensenShannon(Number.NaN, 0)).toBeNaN();
  });
});

describe('margins', () => {
  it('see the largest of the others, and every NaN', () => {
    const data = Float64Array.of(9, 1, 3, 2, 9);
    expect([largestOther(data, 1, 3, 2), largestOther(data, 1, 3, 1), largestOther(data, 1, 3, -1)]).toEqual([2, 3, 3]);
    expect(largestOther(Float64Array.of(1, Number.NaN), 0, 2, 0)).toBeNaN();
  });
});
