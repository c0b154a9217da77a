/** `npm run bench` runs all; `npm run bench -- startup` one. Needs the build. */
import { coverage } from './coverage.js';
import { gate } from './gate.js';
import { kernels } from './kernels.js';
import { memory } from './memory.js';
import { sameBits } from './same-bits.js';
import { startup } from './startup.js';

const BENCHES = new Map([
  ['startup', startup],
  ['same-bits', sameBits],
  ['memory', memory],
  ['kernels', kernels],
  ['coverage', coverage],
  ['gate', gate],
]);

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !BENCHES.has(name));
if (unknown) {
  console.error(`there is no bench "${unknown}": choose of ${[...BENCHES.keys()].join(', ')}`);
  process.exitCode = 2;
} else {
  for (const [name, run] of BENCHES) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    console.log(`\n${name}`);
    await run();
  }
}
