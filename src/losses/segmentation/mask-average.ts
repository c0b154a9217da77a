/** The loss of masks with several classes: which of them count, and the mean over them. */
import type { Finished, Matrix } from '../define.ts';
import type { Activation } from './mask-sums.ts';

/** What the user asked for; a loss of one class has only the scope. */
export interface Averaging extends Activation {
  readonly scope: string;
  readonly average?: string;
  readonly includeBackground?: boolean;
  readonly absent?: string;
  readonly classWeight?: readonly number[] | null;
}

/** Whether each row has a loss of its own. Rows that are single pixels are one image together. */
export function isPerImage({ width, channels = 1 }: Matrix, { scope }: Pick<Averaging, 'scope'>): boolean {
  return scope === 'image' && width > channels;
}

/** Those of `classes` that take part. */
export function counted<T>(classes: readonly T[], { includeBackground }: Pick<Averaging, 'includeBackground'>): readonly T[] {
  return includeBackground === false && classes.length > 1 ? classes.slice(1) : classes;
}

/** The losses of a class, added up with the weights of its images. */
interface ClassTotal {
  readonly weight: number;
  readonly loss: number;
}

export const LEFT_OUT: ClassTotal = { weight: 0, loss: 0 };

/** sum of v_c loss_c / sum of v_c weight_c over the classes c that count, with their weights v; the mean of each class beside it. */
export function meanOfClasses(totals: readonly ClassTotal[], { includeBackground, classWeight }: Averaging): Finished {
  const first = includeBackground === false ? 1 : 0;
  const components = new Map<string, number>();
  let sum = 0;
  let weights = 0;
  for (const [g, { weight, loss }] of totals.entries()) {
    const share = classWeight?.[first + g] ?? 1;
    if (weight > 0) components.set(`class-${first + g}`, loss / weight);
    if (share === 0) continue; // what does not count may be undefined
    sum += share * loss;
    weights += share * weight;
  }
  return { value: sum / weights, denominator: weights, ...(totals.length > 1 && { components }) };
}
