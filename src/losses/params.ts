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

/** The engine drops rows whose target is this one before the kernel sees them, and counts them as ignored. */
export const ignoreIndex = number('target value that is left out: its rows, or the pixels of a mask that have it', -100, {
  integer: true,
});

/** What the engine writes at pixels that are left out: neither a label nor a finite number. */
export const IGNORED = Number.NEGATIVE_INFINITY;

/** The engine puts the classes of a pixel side by side before the kernel sees a mask. */
export const channels = choice(
  'which axis of a mask is the class; without one a row is one mask, or with --classes a map of class indices',
  ['none', 'first', 'last'],
  'none',
);

/** The engine divides the logits before the kernel sees them: a model is calibrated without a pass through its framework. */
export const temperature: NumberParam = {
  ...number('logits are divided by it before softmax or sigmoid', 1, { min: 0, open: true }),
  divides: 'logit',
};

/** The engine turns every box into x1, y1, x2, y2 before the kernel sees it. */
export const boxes = choice('how the four numbers of a box are meant', ['xyxy', 'xywh', 'cxcywh'], 'xyxy');

/** An area: large enough that boxes of area 0 divide, small in pixels. */
export const boxEps = number('added to what is divided by', 1e-7, { min: 0 });

export const norm = number('which norm: 2 is the length, 1 the sum of the absolute differences', 2, { min: 1 });

export const normalize = boolean('scales embeddings to length 1 first', false);

/** What pytorch-metric-learning calls AvgNonZeroReducer. */
export const nonzero = boolean('rows that cost nothing do not count in the mean', false);

export const cosineEps = number('lengths below it count as it, so that a zero vector has cosine 0', 1e-8, { min: 0 });

export const classWeight = list('weight of each class, in class order', 'class', { min: 0 });

/** The engine counts them in a first pass when they are not given and something depends on them. */
export const classCounts = list('rows of each class, in class order: counted when not given', 'class', { min: 0 });

export const posWeight = list('factor on the positive term: one number, or one for each element of the row', 'element', { min: 0 });

export const labelSmoothing = number('share of the target spread evenly over the classes', 0, { min: 0, max: 1 });

export const renormalize = boolean('divide each row of probabilities by its sum first', false);

export const logBase = number('base of the logarithm: e gives nats, 2 gives bits', Math.E, { min: 1, open: true });

export const multioutput = choice(
  'vector rows: mean of the roots of each element, or one root over all elements',
  ['uniform', 'flat'],
  'uniform',
);

export const percent = boolean('times 100', false);

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
