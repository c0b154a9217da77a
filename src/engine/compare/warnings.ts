/** What a reader of a comparison should know although its numbers stand. */
import type { Warning } from '../result.ts';
import type { Judgement } from './judge.ts';
import type { Pairing } from './pairing.ts';
import type { Settings } from './settings.ts';
import { type Side, sliceName } from './side.ts';

/** Intervals of fewer units are too short: bench/README.md, coverage. */
const FEW_UNITS = 30;

export function pairingWarnings(base: Side, candidate: Side, pairing: Pairing): Warning[] {
  const { matched, unmatchedBase, unmatchedCandidate, others, firstOther } = pairing;
  const warnings: Warning[] = [];
  if (others > 0) {
    const hint = base.identity.keys ? '' : '; --on COLUMN pairs rows by a key';
    const message = `${candidate.name}: ${others} of ${matched} rows have other targets or weights than in ${base.name}, first ${firstOther}${hint}`;
    warnings.push({ code: 'other-rows', severity: 'warn', message });
  }
  if (unmatchedBase + unmatchedCandidate > 0) {
    const message = `${matched} rows paired; without a partner: ${unmatchedBase} of ${base.name} and ${unmatchedCandidate} of ${candidate.name}`;
    warnings.push({ code: 'unmatched', severity: 'info', message });
  }
  return warnings;
}

/** What is to be said of the intervals of one candidate. */
export function intervalWarnings(
  name: string,
  judgements: readonly Judgement[],
  { resamples, level, adjust }: Settings,
): Warning[] {
  const warnings: Warning[] = [];
  const units = judgements.flatMap(({ comparison: { paired, few } }) => (paired && !few ? [paired.units] : []));
  const short = units.filter((count) => count < FEW_UNITS);
  if (short.length > 0) {
    const intervals = short.length === 1 ? 'an interval is' : `${short.length} intervals are`;
    const message = `${name}: ${intervals} of fewer than ${FEW_UNITS} rows or clusters (${Math.min(...short)}), and too short`;
    warnings.push({ code: 'few-units', severity: 'warn', message });
  }
  const family = judgements.filter(({ adjusted }) => adjusted !== null);
  const slices = new Set(family.map(({ comparison }) => sliceName(comparison.slice))).size;
  const needed = Math.ceil((2 * slices) / (1 - level));
  if (adjust !== 'none' && slices > 0 && resamples < needed) {
    const message = `${name}: ${resamples} resamples are too few for ${slices} slices, of which none can fail: --resamples ${needed}`;
    warnings.push({ code: 'resamples', severity: 'warn', message });
  }
  return warnings;
}
