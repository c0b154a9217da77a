/** What a part of the data has added up -> into totals, bit for bit as if its rows had come here. */
import type { Loss } from '../../losses/define.ts';
import { slotsFor } from '../folds.ts';
import type { Tally } from '../tally.ts';
import type { Totals } from '../totals.ts';
import type { LossState, TallyState } from './state.ts';

/** `ids[k]` is the slice here that is number `k` in the part. */
export function addLossState(into: Totals, loss: Loss, { tally, components, slots }: LossState, ids: readonly number[]): void {
  addTally(into.tally, tally, ids);
  for (const [name, own] of into.components) if (components[name]) addTally(own, components[name], ids);
  for (const [slice, part] of [[null, slots?.overall] as const, ...(slots?.slices ?? []).map((one, k) => [ids[k], one] as const)]) {
    if (!part || !into.slots || loss.kind !== 'fold') continue;
    const own = into.slots.get(slice) ?? slotsFor(loss, part.length);
    into.slots.set(slice, own);
    own.addState(part);
  }
}

function addTally(into: Tally, { overall, slices }: TallyState, ids: readonly number[]): void {
  into.overall.addState(overall);
  for (const [k, part] of slices.entries()) into.slice(ids[k]).addState(part);
}
