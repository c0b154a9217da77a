/** Whole comparisons against SciPy: fixtures/statistics/make.py, make_comparison. */
import { describe, expect, it } from 'vitest';
import type { Paired, PairedRows } from '../../../src/engine/compare/result.ts';
import { compared } from '../../support/sides.ts';
import { casesOf, expectClose } from '../statistics/golden.ts';

type Ends = [number, number];

interface Case {
  readonly name: string;
  readonly base: number[];
  readonly candidate: number[];
  readonly weight: number[];
  readonly cluster: number[];
  readonly values: Ends;
  readonly relative: number;
  readonly effect: number;
  readonly units: number;
  readonly rows: [number, number, number];
  readonly wilcoxon: number;
  readonly mcnemar?: number;
  readonly signFlip: number;
  readonly 'difference percentile': Ends;
  readonly 'difference bca': Ends;
  readonly 'beyond percentile': Ends;
  readonly 'beyond bca': Ends;
}

const CASES = casesOf<Case>('comparison');

async function ours({ base, candidate, weight, cluster }: Case, method: 'percentile' | 'bca', rel = 0) {
  const clusters = Array.isArray(cluster) ? { clusters: cluster } : {};
  const given = { weight, ...clusters };
  const settings = { method, resamples: 20_000, tolerance: { rel, abs: 0 } } as const;
  const { comparisons, gates } = await compared({ losses: base, ...given }, { losses: candidate, ...given }, settings);
  const paired = comparisons[0].paired as Paired;
  return { comparison: comparisons[0], paired, rows: paired.rows as PairedRows, gate: gates[0] };
}

describe('a comparison', () => {
  it.each(CASES)('of $name has the values, counts and p-values of SciPy', async (golden) => {
    const { comparison, paired, rows } = await ours(golden, 'percentile');
    const [base, candidate] = golden.values;
    expectClose(comparison.base, base);
    expectClose(comparison.candidate, candidate);
    expectClose(comparison.relative, golden.relative, 1e-11);
    expect([rows.wins, rows.ties, rows.losses]).toEqual(golden.rows);
    expect(paired.units).toBe(golden.units);
    expectClose(rows.effect, golden.effect, 1e-11);
    expectClose(rows.pValues.wilcoxon, golden.wilcoxon, 1e-11);
    if (golden.mcnemar === undefined) expect(rows.pValues.mcnemar).toBeNull();
    else expectClose(rows.pValues.mcnemar as number, golden.mcnemar);
  });

  it.each(CASES)('of $name has its sign-flip p-value, as far as 9,999 flips tell', async (golden) => {
    const { signFlip } = (await ours(golden, 'percentile')).rows.pValues;
    const spread = Math.sqrt((golden.signFlip * (1 - golden.signFlip)) / 9999);
    expect(Math.abs(signFlip - golden.signFlip)).toBeLessThan(4.5 * spread + 2e-4);
  });

  it.each(CASES.flatMap((golden) => (['percentile', 'bca'] as const).map((method) => ({ golden, method, name: golden.name }))))(
    'of $name has its $method interval, as far as draws agree',
    async ({ golden, method }) => {
      const { paired, gate } = await ours(golden, method, 0.02);
      const width = golden[`difference ${method}`][1] - golden[`difference ${method}`][0];
      const near = (actual: number, expected: number) => expect(Math.abs(actual - expected) / width).toBeLessThan(0.04);
      near(paired.low, golden[`difference ${method}`][0]);
      near(paired.high, golden[`difference ${method}`][1]);
      near(gate.value, golden[`beyond ${method}`][gate.statistic?.endsWith('.lo') ? 0 : 1]);
    },
  );
});
