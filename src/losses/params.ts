/** Builders for hyperparameters, and those that several losses share word for word. */
import type { BooleanParam, ChoiceParam, ListParam, NumberParam } from './define.ts';

export function number(doc: string, value: number, range: Pick<NumberParam, 'min' | 'max' | 'open' | 'integer'> = {}): NumberParam {
  return { type: 'number', doc, default: value, ...range };
}

export function boolean(doc: string, value: boolean): BooleanParam {
  return { type: 'boolean', doc, default: value };
}

export function choice<const Option extends string>(
  doc: string,
  options: readonly Option[],
  value: NoInfer<Option>,
): ChoiceParam<Option> {
  return { type: 'choice', doc, options, default: value };
}

export function list(doc: string, per: ListParam['per'], range: Pick<ListParam, 'min'> = {}): ListParam {
  return { type: 'list', doc, default: null, per, ...range };
}

/** The engine drops rows whose class index is this one before the kernel sees them, and counts them as ignored. */
export const ignoreIndex = number('class index whose rows are left out', -100, { integer: true });

/** The engine turns every box into x1, y1, x2, y2 before the kernel sees it. */
export const boxes = choice('how the four numbers of a box are meant', ['xyxy', 'xywh', 'cxcywh'], 'xyxy');

export const classWeight = list('weight of each class, in class order', 'class', { min: 0 });

export const posWeight = list('factor on the positive term: one number, or one for each element of the row', 'element', { min: 0 });

export const labelSmoothing = number('share of the target spread evenly over the classes', 0, { min: 0, max: 1 });
