/** Sums of float64 in memory, exact and plain, in blocks as kernels give them: prints JSON, nanoseconds a value of each. */
import { ExactSum } from '../src/losses/math/exact-sum.ts';
import { ExactSum as NaiveSum } from './naive-sum.ts';

const VALUES = 10_000_000;
const BLOCK = 8192;
const REPEATS = 7;

function nanoseconds(values: Float64Array, sum: ExactSum): number {
  const times = Array.from({ length: REPEATS }, () => {
    const start = performance.now();
    for (let first = 0; first < VALUES; first += BLOCK) sum.add(values.subarray(first, first + BLOCK));
    if (!Number.isFinite(sum.value())) throw new Error('no number');
    return (1e6 * (performance.now() - start)) / VALUES;
  });
  return Math.min(...times);
}

const values = Float64Array.from({ length: VALUES }, (_, i) => Math.sin(i) ** 2 * 100);
process.stdout.write(JSON.stringify({ exact: nanoseconds(values, new ExactSum()), plain: nanoseconds(values, new NaiveSum()) }));
