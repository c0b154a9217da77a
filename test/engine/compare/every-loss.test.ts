/** Every loss of the catalogue, compared with itself: what its rows add up to is its value, and nothing is worse. */
import { describe, expect, it, test } from 'vitest';
import { align, type Pairs } from '../../../src/engine/compare/align.ts';
import { compareSides } from '../../../src/engine/compare/compare.ts';
import { KeyNumbers } from '../../../src/engine/compare/keys.ts';
import { valuesOf } from '../../../src/engine/compare/measure.ts';
import { pairRows } from '../../../src/engine/compare/pairing.ts';
import { sideOf } from '../../../src/engine/compare/side.ts';
import { pickRows } from '../../../src/engine/kept-rows.ts';
import { LOSSES } from '../../../src/losses/index.ts';
import { joinedRows } from '../../support/golden-rows.ts';
import { outcomeOf } from '../../support/memory-table.ts';
import { SETTINGS } from '../../support/sides.ts';

/** One number for all rows that no few sums give: the largest of them, ranges, many bins. */
const NO_SUMS = ['max-error', 'nrmse', 'ece', 'mce'];

async function sideFor(loss: string) {
  const { columns, evaluation } = joinedRows(loss);
  const outcome = await outcomeOf(columns, { ...evaluation, keepRows: true, identify: new KeyNumbers(), batchRows: 5 });
  const side = sideOf('x', outcome);
  const [{ chosen }] = outcome.finished.runs;
  const perGroup = chosen.loss.kind === 'group' && chosen.loss.values === 'group';
  const pairs = align(side, side, pairRows(side, side, 'error'), ({ losses }) => losses[0].rows, perGroup);
  return { side, pairs, chosen, value: outcome.results[0].value };
}

describe.each(LOSSES.map(({ name }) => name))('%s', (loss) => {
  it('has the value that its rows add up to', async () => {
    const { pairs, chosen, value } = await sideFor(loss);
    if (!pairs) {
      expect(NO_SUMS).toContain(loss);
      return;
    }
    expect(NO_SUMS).not.toContain(loss);
    const { base, candidate } = valuesOf(pairs, { chosen, direction: 'lower' });
    expect(candidate).toBe(base);
    if (Number.isFinite(value)) expect(Math.abs(base - value)).toBeLessThanOrEqual(1e-9 * Math.abs(value));
    else expect(base).toBe(value);
  });

  it('is no worse than itself', async () => {
    const { side, chosen, value } = await sideFor(loss);
    const { comparisons, gates } = await compareSides(side, side, [chosen], { ...SETTINGS, resamples: 50 }, async () => {});
    const [{ base, candidate, difference, paired }] = comparisons;
    expect([base, candidate]).toEqual([value, value]);
    if (!Number.isFinite(value)) return;
    expect(difference).toBe(0);
    if (paired && paired.units > 1) expect([paired.low, paired.high]).toEqual([0, 0]);
    for (const gate of gates) expect(gate.pass).toBe(gate.status === 'ok');
  });
});

test('a row less would be found out', async () => {
  const withoutLast = ({ base, candidate }: Pairs) => {
    const kept = base.order.subarray(1).map((_, i) => i);
    return { base: pickRows(base, kept), candidate: pickRows(candidate, kept) };
  };
  for (const loss of ['mae', 'rmse', 'dice', 'cross-entropy']) {
    const { pairs, chosen, value } = await sideFor(loss);
    const { base } = valuesOf(withoutLast(pairs as Pairs), { chosen, direction: 'lower' });
    expect(Math.abs(base - value)).toBeGreaterThan(1e-9 * Math.abs(value));
  }
});
