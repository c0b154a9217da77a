/** Losses that are one number for all rows, against SciPy: fixtures/statistics/make.py, make_folds. */
import { describe, expect, it } from 'vitest';
import { compareSides } from '../../../src/engine/compare/compare.ts';
import { KeyNumbers } from '../../../src/engine/compare/keys.ts';
import { sideOf } from '../../../src/engine/compare/side.ts';
import { outcomeOf } from '../../support/memory-table.ts';
import { SETTINGS } from '../../support/sides.ts';
import { casesOf, expectClose } from '../statistics/golden.ts';

type Ends = [number, number];

interface Case {
  readonly name: string;
  readonly loss: string;
  readonly target: number[];
  readonly base: number[];
  readonly candidate: number[];
  readonly weight: number[];
  readonly values: Ends;
  readonly 'difference percentile': Ends;
  readonly 'difference bca': Ends;
  readonly 'beyond percentile': Ends;
  readonly 'beyond bca': Ends;
}

const CASES = casesOf<Case>('comparison-folds');

async function ours({ loss, target, weight, ...sides }: Case, method: 'percentile' | 'bca', shift = 0) {
  const names = new KeyNumbers();
  const run = (pred: number[]) => {
    const columns = { target: target.map((y) => y + shift), pred: pred.map((y) => y + shift), w: weight };
    return outcomeOf(columns, { loss, weight: 'w', keepRows: true, identify: names, batchRows: 50 });
  };
  const [base, candidate] = [await run(sides.base), await run(sides.candidate)];
  const [{ chosen }] = base.finished.runs;
  const settings = { ...SETTINGS, method, resamples: 20_000, tolerance: { rel: 0.02, abs: 0 } };
  const { comparisons, gates } = await compareSides(
    sideOf('base', base),
    sideOf('candidate', candidate),
    [chosen],
    settings,
    async () => {},
  );
  return { comparison: comparisons[0], gate: gates[0] };
}

describe('a comparison of what is no mean of rows', () => {
  it.each(CASES.flatMap((golden) => (['percentile', 'bca'] as const).map((method) => ({ golden, method, name: golden.name }))))(
    'has the values and the $method interval of SciPy: $name',
    async ({ golden, method }) => {
      const { comparison, gate } = await ours(golden, method);
      expectClose(comparison.base, golden.values[0]);
      expectClose(comparison.candidate, golden.values[1]);
      expect(comparison.paired?.rows).toBeNull();
      const [low, high] = golden[`difference ${method}`];
      const near = (actual: number | undefined, expected: number) =>
        expect(Math.abs(Number(actual) - expected) / (high - low)).toBeLessThan(0.04);
      near(comparison.paired?.low, low);
      near(comparison.paired?.high, high);
      near(gate.value, golden[`beyond ${method}`][gate.statistic?.endsWith('.lo') ? 0 : 1]);
    },
  );

  it('has no interval where its sums have lost the digits that matter', async () => {
    const golden = CASES.find(({ loss }) => loss === 'rse') as Case;
    const { comparison, gate } = await ours(golden, 'percentile', 2 ** 40);
    expect(comparison.base).toBeGreaterThan(0.1);
    expect([comparison.paired, gate.status]).toEqual([null, 'no-interval']);
  });
});
