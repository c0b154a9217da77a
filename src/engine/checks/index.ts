import type { Check } from './check.ts';
import { crossedBounds, hugeLogRate, wholeFileAsBatch, zeroVectors } from './magnitudes.ts';
import { certainAndWrong, deviationAsVariance, probabilitiesAsLogits, softmaxTwice } from './scales.ts';
import { absentClass, fractionalCounts, oneClass, smoothedTwice, swappedRoles, zeroTargets } from './targets.ts';

/** Every check that warns, by code. What must not be evaluated at all is refused in domain.ts, convert.ts and gaps.ts. */
export const CHECKS: readonly Check[] = [
  softmaxTwice,
  probabilitiesAsLogits,
  oneClass,
  zeroTargets,
  fractionalCounts,
  deviationAsVariance,
  crossedBounds,
  zeroVectors,
  wholeFileAsBatch,
  certainAndWrong,
  swappedRoles,
  absentClass,
  smoothedTwice,
  hugeLogRate,
];
