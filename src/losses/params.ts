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

export function list(doc: string, per: ListParam['per'], range: Pick<ListParam, 'min' | 'max' | 'open'> = {}): ListParam {
  return { type: 'list', doc, default: null, per, ...range };
}

/** The engine drops rows whose class index is this one before the kernel sees them, and counts them as ignored. */
export const ignoreIndex = number('class index whose rows are left out', -100, { integer: true });

/** The engine turns every box into x1, y1, x2, y2 before the kernel sees it. */
export const boxes = choice('how the four numbers of a box are meant', ['xyxy', 'xywh', 'cxcywh'], 'xyxy');

/** An area: large enough that boxes of area 0 divide, small in pixels. */
export const boxEps = number('added to what is divided by', 1e-7, { min: 0 });

export const norm = number('which norm: 2 is the length, 1 the sum of the absolute differences', 2, { min: 1 });

export const cosineEps = number('lengths below it count as it, so that a zero vector has cosine 0', 1e-8, { min: 0 });

export const classWeight = list('weight of each class, in class order', 'class', { min: 0 });

/** The engine counts them in a first pass when they are not given and something depends on them. */
export const classCounts = list('rows of each class, in class order: counted when not given', 'class', { min: 0 });

export const posWeight = list('factor on the positive term: one number, or one for each element of the row', 'element', { min: 0 });

export const labelSmoothing = number('share of the target spread evenly over the classes', 0, { min: 0, max: 1 });

export const logBase = number('base of the logarithm: e gives nats, 2 gives bits', Math.E, { min: 1, open: true });

export const multioutput = choice(
  'vector rows: mean of the roots of each element, or one root over all elements',
  ['uniform', 'flat'],
  'uniform',
);

export const percent = boolean('times 100', false);

export const estimator = choice(
  'distances between members: over all M^2 pairs (nrg), or over the M (M - 1) of two different members (fair)',
  ['nrg', 'fair'],
  'nrg',
);

export const quantiles = list('the level of each predicted quantile, in the order of the columns', 'quantile', {
  min: 0,
  max: 1,
  open: true,
});

export const gain = choice('what relevance y is worth: 2^y - 1, or y itself', ['exp', 'linear'], 'exp');

export const topK = number('how many of the first ranks count; 0 is all', 0, { min: 0, integer: true });

export const beta = (value: number) => number('how strongly preferences count', value, { min: 0, open: true });

/** The name of the parameter is labelSmoothing; of pairs it means something else than of classes. */
export const flipped = number('share of the pairs whose preference is taken to be wrong', 0, { min: 0, max: 0.5 });

export const decisionThreshold = number('a probability above it is a yes', 0.5, { min: 0, max: 1 });
