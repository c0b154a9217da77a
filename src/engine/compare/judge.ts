/** Comparisons -> gates: no worse than the tolerance, as far as the rows can tell. */
import type { Tolerance } from '../baseline.ts';
import type { Gate, Unjudged } from '../result.ts';
import { nonInferiority } from '../statistics/non-inferiority.ts';
import type { Measured } from './measure.ts';
import type { Comparison } from './result.ts';

/** What speaks against judging any comparison of a loss. */
export type Obstacle = Extract<Unjudged, 'other-rows' | 'other-method' | 'skipped-apart'>;

export interface Judgement {
  readonly comparison: Comparison;
  readonly measured: Measured | null;
  readonly obstacle: Obstacle | null;
  /** Of being no worse than the tolerance, held against that of the other slices; `null` where it is the only one. */
  readonly adjusted: number | null;
}

/** `no worse than rel=1%,abs=0.002`. */
function assertionText({ rel, abs }: Tolerance): string {
  const parts = [...(rel ? [`rel=${percentText(rel)}`] : []), ...(abs ? [`abs=${abs}`] : [])];
  return parts.length ? `no worse than ${parts.join()}` : 'no worse';
}

function percentText(share: number): string {
  return `${Number((100 * share).toPrecision(12))}%`;
}

/**
 * The gate shows the end of the interval that decides: the upper one where all of it has to lie within the tolerance, the lower one
 * where it lies beyond. A slice fails only if its p-value stands beside those of the other slices; that all have to pass
 * needs no such care.
 */
export function gateOf({ comparison, measured, obstacle, adjusted }: Judgement, tolerance: Tolerance, level: number): Gate {
  const { id, slice, status, n } = comparison;
  const { rel, abs } = tolerance;
  const about = { assert: assertionText(tolerance), result: id, slice, comparison: '<=', limit: abs } as const;
  const unjudged = (why: Gate['status']): Gate => ({ ...about, statistic: 'worse', value: Number.NaN, status: why, pass: false });
  if (n === 0) return unjudged('empty');
  if (obstacle) return unjudged(obstacle);
  if (status !== 'ok') return unjudged(status);
  if (!measured || measured.units < fewestUnits(level)) return unjudged('no-interval');
  const { low, high } = measured.beyond;
  if (Number.isNaN(low) || Number.isNaN(high)) return unjudged('no-interval'); // some draws have no value, as without any weight
  const outcome = nonInferiority(measured.beyond, abs);
  const fails = outcome === 'fail' && (adjusted === null || adjusted < (1 - level) / 2);
  const worse = `worse${rel ? `-${percentText(rel)}` : ''}`;
  if (fails) return { ...about, statistic: `${worse}.lo`, value: low, status: 'ok', pass: false };
  const pass = outcome === 'pass';
  return { ...about, statistic: `${worse}.hi`, value: high, status: pass ? 'ok' : 'unclear', pass };
}

/** Where all of fewer units speak for one side, that is still no evidence: by chance they do so with a probability above 1 - level. */
function fewestUnits(level: number): number {
  return Math.ceil(1 + Math.log2(1 / (1 - level)) - 1e-9);
}
