/** One number that is not finite is found wherever it stands, and none behind the end. */
import { expect, test } from 'vitest';
import { areFinite } from '../../src/io/batch.ts';

const LENGTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17];

test.each([Float64Array, Float32Array])('%o', (Kind) => {
  for (const n of LENGTHS) {
    const values = new Kind(n + 1).map((_, i) => (i - 3) * 1e30);
    values[n] = Number.NaN; // behind the end
    expect(areFinite(values, n), `${n}`).toBe(true);
    for (let at = 0; at < n; at++) {
      for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
        const spoilt = values.slice();
        spoilt[at] = odd;
        expect(areFinite(spoilt, n), `${odd} at ${at} of ${n}`).toBe(false);
      }
    }
  }
});
