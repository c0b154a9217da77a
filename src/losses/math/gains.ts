/** What an item is worth in a ranked list, and what its rank leaves of it: the two halves of DCG. */
import type { Domain, Numbers } from '../define.ts';

/** 2^31 - 1 is the largest gain that LightGBM and XGBoost allow as well. */
const MOST = 31;

/** Where exponential gains end. */
export function gainDomain(gain: 'exp' | 'linear'): { readonly [role: string]: Domain } {
  if (gain === 'linear') return {};
  return {
    target: { max: MOST, hint: `a gain of 2^${MOST} - 1 is the largest: pass --gain linear for relevance on another scale` },
  };
}

/** Gain of each item: 2^y - 1, or y itself. */
export function gainsOf(target: Numbers, n: number, gain: 'exp' | 'linear'): Float64Array {
  const gains = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const y = target[i];
    if (gain === 'linear') gains[i] = y;
    else gains[i] = Number.isInteger(y) ? 2 ** y - 1 : Math.expm1(y * Math.LN2);
  }
  return gains;
}

/** 1 / log2(1 + rank), ranks from 1 and not necessarily whole. */
export function discount(rank: number): number {
  return 1 / Math.log2(1 + rank);
}

/** |discount(a) - discount(b)| without cancellation. */
export function discountGap(a: number, b: number): number {
  return (Math.abs(Math.log1p((b - a) / (1 + a))) / Math.LN2) * discount(a) * discount(b);
}

/** The gains in the best order there is. */
export function ideal(gains: Float64Array): Float64Array {
  return gains.toSorted().reverse();
}

/** Sum of gains, discounted by their place, of the first `depth`. */
export function dcg(gains: Float64Array, depth: number): number {
  let sum = 0;
  for (let i = 0; i < depth; i++) sum += gains[i] * discount(i + 1);
  return sum;
}
