/** The golden files of fixtures/statistics, from libraries or definitions that nobody here wrote. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { difference } from '../../support/goldens.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/statistics');

/** The cases of a file; NaN is null in JSON, infinity `inf`. */
export function casesOf<Case>(name: string): Case[] {
  const revive = (_: string, value: unknown) => (value === 'inf' ? Number.POSITIVE_INFINITY : value === null ? Number.NaN : value);
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'), revive).cases;
}

export function expectClose(actual: number, expected: number, tolerance = 1e-12): void {
  const off = difference(actual, expected);
  expect(off, `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance);
}

/** Pearson's statistic as a normal deviate: (chi2 - df) / sqrt(2 df). */
export function chiSquared(counts: ArrayLike<number>, expected: (bin: number) => number): number {
  let sum = 0;
  for (let bin = 0; bin < counts.length; bin++) sum += (counts[bin] - expected(bin)) ** 2 / expected(bin);
  const freedom = counts.length - 1;
  return (sum - freedom) / Math.sqrt(2 * freedom);
}
