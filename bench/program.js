/** Programs made of the sources, other than dist. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ENTRIES } from '../tools/bundle.js';
import { SOURCES } from '../tools/wasm.js';
import { root, temporaryFolder } from './lib.js';

/** The command that starts lossctl, built with other options of esbuild and without a code cache. */
export async function programWith(options) {
  const folder = temporaryFolder('program');
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  for (const [name, entry] of Object.entries(ENTRIES))
    writeFileSync(join(folder, 'dist', `${name}.cjs`), (await bundle(entry, options)).code);
  addScanner(join(folder, 'dist'));
  return [process.execPath, join(folder, 'bin/lossctl.js')];
}

/** The command that runs an entry of this folder. */
export async function entryProgram(name) {
  const folder = temporaryFolder('entry');
  addScanner(folder);
  const file = join(folder, 'entry.cjs');
  writeFileSync(file, (await bundle(join(root, 'bench', name), { minify: false })).code);
  return [process.execPath, file];
}

/** What a program loads that does not go into its bundle. */
function addScanner(folder) {
  for (const name of Object.keys(SOURCES)) cpSync(join(root, `dist/${name}.wasm`), join(folder, `${name}.wasm`));
}
