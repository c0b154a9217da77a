/**
 * How often the gate of `compare` is right: its own verdicts over simulated comparisons, with the losses of bench/coverage.js.
 *
 * Each line is a case: losses, their noise, rows, what has changed and what is tolerated. `holds` is how often the interval holds the true
 * difference. Where slices are drawn, rows fall into ten of equal size, and the verdict is that of all of them together.
 */
import { DIFFICULTIES, drawLosses, modules, percent, SIMULATIONS } from './coverage.js';

const SLICES = 10;
const LOSSES = [
  ['exponential', 0.1],
  ['exponential', 0.3],
  ['lognormal, sigma 1.5', 0.1],
];
const CASES = [
  { change: 0, tolerance: 0 },
  { change: 0, tolerance: 0.01 },
  { change: 0.01, tolerance: 0 },
  { change: 0.01, tolerance: 0.01 },
  { change: 0, tolerance: 0, slices: SLICES, adjust: 'holm' },
  { change: 0, tolerance: 0, slices: SLICES, adjust: 'none' },
];

export async function gate() {
  const engine = await modules({
    'engine/compare/compare.ts': ['compareSides'],
    'engine/statistics/random.ts': ['Random'],
    'engine/gate.ts': ['verdictOf'],
    'engine/resolve.ts': ['resolve'],
    'losses/index.ts': ['LOSSES'],
  });
  const started = performance.now();
  console.log(`${SIMULATIONS} simulations a line\n`);
  console.log('| losses | s | rows | worse by | tolerance | slices | holds | pass | fail | inconclusive |');
  console.log('| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |');
  for (const [name, noise] of LOSSES) {
    for (const rows of [1000, 10_000]) {
      for (const one of CASES) {
        const counts = await simulate(engine, DIFFICULTIES.get(name), noise, rows, one);
        const slices = one.slices ? `${one.slices}, ${one.adjust}` : '';
        const shares = ['holds', 'pass', 'fail', 'inconclusive'].map((what) => percent(counts[what])).join(' | ');
        console.log(`| ${name} | ${noise} | ${rows} | ${100 * one.change} % | ${100 * one.tolerance} % | ${slices} | ${shares} |`);
      }
    }
  }
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
}

async function simulate(engine, difficulty, noise, rows, { change, tolerance, slices = 0, adjust = 'holm' }) {
  const { compareSides, Random, verdictOf, resolve, LOSSES } = engine;
  const chosen = resolve(LOSSES, { specs: ['mae'], flags: new Map(), reduction: undefined });
  const counts = { holds: 0, pass: 0, fail: 0, inconclusive: 0 };
  for (let k = 0; k < SIMULATIONS; k++) {
    const { base, candidate } = drawLosses(new Random(20_26, k, rows), difficulty, noise, rows);
    const worse = candidate.map((loss) => (1 + change) * loss);
    const settings = {
      level: 0.95,
      method: 'percentile',
      resamples: 2000,
      seed: k + 1,
      adjust,
      tolerance: { rel: tolerance, abs: 0 },
      minN: 0,
      unmatched: 'error',
    };
    const sides = [sideOf(base, slices), sideOf(worse, slices)];
    const { comparisons, gates } = await compareSides(...sides, chosen, settings, async () => {});
    counts[verdictOf(gates)]++;
    const { low, high } = comparisons[0].paired;
    const truth = change * difficulty.mean;
    if (low <= truth && truth <= high) counts.holds++;
  }
  return counts;
}

/** A side as a run would leave it, of these losses. */
function sideOf(losses, slices) {
  const order = Float64Array.from(losses.keys());
  const slice = Int32Array.from(losses.keys(), (row) => (slices ? row % slices : -1));
  const rows = {
    number: order,
    order,
    value: losses,
    numerator: losses,
    denominator: new Float64Array(losses.length).fill(1),
    slice,
  };
  const results = [{ direction: 'lower', slice: null, n: -1, unit: 'target' }];
  return {
    name: 'simulated',
    rows: losses.length,
    identity: { keys: null, hashes: new Int32Array(2 * losses.length), groups: null },
    losses: [{ method: 'mae', rows, rowsOfSlices: rows, results }],
    slices: Array.from({ length: slices }, (_, k) => new Map([['slice', `${k}`]])),
    clusters: null,
  };
}
