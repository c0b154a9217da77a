import type { Numbers } from '../define.ts';
import { expOfNegative } from './exp.ts';

/** Cross-entropy of softmax over `width` scores from `start` on, all times `scale`, where the one at `own` is taken as `value`. */
export function marginSoftmax(data: Numbers, start: number, width: number, own: number, value: number, scale: number): number {
  let top = value;
  let at = own;
  for (let i = start; i < start + width; i++) {
    if (i !== own && data[i] > top) {
      top = data[i];
      at = i;
    }
  }
  let sum = at === own ? 0 : expOfNegative(scale * (value - top));
  for (let i = start; i < start + width; i++) if (i !== own && i !== at) sum += expOfNegative(scale * (data[i] - top));
  return scale * (top - value) + Math.log1p(sum);
}
