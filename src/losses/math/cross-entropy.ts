/** Binary cross-entropy of one label, given as the weights of its two terms: y and 1 - y, times whatever weighs them. */
import { times } from './logarithm.ts';
import { softplusTail } from './softplus.ts';

export function crossEntropyOfLogit(positive: number, negative: number, z: number): number {
  return (positive + negative) * softplusTail(z) + times(positive, Math.max(-z, 0)) + times(negative, Math.max(z, 0));
}

export function crossEntropyOfProb(positive: number, negative: number, p: number): number {
  return -times(positive, Math.log(p)) - times(negative, Math.log1p(-p));
}
