/** The inputs losses share: what a role holds and where its domain ends. */
import type { Alternatives, Input } from './define.ts';

const BELOW_LOG = 'ln(1 + x) has no value there: undo standardising first, or take mse';
const NOT_POSITIVE = 'only numbers above 0 make sense: undo standardising or logarithms first, or take such rows out';
const NEGATIVE = 'only numbers from 0 on make sense: undo standardising or logarithms first';
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
  return { shape: 'element', holds: 'real', doc, min: -1, open: true, hint: BELOW_LOG };
}

/** The same, for losses that reduce each element of a vector on its own. */
export function allAboveMinusOne(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'real', doc, min: -1, open: true, hint: BELOW_LOG };
}

/** A number above 0, such as an amount or a rate. */
export function positive(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, min: 0, open: true, hint: NOT_POSITIVE };
}

/** A non-negative amount, such as a claim: no count. */
export function amount(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, min: 0, hint: NEGATIVE };
}

/** One number a row, never a vector. */
export function scalar(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, width: 1 };
}

/** One number above 0 a row, never a vector. */
export function positiveScalar(doc: string): Input<'element'> {
  return { ...positive(doc), width: 1 };
}

/** A non-negative observation, such as a count; need not be whole. */
export function count(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'count', doc, min: 0, hint: NEGATIVE };
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

/** The same, which the loss can do without. */
export function optionalClasses(doc: string): Input<'vector'> & { optional: true } {
  return { ...classes(doc), optional: true };
}

/** One raw score per class, for losses of margins and ranks. */
export function scores(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'real', doc, minWidth: 2 };
}

/** One logit per class. */
export function logits(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'logit', doc, minWidth: 2 };
}

/** One probability per class; a row sums to one. */
export function probs(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'prob', doc, minWidth: 2, min: 0, max: 1, sumsToOne: true, hint: LOOKS_LIKE_LOGITS };
}

/** Something there is so much of in each class: need not sum to one. */
export function masses(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'count', doc, min: 0, hint: NEGATIVE };
}

/** The probability of class 1 of two, or one per class. */
export function classProbs(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'prob', doc, min: 0, max: 1, sumsToOne: true, hint: LOOKS_LIKE_LOGITS };
}

/** The logit of class 1 of two, or one per class. */
export function classLogits(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'logit', doc };
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

/** Several labels of one row, each 0 or 1 or between; they exclude nothing. */
export function labels(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'binary', doc, min: 0, max: 1, hint: 'labels are 0/1, -1/+1 or true/false' };
}

/** The same, where a label is there or not: arrives as -1 and +1. */
export function hardLabels(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'sign', doc, hint: 'labels are 0/1, -1/+1 or true/false' };
}

/** A probability for each label: a row need not sum to one. */
export function labelProbs(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'prob', doc, min: 0, max: 1, hint: LOOKS_LIKE_LOGITS };
}

/** A logit for each label. */
export function labelLogits(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'logit', doc };
}

/** A mask: a row is an image, or a pixel of the one image there is. Soft values between 0 and 1 are allowed. */
export function mask(doc: string): Input<'vector'> {
  return {
    shape: 'vector',
    holds: 'binary',
    doc,
    min: 0,
    max: 1,
    hint: 'a mask lies between 0 and 1: divide one of 0 and 255 by 255, name class indices with --classes; pass probabilities with --probs, logits with --logits',
  };
}

/** A hard mask that a margin loss reads as -1 and +1. */
export function maskSigns(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'sign', doc, hint: 'a mask is 0/1, -1/+1 or true/false: soft masks are not for this loss' };
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

/** A place in an embedding space, for losses of distances: unlike a direction, a place on a line makes sense. */
export function point(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'embedding', doc };
}

/** A label whose rows belong together where it is equal: a number or a text, such as the id of a person or a class. */
export function identity(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'identity', doc, width: 1 };
}

/** The same input as part of one of the complete sets that a loss takes. */
export function inForm<const F extends string, I extends Input>(form: F, input: I): I & { form: F } {
  return { ...input, form };
}

/** Whether a pair belongs together: 0 or 1, or between them. */
export function pairLabel(doc: string): Input<'element'> {
  return { ...binary(doc), width: 1 };
}

/** The same as -1 or +1. */
export function pairSign(doc: string): Input<'element'> {
  return { ...sign(doc), width: 1 };
}

/** A class index, where a probability for each class has no meaning. */
export function classIndex(doc: string): Input<'vector'> {
  return { ...classes(doc), width: 1 };
}

/** The cosine of the angle between an embedding and the centre of each class. */
export function cosines(doc: string): Input<'vector'> {
  const hint =
    'these are cosines: scale embeddings and class centres to length 1 before their product, and leave the scale to --scale';
  return { ...logits(doc), min: -1, max: 1, slack: 1e-6, hint }; // in 32 bits a cosine of 1 is sometimes above it
}

/** A distance that was computed before. */
export function distance(doc: string): Input<'element'> {
  return {
    shape: 'element',
    holds: 'real',
    doc,
    min: 0,
    hint: 'a distance is at least 0: of a cosine similarity it is 1 - similarity',
  };
}

/** The same, one for each pair. */
export function pairDistance(doc: string): Input<'element'> {
  return { ...distance(doc), width: 1 };
}

/** The same as `reals`, which the loss can do without. */
export function optionalReals(doc: string, dimension?: string): Input<'vector'> & { optional: true } {
  return { ...reals(doc), optional: true, ...(dimension && { dimension }) };
}

/** One number per row that the loss can do without. */
export function optionalNumber(doc: string): Input<'vector'> & { optional: true } {
  return { ...reals(doc), optional: true, width: 1 };
}

/** Symbols of a sequence, -1 after its end. */
export function symbols(doc: string): Input<'vector'> {
  return { shape: 'vector', holds: 'real', doc, min: -1, whole: true, dimension: 'labels', hint: 'pad shorter sequences with -1' };
}

/** A log-probability of each symbol for each time step, one step after the other. */
export function stepLogProbs(doc: string): Input<'vector'> {
  return { ...logProbs(doc), dimension: 'steps' };
}

/** Several embeddings per row, one after the other, which the loss can do without. */
export function optionalEmbeddings(doc: string): Input<'vector'> & { optional: true } {
  return { shape: 'vector', holds: 'embedding', doc, many: true, optional: true };
}

/** How good an item of a list really is: 0 for not at all. */
export function relevance(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, width: 1, min: 0, hint: 'relevance is 0 or more: 0 is what nobody wants' };
}

/** The log-probability of what a row stands for, a text or a token: no vector. */
export function logProb(doc: string): Input<'element'> {
  return {
    shape: 'element',
    holds: 'log-prob',
    doc,
    width: 1,
    max: 0,
    hint: 'a log-probability is at most 0: take the logarithm of a probability, and no negative log-likelihood',
  };
}

/** The log-probability of a token; a row may hold several. */
export function logProbOfToken(doc: string): Input<'element'> {
  const { width: _one, ...many } = logProb(doc);
  return many;
}

/** A mean negative log-likelihood, as a training loop logs it. */
export function meanNll(doc: string): Input<'element'> {
  return { shape: 'element', holds: 'real', doc, width: 1, min: 0, hint: 'a negative log-likelihood of tokens is at least 0' };
}

/** A number above 0 for each row, which the loss can do without. */
export function optionalPositive(doc: string): Input<'vector'> & { optional: true } {
  return { shape: 'vector', holds: 'real', doc, width: 1, min: 0, open: true, optional: true, hint: NOT_POSITIVE };
}

/** One input that may come on several scales, each with its own role. */
export function oneOf<const A extends Alternatives['oneOf']>(
  roles: A,
  inferred?: keyof A & string,
): { oneOf: A; inferred?: string } {
  return inferred === undefined ? { oneOf: roles } : { oneOf: roles, inferred };
}
