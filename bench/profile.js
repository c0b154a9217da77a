/** Where the time of some tasks goes: self time by part of the sources, on one thread. */
import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, join } from 'node:path';
import { hasThreads, printTable, runProcess, temporaryFolder } from './lib.js';
import { programWith } from './program.js';
import { Data } from './speed/data.js';
import { TASKS } from './speed/tasks.js';

/** Tasks whose first entrant is lossctl. */
const PROFILED = ['S1', 'S2', 'S3', 'S4', 'S7', 'S9'];
const SHOWN = 8;

/** By the file of a function, the first that fits; functions of Node and V8 by their names in brackets and `node:`. */
const AREAS = [
  ['idle', /^\(idle\)/],
  ['gc', /^\(garbage collector\)/],
  ['exact sums', /^src\/losses\/math\/exact-sum/],
  ['kernels', /^src\/losses\/.*\//],
  ['engine', /^src\/engine\//],
  ['read', /^src\/io\/bytes\/|^node:(internal\/)?(fs|streams?|zlib|buffer|worker)|^native (read|open|close|fstat)/],
  ['parse', /^src\/io\//],
  ['start-up', /^src\/cli|^src\/losses|^node:|^node_modules|^bin|^lossctl\.cjs|^\(root\)/],
  ['native', /^\(program\)|^native/],
];

export async function profile({ scale, data = temporaryFolder('speed') }) {
  const program = await programWith({ minify: false, sourcemap: 'inline' });
  const bundles = join(program[1], '../../dist');
  const files = new Data(data, scale);
  const shares = new Map();
  const threads = await hasThreads();
  for (const { id, entrants } of TASKS.filter((task) => PROFILED.includes(task.id))) {
    const [lossctl] = Object.values(await entrants(files, { threads }));
    const [, , ...args] = lossctl().command; // without Node and the program
    if (threads) args.push('--threads', '1'); // others are not profiled
    const folder = temporaryFolder('profile');
    await runProcess([program[0], '--cpu-prof', '--cpu-prof-interval', '200', '--cpu-prof-dir', folder, program[1], ...args]);
    const self = selfTimes(folder, bundles);
    shares.set(id, byArea(self));
    console.log(`\n${id}: the functions with the most time of their own, ms\n`);
    const most = [...self].filter(([place]) => !place.startsWith('(idle)')).sort((a, b) => b[1] - a[1]);
    printTable([['function', ' ms'], ...most.slice(0, SHOWN).map(([place, ms]) => [place, ms.toFixed(0)])]);
  }
  console.log('\nself time by area, ms\n');
  const areas = [...AREAS.map(([area]) => area), 'other'];
  printTable([
    ['', ...areas.map((area) => ` ${area}`)],
    ...[...shares].map(([id, of]) => [id, ...areas.map((area) => (of.get(area) ?? 0).toFixed(0))]),
  ]);
}

function byArea(self) {
  const sums = new Map();
  for (const [place, ms] of self) {
    const area = AREAS.find(([, files]) => files.test(place))?.[0] ?? 'other';
    sums.set(area, (sums.get(area) ?? 0) + ms);
  }
  return sums;
}

/** Milliseconds of each function by its place in the sources, over all profiles: the thread that decodes Parquet writes one as well. */
function selfTimes(folder, bundles) {
  const maps = new Map();
  const self = new Map();
  for (const file of readdirSync(folder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame, bundles, maps)]));
    samples.forEach((id, k) => {
      const place = places.get(id);
      self.set(place, (self.get(place) ?? 0) + timeDeltas[k] / 1000);
    });
  }
  return self;
}

function placeOf({ functionName, url, lineNumber, columnNumber }, bundles, maps) {
  if (url === '') return functionName.startsWith('(') ? functionName : `native ${functionName}`;
  const path = url.replace(/^file:\/\//, '');
  if (!path.startsWith(bundles)) return `${url.startsWith('node:') ? url : `bin/${basename(path)}`} ${functionName}`;
  if (!maps.has(path)) maps.set(path, sourceMapOf(path));
  const { originalSource = basename(path) } = maps.get(path).findEntry(lineNumber, columnNumber);
  return `${originalSource.replace(/^(\.\.\/)+/, '')} ${functionName || '(unnamed)'}`;
}

function sourceMapOf(path) {
  const [, base64] = /\/\/# sourceMappingURL=data:application\/json;base64,(\S+)/.exec(readFileSync(path, 'utf8'));
  return new SourceMap(JSON.parse(Buffer.from(base64, 'base64')));
}
