import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classWeights, type Scheme } from '../../src/engine/class-scheme.ts';

interface Case {
  readonly counts: number[];
  readonly scheme: Scheme;
  readonly beta: number;
  readonly weights: number[];
}

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/class-weights.json'), 'utf8')) as Case[];

describe('class weights', () => {
  test.each(CASES)('$scheme $beta of $counts', ({ counts, scheme, beta, weights }) => {
    const actual = classWeights(counts, scheme, beta);
    for (const [index, weight] of actual.entries()) {
      expect(Math.abs(weight - weights[index])).toBeLessThanOrEqual(1e-12 * weights[index]);
    }
    expect(actual).toHaveLength(weights.length);
  });

  test('a class without rows weighs nothing, and nothing on the others', () => {
    expect(classWeights([4, 0, 4], 'balanced', 0)).toEqual([1, 0, 1]);
    expect(classWeights([4, 0, 4], 'effective', 0.9)).toEqual([1, 0, 1]);
  });
});
