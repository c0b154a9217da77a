/** Runs a task: every entrant in turn, round after round, so that noise on the machine meets all; a ratio is that of one round. */
import { median, printTable, runProcess } from '../lib.js';

/** Of results that must agree; each program adds in its own order. */
const TOLERANCE = 1e-9;
const PAIRS = 5;

/** Prints what each entrant took. Gives the lines of the table of targets: what was compared, wall time, processor time, target, outcome. */
export async function runTask(task, data, has, asked) {
  console.log(`\n${task.id}: ${task.title}\n`);
  const entrants = [];
  for (const [name, make] of Object.entries(await task.entrants(data, has))) {
    const entrant = await make();
    if (entrant) entrants.push({ name, ...entrant });
  }
  checkAgreement(entrants, await round(entrants), task.agree ?? [entrants.map(({ name }) => name)]); // and the files are in the page cache
  const rounds = [];
  const pairs = asked ?? task.pairs ?? PAIRS;
  for (let k = 0; k < pairs; k++) rounds.push(await round(k % 2 ? entrants.toReversed() : entrants));
  printTable([
    ['', ' wall, s', ' inside, s', ' user + system, s', ' peak, MB'],
    ...entrants.map((one) => [one.name, ...medians(one, rounds)]),
  ]);
  if (task.check) console.log(`\n${await task.check(data)}`);
  const isHere = (name) => entrants.some((one) => one.name === name);
  return [
    ...task.compare.filter(([ours, theirs]) => isHere(ours) && isHere(theirs)).map((one) => compared(one, entrants, rounds)),
    ...(task.below ?? []).map(([name, most]) => below(name, most, rounds)),
  ].map((line) => [task.id, ...line]);
}

/** A run of each, by name. */
async function round(entrants) {
  const runs = new Map();
  for (const { name, command } of entrants) runs.set(name, await runProcess(command));
  return runs;
}

/** Within a group, every result of another entrant is one of the first, and the same. */
function checkAgreement(entrants, runs, groups) {
  for (const group of groups) {
    const [first, ...others] = entrants.filter(({ name, values }) => values && group.includes(name));
    const results = first?.values(runs.get(first.name));
    for (const { name, values } of others) {
      const theirs = [...values(runs.get(name))];
      const off = theirs.filter(([key, value]) => !(Math.abs(value - results.get(key)) <= TOLERANCE * Math.abs(value)));
      if (theirs.length > 0 && off.length === 0) continue;
      process.exitCode = 1;
      console.log(`${name} does not agree with ${first.name}: ${theirs.length === 0 ? 'it gives nothing' : ''}`);
      for (const [key, value] of off) console.log(`  ${key}: ${value}, not ${results.get(key)}`);
    }
  }
}

const MEASURES = {
  seconds: (run) => run.seconds,
  cpu: (run) => run.cpu,
  megabytes: (run) => run.megabytes,
  inside: (run, { inside }) => inside(run),
};

function medians(entrant, rounds) {
  const of = (measure) => median(rounds.map((runs) => MEASURES[measure](runs.get(entrant.name), entrant)));
  const inside = entrant.inside ? of('inside').toFixed(2) : '';
  return [of('seconds').toFixed(3), inside, of('cpu').toFixed(2), of('megabytes').toFixed(0).replace(/^0$/, '')];
}

function compared([ours, theirs, { faster, within, measure = 'seconds' } = {}], entrants, rounds) {
  const ratios = (of) => {
    const value = (runs, name) =>
      MEASURES[of](
        runs.get(name),
        entrants.find((one) => one.name === name),
      );
    return rounds.map((runs) => (within ? value(runs, ours) / value(runs, theirs) : value(runs, theirs) / value(runs, ours)));
  };
  const what = { seconds: '', inside: ', start-up left out', megabytes: ', memory' }[measure];
  const main = ratios(measure);
  const target = faster ? `at least ${faster}` : Number.isFinite(within) ? `at most ${within}` : '';
  const met = faster ? median(main) >= faster : median(main) <= within;
  return [
    `${ours} against ${theirs}${what}`,
    `${spread(main)} times ${within ? (measure === 'megabytes' ? 'as much' : 'as long') : 'as fast'}`,
    measure === 'seconds' ? spread(ratios('cpu')) : '',
    target,
    target && (met ? 'met' : 'missed'),
  ];
}

function below(name, most, rounds) {
  const peak = Math.max(...rounds.map((runs) => runs.get(name).megabytes));
  return [`${name}, memory`, `${peak.toFixed(0)} MB`, '', `below ${most} MB`, peak < most ? 'met' : 'missed'];
}

/** Nothing where a time was too short to be counted. */
function spread(ratios) {
  if (!ratios.every((ratio) => ratio > 0 && Number.isFinite(ratio))) return '';
  const text = (ratio) => (ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(1));
  return `${text(median(ratios))} (${text(Math.min(...ratios))} to ${text(Math.max(...ratios))})`;
}
