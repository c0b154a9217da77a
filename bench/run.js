/**
 * `npm run bench` runs all; `npm run bench -- speed` one, and `-- S1 S4` some tasks of it. Needs the build.
 *
 * `--pairs N`: rounds; `--scale 0.1`: of the rows; `--data FOLDER`: keeps the files of speed, and takes those that lie there.
 */
import { parseArgs } from 'node:util';
import { coverage } from './coverage.js';
import { exactSums } from './exact-sums.js';
import { gate } from './gate.js';
import { kernels } from './kernels.js';
import { profile } from './profile.js';
import { sameBits } from './same-bits.js';
import { speed, TASK_NAMES } from './speed/index.js';

const BENCHES = new Map([
  ['same-bits', sameBits],
  ['exact-sums', exactSums],
  ['kernels', kernels],
  ['coverage', coverage],
  ['profile', profile],
  ['gate', gate],
]);

const { positionals: asked, values } = parseArgs({
  allowPositionals: true,
  options: { pairs: { type: 'string' }, scale: { type: 'string', default: '1' }, data: { type: 'string' } },
});
const tasks = asked.length === 0 || asked.includes('speed') ? TASK_NAMES : TASK_NAMES.filter((name) => asked.includes(name));
const numbers = { scale: Number(values.scale), pairs: values.pairs === undefined ? undefined : Number(values.pairs) };
const known = ['speed', ...TASK_NAMES, ...BENCHES.keys()];
const unknown = asked.find((name) => !known.includes(name));
if (unknown) {
  console.error(`there is no bench "${unknown}": choose of ${known.join(', ')}`);
  process.exitCode = 2;
} else if (!(numbers.scale > 0) || (numbers.pairs !== undefined && !(Number.isInteger(numbers.pairs) && numbers.pairs > 0))) {
  console.error('--scale wants a number above 0, --pairs a whole one');
  process.exitCode = 2;
} else {
  const options = { ...values, ...numbers };
  if (tasks.length > 0) await speed({ ...options, names: tasks });
  for (const [name, run] of BENCHES) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n${name}`);
    await run(options);
  }
}
