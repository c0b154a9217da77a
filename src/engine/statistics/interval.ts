/**
 * Confidence intervals from a bootstrap distribution: B. Efron and R. Tibshirani, "An introduction to the bootstrap", 1993, chapters
 * 13 (percentile) and 14 (BCa). Both assume that units are independent and drawn alike, and hold the true value as often as they
 * say only where there are many: of few units the intervals are too short, all the more where a few losses make most of the mean.
 *
 * Percentiles are for differences of pairs. Those are nearly symmetric with a few huge ones among them, so that the acceleration is
 * noise: BCa raised up to three times as many false alarms as it should. It helps a little with the mean of few skewed losses
 * (`npm run bench -- coverage`).
 */
import { normalCdf, normalQuantile } from './normal.ts';
import { quantile } from './quantile.ts';

export type IntervalMethod = 'percentile' | 'bca';

/** Between which bounds the value lies, as well as the data tell. Both ends NaN where there is no interval. */
export interface Interval {
  readonly method: IntervalMethod;
  /** The share of such intervals that hold the true value: 0.95. Half of the rest is missed on each side. */
  readonly level: number;
  readonly low: number;
  readonly high: number;
}

/** What BCa corrects by; both 0 give the percentile interval. */
export interface Correction {
  /** z0, the median bias: how far the middle of the distribution lies from the estimate, in standard normal units. */
  readonly bias: number;
  /** a: how fast the standard error changes with the true value, per standard error. */
  readonly acceleration: number;
}

/** The middle part of the distribution, which comes sorted. */
export function percentileInterval(sorted: Float64Array, level: number): Interval {
  const tail = (1 - level) / 2;
  return between(sorted, 'percentile', level, tail, 1 - tail);
}

/**
 * Bias-corrected and accelerated (BCa): the percentile interval with other percentiles,
 * `P(z0 + (z0 + z) / (1 - a (z0 + z)))` for z at both tails, P the normal distribution. Second-order accurate where third
 * moments exist, and the same for the value on any scale.
 */
export function bcaInterval(sorted: Float64Array, level: number, { bias, acceleration }: Correction): Interval {
  const z = normalQuantile((1 - level) / 2);
  return between(sorted, 'bca', level, correctedLevel(bias, acceleration, z), correctedLevel(bias, acceleration, -z));
}

function correctedLevel(bias: number, acceleration: number, z: number): number {
  const shifted = bias + z;
  const shrink = 1 - acceleration * shifted;
  if (shrink <= 0) return shifted > 0 ? 1 : 0; // beyond the pole of the formula: its limit there
  return normalCdf(bias + shifted / shrink);
}

/** The level of the tail below which BCa reads off this share of the distribution: its formula, solved for z. */
export function uncorrectedLevel(share: number, { bias, acceleration }: Correction): number {
  const moved = normalQuantile(share) - bias;
  const stretch = 1 + acceleration * moved;
  if (stretch <= 0) return moved > 0 ? 1 : 0;
  return normalCdf(moved / stretch - bias);
}

function between(sorted: Float64Array, method: IntervalMethod, level: number, from: number, to: number): Interval {
  if (!Number.isFinite(from + to) || Number.isNaN(sorted[sorted.length - 1]))
    return { method, level, low: Number.NaN, high: Number.NaN };
  return { method, level, low: quantile(sorted, from), high: quantile(sorted, to) };
}

/** z0 and a of an estimate, from its bootstrap distribution and from its values with one unit left out each time. */
export function correctionOf(estimate: number, sorted: Float64Array, jackknife: Float64Array): Correction {
  return { bias: medianBias(estimate, sorted), acceleration: accelerationOf(jackknife) };
}

/** The normal quantile of the share of the distribution below the estimate; what equals it counts half. */
function medianBias(estimate: number, sorted: Float64Array): number {
  const half = 0.5 / sorted.length;
  let below = 0;
  for (let i = 0; i < sorted.length; i++) below += sorted[i] < estimate ? 2 * half : sorted[i] === estimate ? half : 0;
  if (Number.isNaN(estimate)) return Number.NaN;
  return normalQuantile(Math.min(Math.max(below, half), 1 - half)); // all on one side: as far as so many resamples can tell
}

/** `sum(u^3) / (6 sum(u^2)^(3/2))`, where u is the mean of the jackknife values less each of them; 0 where they are all the same. */
function accelerationOf(jackknife: Float64Array): number {
  let mean = 0;
  for (let i = 0; i < jackknife.length; i++) mean += jackknife[i] / jackknife.length;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < jackknife.length; i++) {
    const u = mean - jackknife[i];
    squares += u * u;
    cubes += u * u * u;
  }
  return squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
}
