/** The sums that a mean, a norm and a variance of the target need, kept in three slots from `slot` on. */
import type { Slots } from '../define.ts';
import { productRest } from './double-double.ts';

/** Adds w e^2, w y and w y^2; the last two to 32 digits, so that a variance taken from their sums keeps its own. */
export function addMoments(into: Slots, slot: number, w: number, y: number, e: number): void {
  const share = w * y;
  const square = share * y;
  into.add(slot, w * e * e);
  into.add(slot + 1, share);
  into.add(slot + 2, square);
  into.add(slot + 2, productRest(share, y, square));
  const rest = productRest(w, y, share);
  if (rest === 0) return; // as for a weight of 1
  into.add(slot + 1, rest);
  into.add(slot + 2, rest * y);
}
