/** Slices of a comparison: many of them must not raise more false alarms than one, and none may be green for want of rows. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/engine/statistics/random.ts';
import { compared, type Rows } from '../../support/sides.ts';

const SLICES = 20;
const EACH = 40;

/** Losses of two models that are alike, but in one slice; differences are symmetric. */
function rows(seed: number, worseBy: number): [Rows, Rows] {
  const random = new Random(seed);
  const slices = Array.from({ length: SLICES * EACH }, (_, i) => `s${i % SLICES}`);
  const base = slices.map(() => 1 + random.uniform());
  const candidate = base.map((loss, i) => loss + (random.uniform() - 0.5) + (slices[i] === 's7' ? worseBy : 0));
  return [
    { losses: base, slices },
    { losses: candidate, slices },
  ];
}

async function failing(seed: number, worseBy: number, adjust: 'holm' | 'bh' | 'none'): Promise<string[]> {
  const { gates } = await compared(...rows(seed, worseBy), { adjust, resamples: 1000 });
  return gates.flatMap(({ slice, status, pass }) => (slice && status === 'ok' && !pass ? [String(slice.get('region'))] : []));
}

describe('slices that are alike', () => {
  it('seldom fail together with others, and often would one by one', async () => {
    const count = { holm: 0, none: 0 };
    for (let seed = 1; seed <= 16; seed++) {
      for (const adjust of ['holm', 'none'] as const) if ((await failing(seed, 0, adjust)).length > 0) count[adjust]++;
    }
    expect(count.holm).toBeLessThanOrEqual(2); // 2.5 % of 16
    expect(count.none).toBeGreaterThan(3); // the mutant: 1 - 0.975^20 = 40 %
  });

  it('do not hide the one that is worse', async () => {
    for (const adjust of ['holm', 'bh', 'none'] as const) expect(await failing(3, 0.5, adjust)).toContain('s7');
  });
});

describe('the p-values of slices', () => {
  it('are adjusted over the slices that are judged, and those of all rows are not', async () => {
    const { comparisons } = await compared(...rows(5, 0.2));
    const [overall, ...slices] = comparisons.map(({ paired }) => paired?.rows);
    expect(overall?.adjusted).toEqual(overall?.pValues);
    const smallest = Math.min(...slices.map((one) => one?.pValues.signFlip as number));
    expect(Math.min(...slices.map((one) => one?.adjusted.signFlip as number))).toBeCloseTo(Math.min(1, SLICES * smallest), 12);
  });

  it('do not count slices that are too small to be judged', async () => {
    const [base, candidate] = rows(5, 0.2);
    const slices = (base.slices ?? []).map((name, i) => (name === 's7' || i < SLICES ? name : 's0'));
    const { comparisons, gates } = await compared({ ...base, slices }, { ...candidate, slices }, { minN: 10 });
    expect(comparisons.filter(({ few }) => few)).toHaveLength(SLICES - 2);
    expect(gates).toHaveLength(3);
    const [first, second] = comparisons.filter(({ few, slice }) => slice && !few).map(({ paired }) => paired?.rows);
    const p = [first?.pValues.wilcoxon as number, second?.pValues.wilcoxon as number];
    expect(Math.min(first?.adjusted.wilcoxon as number, second?.adjusted.wilcoxon as number)).toBe(2 * Math.min(...p));
  });

  it('need resamples enough for a slice to fail at all', async () => {
    const codes = async (resamples: number) => (await compared(...rows(3, 0.5), { resamples })).warnings.map(({ code }) => code);
    expect(await codes(799)).toEqual(['resamples']);
    expect(await codes(800)).toEqual([]);
  });
});

describe('a slice that has no pairs', () => {
  it('is without evidence, and is there', async () => {
    const slices = [...'aaaaaaaaaaaaab'];
    const keys = slices.map((_, i) => `k${i}`);
    const base = { losses: slices.map((_, i) => i), slices, keys };
    const candidate = { losses: base.losses.slice(0, 13), slices: slices.slice(0, 13), keys: keys.slice(0, 13) };
    const { comparisons, gates } = await compared(base, candidate, { unmatched: 'drop' });
    expect(comparisons.map(({ slice, n }) => [slice?.get('region'), n])).toEqual([
      [undefined, 13],
      ['a', 13],
      ['b', 0],
    ]);
    expect(gates.map(({ status, pass }) => [status, pass])).toEqual([
      ['ok', true],
      ['ok', true],
      ['empty', false],
    ]);
  });
});
