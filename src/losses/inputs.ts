/** The inputs losses share: what a role holds and where its domain ends. */
import type { Alternatives, Input } from './define.ts';

const LOOKS_LIKE_LOGITS = 'values outside [0, 1] look like logits: pass them with --logits, or divide percentages by 100';

/** Any finite number, or a vector of them. */
export function real(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc };
}

/** The same, for losses that reduce each element of a vector on its own. */
export function reals(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'real', doc };
}

/** A number above -1, for losses of log1p. */
export function aboveMinusOne(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, min: -1, open: true };
}

/** A non-negative observation, such as a count; need not be whole. */
export function count(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'count', doc, min: 0 };
}

/** A variance or a standard deviation. */
export function spread(doc: string): Input<'element'> {
  return {
    shape: 'element',
    holds: 'spread',
    doc,
    min: 0,
    hint: 'a negative spread is often a log variance: pass it with --logvar',
  };
}

/** A binary label, or a soft one in [0, 1]. */
export function binary(doc: string): Input<'element'> {
  return {
    shape: 'element',
    holds: 'binary',
    doc,
    min: 0,
    max: 1,
    hint: 'labels are 0/1, -1/+1 or true/false; name a text label with --positive-label',
  };
}

/** A binary label that a margin loss reads as -1 or +1. */
export function sign(doc: string): Input<'element'> {
  return {
    shape: 'element',
    holds: 'sign',
    doc,
    hint: 'labels are 0/1, -1/+1 or true/false; name a text label with --positive-label',
  };
}

/** A probability for each element on its own: rows need not sum to one. */
export function prob(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'prob', doc, min: 0, max: 1, hint: LOOKS_LIKE_LOGITS };
}

/** A logit for each element on its own. */
export function logit(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'logit', doc };
}

/** A class index, or a probability for each class. */
export function classes(doc: string): Input<'vector'> {
  return {
    shape: 'vector',
    holds: 'classes',
    doc,
    min: 0,
    hint: 'class indices count from 0 to classes - 1; name text classes with --classes',
  };
}

/** One logit per class. */
export function logits(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'logit', doc, minWidth: 2 };
}

/** One probability per class; a row sums to one. */
export function probs(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'prob', doc, minWidth: 2, min: 0, max: 1, sumsToOne: true, hint: LOOKS_LIKE_LOGITS };
}

/** One log-probability per class. */
export function logProbs(doc: string): Input<'vector'> {
  return {
    shape: 'vector',
    holds: 'log-prob',
    doc,
    minWidth: 2,
    max: 0,
    hint: 'a log-probability is at most 0: pass probabilities with --probs, logits with --logits',
  };
}

/** A mask: a row is an image, or a pixel of the one image there is. Soft values between 0 and 1 are allowed. */
export function mask(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'binary', doc, min: 0, max: 1 };
}

/** A probability for each pixel. */
export function maskProbs(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'prob', doc, min: 0, max: 1, hint: LOOKS_LIKE_LOGITS };
}

/** A logit for each pixel. */
export function maskLogits(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'logit', doc };
}

/** Four numbers that say where a box is; `--boxes` says how. */
export function box(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'box', doc, width: 4 };
}

/** A vector in an embedding space. */
export function embedding(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'embedding', doc, minWidth: 2 };
}

/** Several embeddings per row, one after the other, which the loss can do without. */
export function optionalEmbeddings(doc: string): Input<'vector'> & { optional: true } {
  return { shape: 'vector', holds: 'embedding', doc, many: true, optional: true };
}

/** One input that may come on several scales, each with its own role. */
export function oneOf<const A extends Alternatives['oneOf']>(
  roles: A,
  inferred?: keyof A & string,
): { oneOf: A; inferred?: string } {
  return inferred === undefined ? { oneOf: roles } : { oneOf: roles, inferred };
}
