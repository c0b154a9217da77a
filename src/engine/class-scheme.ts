import { Fault, quote } from '../io/fault.ts';
import { finiteNumber } from './number.ts';

/**
 * Class weights from class counts.
 *
 * - `balanced`: N / (C n_c), as scikit-learn's `class_weight='balanced'`.
 * - `effective`: (1 - beta) / (1 - beta^n_c), scaled to sum to C: Cui et al. (2019), Class-Balanced Loss Based on Effective Number
 *   of Samples. beta = 0 weighs all classes alike, beta towards 1 as 1 / n_c.
 *
 * A class without rows gets weight 0 and takes no part in the scaling: its weight would be infinite.
 */
export type Scheme = 'balanced' | 'effective';

export function classWeights(counts: readonly number[], scheme: Scheme, beta: number): number[] {
  const present = counts.filter((count) => count > 0);
  const total = present.reduce((sum, count) => sum + count, 0);
  if (scheme === 'balanced') return counts.map((count) => (count > 0 ? total / (present.length * count) : 0));
  // 1 - beta^n without cancellation when beta is near 1; for beta = 0 it is 1
  const raw = counts.map((count) => (count > 0 ? (1 - beta) / -Math.expm1(count * Math.log(beta)) : 0));
  const sum = raw.reduce((all, weight) => all + weight, 0);
  return raw.map((weight) => (weight * present.length) / sum);
}

/** How weights follow from counts. */
export interface ClassScheme {
  readonly scheme: Scheme;
  readonly beta: number;
}

/** beta^n below it leaves weights within a thousandth of each other. */
const SATURATED = 1e-3;

/** Why weights of these counts do something else than what they are asked for, where they do. */
export function weightFlaw(counts: readonly number[], { scheme, beta }: ClassScheme): string | undefined {
  const present = counts.filter((count) => count > 0);
  const [least, most] = [Math.min(...present), Math.max(...present)];
  const without = counts.length - present.length;
  if (without > 0) {
    return `${without} of ${counts.length} classes have no rows, first ${counts.indexOf(0)}: their weight is 0, and rows of theirs count nothing`;
  }
  if (scheme === 'balanced' || least === most || beta ** least > SATURATED) return undefined;
  const digits = Math.ceil(Math.log10(most));
  return `effective:${beta} weighs all classes alike, since ${beta}^${least} is nearly 0: write effective:${(1 - 10 ** -digits).toFixed(digits)}, near 1 - 1 / rows of a class`;
}

/** `undefined` for a plain list of numbers. */
export function parseClassScheme(text: string, what: string): ClassScheme | undefined {
  if (text === 'balanced') return { scheme: 'balanced', beta: 0 };
  const beta = /^effective(?::(.*))?$/.exec(text);
  if (!beta) return undefined;
  const value = finiteNumber(beta[1] ?? '');
  if (value === undefined || value < 0 || value >= 1) {
    throw new Fault(`${what}: ${quote(text)} needs a beta from 0 to below 1`, 'write for example effective:0.999');
  }
  return { scheme: 'effective', beta: value };
}
