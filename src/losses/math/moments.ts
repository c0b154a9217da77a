/** The sums that a mean, a norm and a variance of the target need, kept in three slots from `slot` on. */
import type { Slots } from '../define.ts';
import { productRest } from './double-double.ts';

/** Adds w e^2, w y and w y^2; the square goes in as its two halves, so that a variance taken from the sums keeps its digits. */
export function addMoments(into: Slots, slot: number, w: number, y: number, e: number): void {
  const share = w * y;
  const square = share * y;
  into.add(slot, w * e * e);
  into.add(slot + 1, share);
  into.add(slot + 2, square);
  into.add(slot + 2, productRest(share, y, square));
}
