/** The pairs whose loss grew most. */
import type { Pairs } from './align.ts';
import type { RowKeys } from './keys.ts';
import { valueDifferences } from './measure.ts';
import type { WorsePair } from './result.ts';
import { haveValues } from './side.ts';

export type WorsePairValues = Omit<WorsePair, 'baseCells' | 'candidateCells'>;

/** The `count` largest differences, NaN above all; equal ones in the order of the candidate. `keys`: of its rows that were read. */
export function worsePairs({ base, candidate }: Pairs, count: number, keys: RowKeys | null): WorsePairValues[] {
  if (!haveValues(base) || !haveValues(candidate)) return [];
  const differences = valueDifferences(base, candidate);
  const size = (i: number) => (Number.isNaN(differences[i]) ? Number.POSITIVE_INFINITY : differences[i]);
  const order = Uint32Array.from(differences.keys()).sort((a, b) => size(b) - size(a) || candidate.order[a] - candidate.order[b]);
  const chosen = [...order.subarray(0, count)];
  const key = (i: number) => (keys ? keys.numbers[candidate.order[i]] : -1);
  const texts = keys?.names.textsOf(new Set(chosen.map(key)));
  return chosen.map((i) => ({
    key: texts?.get(key(i)) ?? null,
    baseRow: base.number[i] + 1,
    candidateRow: candidate.number[i] + 1,
    base: base.value[i],
    candidate: candidate.value[i],
    difference: differences[i],
  }));
}
