/** Before the tests: dist as the source is now, for what runs in threads or in WebAssembly cannot be run from TypeScript. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ENTRIES, root } from './bundle.js';
import { compile, SOURCES } from './wasm.js';

export default async function setup() {
  if (!(await isFresh())) execFileSync(process.execPath, [join(root, 'tools/build.js')], { stdio: 'inherit' });
}

/** Whether dist is what the source gives, with the code cache of the Node that runs. */
async function isFresh() {
  const dist = join(root, 'dist');
  if (!existsSync(dist) || !readdirSync(dist).some((file) => file.startsWith(`lossctl-${process.version}-`))) return false;
  for await (const [name, contents] of built()) {
    const file = join(dist, name);
    if (!existsSync(file) || !readFileSync(file).equals(contents)) return false;
  }
  return true;
}

async function* built() {
  for (const [name, source] of Object.entries(SOURCES)) yield [`${name}.wasm`, await compile(source)];
  for (const [name, entry] of Object.entries(ENTRIES)) yield [`${name}.cjs`, (await bundle(entry)).code];
}
