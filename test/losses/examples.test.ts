import { describe, expect, it } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { difference } from '../support/goldens.ts';
import { evaluate, perRow } from './kernel-run.ts';

describe.each(LOSSES.map((loss) => [loss.name, loss] as const))('%s', (_, loss) => {
  it.each(loss.examples.map((example, i) => [i + 1, example] as const))('gives what its example %i says', (_number, example) => {
    expect(example.losses ?? example.value).toBeDefined();
    if (example.losses) {
      if (loss.kind === 'fold') throw new Error('a fold has no rows');
      const rows = perRow(loss, example);
      expect(rows.length).toBe(example.losses.length);
      const wrong = rows.filter((value, i) => difference(value, example.losses?.[i] ?? Number.NaN) > 1e-13);
      expect({ rows, wrong }).toEqual({ rows, wrong: [] });
    }
    if (example.value !== undefined) {
      expect(difference(evaluate(loss, example, example.reduction), example.value)).toBeLessThanOrEqual(1e-12);
    }
  });
});
