/** What a reader of a comparison should know although its numbers stand. */
import type { Warning } from '../result.ts';
import type { Judgement } from './judge.ts';
import type { Pairing } from './pairing.ts';
import type { Settings } from './settings.ts';
import type { Side } from './side.ts';

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

/** What is to be said of the intervals. */
export function intervalWarnings(judgements: readonly Judgement[], { resamples, level, adjust }: Settings): Warning[] {
  const warnings: Warning[] = [];
  const judged = judgements.flatMap(({ comparison }) => (comparison.paired && !comparison.few ? [comparison.paired.units] : []));
  const few = judged.filter((units) => units < FEW_UNITS);
  if (few.length > 0) {
    const message = `${few.length} of ${judged.length} intervals are of fewer than ${FEW_UNITS} units (the smallest of ${Math.min(...few)}): they are too short`;
    warnings.push({ code: 'few-units', severity: 'warn', message });
  }
  const slices =
    judgements.filter(({ adjusted }) => adjusted !== null).length / new Set(judgements.map((j) => j.comparison.id)).size;
  const needed = Math.ceil((2 * slices) / (1 - level));
  if (adjust !== 'none' && slices > 0 && resamples < needed) {
    const message = `${resamples} resamples are too few for ${slices} slices: none can fail; --resamples ${needed}`;
    warnings.push({ code: 'resamples', severity: 'warn', message });
  }
  return warnings;
}
