import { describe, expect, test } from 'vitest';
import { Partial } from '../../src/engine/partial.ts';
import { reduce } from '../../src/engine/reduce.ts';

const OUT = Float64Array.from({ length: 100 }, (_, i) => (i % 7) * 10 ** ((i % 13) - 6));
const WEIGHT = Float64Array.from({ length: 100 }, (_, i) => 0.1 + (i % 3));
const NORM = new Float64Array(100).fill(1);

function partialOf(start: number, end: number): Partial {
  const partial = new Partial();
  const n = end - start;
  const weight = { data: WEIGHT.subarray(start, end), width: 1 };
  partial.add(OUT.subarray(start, end), NORM.subarray(start, end), weight, { rows: n, n, perRow: 1 });
  partial.skipped += 1;
  return partial;
}

describe('partials', () => {
  test.each([[[0, 100]], [[0, 1, 100]], [[0, 33, 34, 80, 100]]])('cut at %j, they merge into what one pass gives', (cuts) => {
    const merged = new Partial();
    for (let i = 1; i < cuts.length; i++) merged.addState(JSON.parse(JSON.stringify(partialOf(cuts[i - 1], cuts[i]).state())));
    const whole = partialOf(0, 100);
    for (const reduction of ['mean', 'sum', 'batchmean', 'sum-over-batch-size'] as const) {
      expect(reduce(merged, reduction)).toEqual(reduce(whole, reduction));
    }
    expect([merged.n, merged.skipped, merged.weight.value()]).toEqual([100, cuts.length - 1, whole.weight.value()]);
  });

  test('what is merged is what counts: without the last piece the value differs', () => {
    expect(reduce(partialOf(0, 99), 'sum')).not.toEqual(reduce(partialOf(0, 100), 'sum'));
  });
});
