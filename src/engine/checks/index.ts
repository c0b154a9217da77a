import { sumsOrMeans } from './answers.ts';
import type { Check } from './check.ts';
import { tinyBoxes, unscaledVectors, zeroVectors } from './geometry.ts';
import { idleGroups, wholeFileAsBatch } from './groups.ts';
import { coverageAsAlpha, crossedBounds, crossedIntervals, crossedQuantiles } from './intervals.ts';
import { certainAndWrong, hugeLogRate, largeLogRate, nothingToDivideBy, zeroOfZero, zeroTargets } from './magnitudes.ts';
import { absentMaskClass, emptyMasks } from './masks.ts';
import { clampedSpread, logitsAsLogProbs, misnamedSpread, probabilitiesAsLogits, softmaxTwice } from './scales.ts';
import { absentClass, fractionalCounts, oneClass, smoothedTwice, swappedRoles } from './targets.ts';
import { focalWeights, idleClassWeights } from './weights.ts';

/** Every check that lets a run go on, by code. What must not be evaluated at all is refused: see codes.ts. */
export const CHECKS: readonly Check[] = [
  softmaxTwice,
  probabilitiesAsLogits,
  logitsAsLogProbs,
  oneClass,
  zeroTargets,
  zeroOfZero,
  nothingToDivideBy,
  fractionalCounts,
  misnamedSpread,
  clampedSpread,
  crossedBounds,
  crossedQuantiles,
  crossedIntervals,
  coverageAsAlpha,
  tinyBoxes,
  zeroVectors,
  unscaledVectors,
  wholeFileAsBatch,
  sumsOrMeans,
  certainAndWrong,
  swappedRoles,
  focalWeights,
  idleClassWeights,
  idleGroups,
  absentClass,
  emptyMasks,
  absentMaskClass,
  smoothedTwice,
  hugeLogRate,
  largeLogRate,
];
