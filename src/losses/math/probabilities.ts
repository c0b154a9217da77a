/** What libraries do to probabilities before they take their logarithms. */
import type { Numbers } from '../define.ts';

/** How rows of probabilities are changed: each is divided by its sum first, then every value held in [least, most]. */
export interface Holding {
  readonly renormalize: boolean;
  readonly least: number;
  readonly most: number;
}

/** The first `n` rows of `width` probabilities, so held: the array itself where nothing would change. */
export function heldRows(data: Numbers, n: number, width: number, { renormalize, least, most }: Holding): Numbers {
  if (!renormalize && least === 0) return data;
  const held = new Float64Array(n * width);
  for (let start = 0; start < held.length; start += width) {
    let sum = renormalize ? 0 : 1;
    if (renormalize) for (let i = start; i < start + width; i++) sum += data[i];
    for (let i = start; i < start + width; i++) held[i] = Math.min(Math.max(data[i] / sum, least), most);
  }
  return held;
}
