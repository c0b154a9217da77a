/** Which rows belong together, and when two sides are not of the same rows. */
import { describe, expect, it, test } from 'vitest';
import { align } from '../../../src/engine/compare/align.ts';
import { KeyNumbers } from '../../../src/engine/compare/keys.ts';
import { pairRows } from '../../../src/engine/compare/pairing.ts';
import { faultIn } from '../../support/fault.ts';
import { compared, type Rows, side } from '../../support/sides.ts';

const BASE: Rows = {
  losses: [1, 2, 3, 4, 5, 6, 7, 8],
  keys: [...'abcdefgh'],
  slices: [...'xxxxyyyy'],
  clusters: [0, 0, 1, 1, 2, 2, 3, 3],
};
const CANDIDATE: Rows = { ...BASE, losses: [1.5, 2, 3.5, 4, 5.5, 6, 7.5, 8] };

/** Rows in another order, or some of them. */
function take(rows: Rows, order: readonly number[]): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([name, values]) => [name, Array.isArray(values) ? order.map((row) => values[row]) : values]),
  ) as unknown as Rows;
}

const withoutKeys = ({ keys: _, ...rows }: Rows): Rows => rows;

describe('by key', () => {
  it('gives the same bits whatever the order of both files', async () => {
    const given = await compared(BASE, CANDIDATE);
    for (const [mine, other] of [
      [
        [7, 6, 5, 4, 3, 2, 1, 0],
        [0, 1, 2, 3, 4, 5, 6, 7],
      ],
      [
        [3, 1, 4, 0, 5, 2, 7, 6],
        [6, 2, 7, 1, 0, 3, 5, 4],
      ],
    ]) {
      const { comparisons, gates } = await compared(take(BASE, mine), take(CANDIDATE, other));
      expect(comparisons).toEqual(given.comparisons);
      expect(gates).toEqual(given.gates);
    }
  });

  it('finds the pairs that rows in order would hide', async () => {
    const [base, shuffled] = [{ ...BASE }, take(CANDIDATE, [1, 0, 3, 2, 5, 4, 7, 6])].map(({ losses, keys = [] }) => ({
      losses,
      keys,
    }));
    const [byKey] = (await compared(base, shuffled)).comparisons;
    const [byOrder] = (await compared(withoutKeys(base), withoutKeys(shuffled))).comparisons;
    expect(byKey.paired?.high).toBeLessThan(byOrder.paired?.high as number); // the mutant: pairs by order
    expect([byKey.paired?.rows?.wins, byOrder.paired?.rows?.wins]).toEqual([0, 4]);
  });

  it('names rows without a partner, and drops them where that is asked for', async () => {
    const fault = await faultIn(() => compared(BASE, take(CANDIDATE, [0, 1, 2, 3, 4, 5])));
    expect(fault.message).toBe('--on: rows without a partner: 2 of base.csv ("g", "h"); with one: 6');
    const { pairing, comparisons, warnings } = await compared(
      take(BASE, [1, 2, 3, 4, 5, 6, 7]),
      take(CANDIDATE, [0, 1, 2, 3, 4, 5]),
      {
        unmatched: 'drop',
      },
    );
    expect(pairing).toMatchObject({ matched: 5, unmatchedBase: 2, unmatchedCandidate: 1 });
    expect(comparisons[0]).toMatchObject({ n: 5, base: 4, candidate: 4.3 - 0.1 });
    expect(warnings.map(({ code }) => code)).toContain('unmatched');
  });

  it('refuses files that share no key', async () => {
    const fault = await faultIn(() => compared(BASE, { ...CANDIDATE, keys: [...'stuvwxyz'] }, { unmatched: 'drop' }));
    expect(fault.message).toBe('no row of cand.csv has a partner in base.csv');
  });
});

describe('by order', () => {
  it('wants as many rows', async () => {
    const fault = await faultIn(() => compared(withoutKeys(BASE), withoutKeys(take(CANDIDATE, [0, 1, 2]))));
    expect(fault.message).toBe('base.csv has 8 rows, cand.csv has 3');
  });

  it('finds rows in another order by their targets', async () => {
    const targets = [1, 2, 3, 4, 5, 6, 7, 8];
    const base = { ...withoutKeys(BASE), targets };
    const { gates, warnings } = await compared(base, take({ ...withoutKeys(CANDIDATE), targets }, [1, 0, 2, 3, 4, 5, 6, 7]));
    expect(new Set(gates.map(({ status }) => status))).toEqual(new Set(['other-rows']));
    expect(warnings[0].message).toMatch(/^cand.csv: 2 of 8 rows have other targets or weights than in base.csv, first row 1; --on/);
    expect((await compared(base, { ...withoutKeys(CANDIDATE), targets })).warnings.map(({ code }) => code)).toEqual(['few-units']);
  });
});

describe('pairs that are not of one row', () => {
  test.each<[string, Rows, Rows]>([
    ['other slices', BASE, { ...CANDIDATE, slices: [...'xxxyyyyy'] }],
    ['other clusters', BASE, { ...CANDIDATE, clusters: [0, 1, 1, 1, 2, 2, 3, 3] }],
    ['clusters split', BASE, { ...CANDIDATE, clusters: [0, 4, 1, 1, 2, 2, 3, 3] }],
    ['clusters together', BASE, { ...CANDIDATE, clusters: [0, 0, 0, 0, 2, 2, 3, 3] }],
  ])('%s', async (_, base, candidate) => {
    const { gates, warnings } = await compared(base, candidate);
    expect(gates[0].status).toBe('other-rows');
    expect(warnings.map(({ code }) => code)).toContain('other-rows');
  });

  it('are not those whose clusters have other numbers', async () => {
    const { gates } = await compared(BASE, { ...CANDIDATE, clusters: [3, 3, 2, 2, 1, 1, 0, 0] });
    expect(gates[0].status).not.toBe('other-rows');
  });

  it('are those that one side has skipped', async () => {
    const { comparisons, gates } = await compared(BASE, { ...CANDIDATE, skipped: [7] });
    expect(comparisons[0]).toMatchObject({ n: 7, onlyBase: 1, onlyCandidate: 0 });
    expect(new Set(gates.map(({ status }) => status))).toEqual(new Set(['skipped-apart']));
    const both = await compared({ ...BASE, skipped: [7] }, { ...CANDIDATE, skipped: [7] });
    expect(both.comparisons[0]).toMatchObject({ n: 7, onlyBase: 0, onlyCandidate: 0 });
  });
});

describe('values of groups', () => {
  const names = new KeyNumbers();
  const grouped = (groups: string[], losses: number[]) => {
    const one = side('x', names, { losses, keys: groups.map((_, row) => `${row}`) });
    return { ...one, identity: { ...one.identity, groups } };
  };

  it('pair by the name of the group, wherever its first row stands', () => {
    const [base, candidate] = [grouped(['q', 'r', 's'], [1, 2, 3]), grouped(['s', 'q', 'r'], [30, 10, 20])];
    const pairs = align(base, candidate, pairRows(base, candidate, 'error'), ({ losses }) => losses[0].rows, true);
    expect([pairs?.base, pairs?.candidate]).toMatchObject([
      { value: Float64Array.of(1, 2, 3) },
      { value: Float64Array.of(10, 20, 30) },
    ]);
  });
});
