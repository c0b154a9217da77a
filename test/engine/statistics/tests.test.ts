import { describe, expect, it } from 'vitest';
import type { Alternative } from '../../../src/engine/statistics/alternative.ts';
import { mcnemarTest } from '../../../src/engine/statistics/mcnemar.ts';
import { benjaminiHochberg, holm } from '../../../src/engine/statistics/multiplicity.ts';
import { nonInferiority } from '../../../src/engine/statistics/non-inferiority.ts';
import { countPairs, effectSize, type PairCounts } from '../../../src/engine/statistics/paired.ts';
import { type WilcoxonOptions, wilcoxonTest } from '../../../src/engine/statistics/wilcoxon.ts';
import { casesOf, expectClose } from './golden.ts';

const scipys = { alternative: 'two-sided', zeros: 'wilcox', continuity: false } as const;

describe('the signed-rank test', () => {
  interface Case {
    readonly name: string;
    readonly differences: number[];
    readonly method: string;
    readonly results: (WilcoxonOptions & { statistic: number; pValue: number })[];
  }

  it.each(casesOf<Case>('wilcoxon'))('of $name is that of scipy.stats.wilcoxon', ({ differences, method, results }) => {
    for (const { statistic, pValue, ...options } of results) {
      const ours = wilcoxonTest(Float64Array.from(differences), options);
      expect([ours.method, ours.statistic]).toEqual([method, statistic]);
      expectClose(ours.pValue, pValue);
    }
  });

  it('does not depend on the order, and mirrors with the sign', () => {
    const d = Float64Array.from({ length: 300 }, (_, i) => Math.round(8 * Math.sin(i)) + 1);
    expect(wilcoxonTest(d.toReversed(), scipys)).toEqual(wilcoxonTest(d, scipys));
    const negated = d.map((x) => -x);
    expect(wilcoxonTest(negated, scipys)).toEqual(wilcoxonTest(d, scipys));
    const [less, greater] = (['less', 'greater'] as const).map((alternative) => ({ ...scipys, alternative, continuity: true }));
    expect(wilcoxonTest(negated, less).pValue).toBe(wilcoxonTest(d, greater).pValue);
    expect(wilcoxonTest(d, greater).pValue).toBeLessThan(0.05);
    expect(wilcoxonTest(d, less).pValue).toBeGreaterThan(0.95);
  });

  it('of nothing is NaN, of no difference 1', () => {
    expect(wilcoxonTest(new Float64Array(0), scipys).pValue).toBeNaN();
    expect(wilcoxonTest(Float64Array.of(1, Number.NaN, 2), scipys).pValue).toBeNaN();
    for (const zeros of ['wilcox', 'pratt'] as const)
      expect(wilcoxonTest(new Float64Array(9), { ...scipys, zeros }).pValue).toBe(1);
  });

  it('ranks an infinite difference last', () => {
    const [huge, infinite] = [1e9, Infinity].map((last) => wilcoxonTest(Float64Array.of(1, -2, 3, last, -last), scipys));
    expect(infinite).toEqual(huge);
  });
});

describe("McNemar's test", () => {
  interface Case {
    readonly onlyBase: number;
    readonly onlyCandidate: number;
    readonly alternative: Alternative;
    readonly exact: number;
    readonly corrected: number;
  }
  it.each(casesOf<Case>('mcnemar'))(
    'of $onlyBase against $onlyCandidate, $alternative',
    ({ onlyBase, onlyCandidate, alternative, exact, corrected }) => {
      const ours = mcnemarTest(onlyBase, onlyCandidate, alternative);
      expectClose(ours.exact, exact);
      expectClose(ours.corrected, corrected);
    },
  );
});

describe('pairs', () => {
  it.each(casesOf<{ name: string; differences: number[]; counts: PairCounts; effectSize: number }>('paired'))(
    '$name: wins, ties, losses and effect size',
    ({ differences, counts, effectSize: size }) => {
      const d = Float64Array.from(differences);
      expect(countPairs(d)).toEqual(counts);
      expectClose(effectSize(d), size);
      expect(effectSize(d.toReversed())).toBe(effectSize(d));
    },
  );

  it('whose difference is NaN are counted apart', () => {
    const d = Float64Array.of(Number.NaN, -1, -0, 0, 2);
    expect(countPairs(d)).toEqual({ wins: 1, ties: 2, losses: 1, undecided: 1 });
    expect(effectSize(d)).toBeNaN();
  });
});

describe('adjusted p-values', () => {
  it.each(casesOf<{ pValues: number[]; holm: number[]; benjaminiHochberg: number[] }>('multiplicity'))('of $pValues', (golden) => {
    holm(golden.pValues).forEach((p, i) => {
      expectClose(p, golden.holm[i]);
    });
    benjaminiHochberg(golden.pValues).forEach((p, i) => {
      expectClose(p, golden.benjaminiHochberg[i]);
    });
  });

  it('count a test without a p-value, which stays without', () => {
    expect(holm([0.01, Number.NaN, 0.2])).toEqual([0.03, Number.NaN, 0.4]);
    expect(benjaminiHochberg([Number.NaN, 0.01])).toEqual([Number.NaN, 0.02]);
    expect([holm([]), benjaminiHochberg([]), holm([Number.NaN])]).toEqual([[], [], [Number.NaN]]);
  });
});

describe('non-inferiority', () => {
  const [inf, nan] = [Infinity, Number.NaN];
  it.each([
    ['well within', -2, -1, 0, 'pass'],
    ['at the tolerance', -1, 0.5, 0.5, 'pass'],
    ['just above it', -1, 0.5000000000000001, 0.5, 'inconclusive'],
    ['around it', 0.4, 0.6, 0.5, 'inconclusive'],
    ['from it on', 0.5, 0.7, 0.5, 'inconclusive'],
    ['just beyond', 0.5000000000000001, 0.7, 0.5, 'fail'],
    ['no difference at all', 0, 0, 0, 'pass'],
    ['a NaN low', nan, 0, 1, 'inconclusive'],
    ['a NaN high', 0, nan, 1, 'inconclusive'],
    ['a NaN high of something bad', 5, nan, 1, 'inconclusive'],
    ['a NaN tolerance', -1, 0, nan, 'inconclusive'],
    ['an infinite base', -inf, -inf, 1, 'inconclusive'],
    ['an infinite candidate', inf, inf, 1, 'fail'],
    ['no lower end', -inf, 0, 1, 'inconclusive'],
    ['no upper end', 0, inf, inf, 'inconclusive'],
    ['ends exchanged', 1, 0, 2, 'inconclusive'],
  ])('%s: from %f to %f against %f is %s', (_, low, high, tolerance, verdict) => {
    expect(nonInferiority({ low, high }, tolerance)).toBe(verdict);
  });
});
