/** Writes the code cache into dist: what V8 has compiled once the program has done its main job. Run by build.js, in a process of its own. */
import { writeFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import loaded from '../bin/load.js';

const { main, script, cache } = loaded;
const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const argv = [
  'node',
  'lossctl',
  'eval',
  '-l',
  'huber',
  '--target',
  'y_true',
  '--pred',
  'pred_ridge',
  path('fixtures/predictions/diabetes.csv'),
];
const silent = () => new PassThrough().resume();

const code = await main({ argv, env: {}, stdin: silent(), stdout: silent(), stderr: silent() });
if (code !== 0) throw new Error(`the built program ended with ${code}`);
writeFileSync(cache, script.createCachedData());
