/**
 * How often the intervals of `compare` hold the true value, and its verdict is right: simulated, because no theorem says it for losses.
 *
 * A row has a difficulty e, drawn from the distribution named; a model's loss on it is e times a factor of its own, exp(s z - s^2 / 2)
 * with z normal, whose mean is 1. So the losses of two models on a row go together, as they do, and true means are known. The
 * candidate's losses are multiplied by 1.01 where it is worse by 1 %.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './lib.js';

export const SIMULATIONS = 1000;
const RESAMPLES = 2000;
const LEVEL = 0.95;
const METHODS = ['percentile', 'bca'];
const SIZES = [100, 1000, 10_000];
const WORSE = 1.01;

/** Difficulties: how to draw one from a uniform number and a normal one, and their mean. */
export const DIFFICULTIES = new Map([
  ['normal, mean 5, sd 1', { draw: (_, z) => 5 + z, mean: 5 }],
  ['exponential', { draw: (u) => -Math.log(1 - u), mean: 1 }],
  ['lognormal, sigma 1.5', { draw: (_, z) => Math.exp(1.5 * z), mean: Math.exp(1.5 ** 2 / 2) }],
  ['Pareto, alpha 2.5', { draw: (u) => (1 - u) ** (-1 / 2.5), mean: 2.5 / 1.5 }],
]);

/** The model noise s, beside each distribution. */
const NOISES = new Map([
  ['exponential', [0.1, 0.3]],
  ['lognormal, sigma 1.5', [0.1, 0.3]],
]);

export async function coverage() {
  const statistics = await modules({
    'engine/statistics/random.ts': ['Random'],
    'engine/statistics/bootstrap.ts': ['bootstrap', 'estimate'],
    'engine/statistics/ratios.ts': ['difference', 'worseBeyond', 'ratio'],
    'engine/statistics/non-inferiority.ts': ['nonInferiority'],
  });
  const started = performance.now();
  console.log(
    `${SIMULATIONS} simulations, ${RESAMPLES} resamples, ${LEVEL}; s: the standard deviation of the logarithm of a model's factor\n`,
  );
  console.log(
    '| losses | s | rows | interval | holds the mean | holds the difference | no change, tolerance 0: fail | no change, 1 %: pass | 1 % worse, 0: fail | 1 % worse, 1 %: pass |',
  );
  console.log('| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const [name, difficulty] of DIFFICULTIES) {
    for (const noise of NOISES.get(name) ?? [0.1]) {
      for (const rows of SIZES) {
        const shares = simulate(statistics, difficulty, noise, rows);
        for (const method of METHODS)
          console.log(`| ${name} | ${noise} | ${rows} | ${method} | ${shares[method].map(percent).join(' | ')} |`);
      }
    }
  }
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
}

function simulate({ Random, bootstrap, estimate, difference, worseBeyond, ratio, nonInferiority }, difficulty, noise, rows) {
  const { mean } = difficulty;
  const counts = Object.fromEntries(METHODS.map((method) => [method, [0, 0, 0, 0, 0, 0]]));
  const ones = new Float64Array(rows).fill(1);
  // A factor on the candidate's losses is one on the sum of its numerators: the same resamples serve both cases.
  const worse = (statistic) => (sums) => statistic(Float64Array.of(sums[0], sums[1], WORSE * sums[2], sums[3]));
  for (let k = 0; k < SIMULATIONS; k++) {
    const { base, candidate } = drawLosses(new Random(20_26, k, rows), difficulty, noise, rows);
    const columns = [base, ones, candidate, ones];
    const resampled = bootstrap(columns, { resamples: RESAMPLES, seed: k });
    for (const method of METHODS) {
      const interval = (statistic) => estimate(resampled, statistic, { level: LEVEL, method });
      const holds = ({ low, high }, value) => low <= value && value <= high;
      const same = interval(difference);
      const outcomes = [
        holds(interval(ratio), mean),
        holds(same, 0),
        nonInferiority(same, 0) === 'fail',
        nonInferiority(interval(worseBeyond(ratio, 'lower', 0.01)), 0) === 'pass',
        nonInferiority(interval(worse(difference)), 0) === 'fail',
        nonInferiority(interval(worse(worseBeyond(ratio, 'lower', 0.01))), 0) === 'pass',
      ];
      outcomes.forEach((yes, i) => {
        if (yes) counts[method][i]++;
      });
    }
  }
  return counts;
}

export const percent = (count) => `${((100 * count) / SIMULATIONS).toFixed(1)} %`;

/** The losses of two models, alike on average, on the same rows. */
export function drawLosses(random, { draw }, noise, rows) {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const factor = () => Math.exp(noise * normal() - (noise * noise) / 2);
  const hard = new Float64Array(rows).map(() => draw(random.uniform(), normal()));
  return { base: hard.map((e) => e * factor()), candidate: hard.map((e) => e * factor()) };
}

/** What some files of src export, as one module. */
export async function modules(files) {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-bench-'));
  try {
    const outfile = join(folder, 'engine.mjs');
    const contents = Object.entries(files)
      .map(([file, names]) => `export { ${names.join()} } from './${file}';`)
      .join('\n');
    await build({ stdin: { contents, resolveDir: join(root, 'src') }, outfile, bundle: true, format: 'esm' });
    return await import(outfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
