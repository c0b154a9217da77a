/** Before the tests: dist as the source is now, for what runs in threads or in WebAssembly cannot be run from TypeScript. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ENTRIES, root } from './bundle.js';
import { compile, SOURCES } from './wasm.js';

export default async function setup() {
  for await (const [name, contents] of built()) {
    const file = join(root, 'dist', name);
    if (existsSync(file) && readFileSync(file).equals(contents)) continue;
    execFileSync(process.execPath, [join(root, 'tools/build.js')], { stdio: 'inherit' });
    return;
  }
}

async function* built() {
  for (const [name, source] of Object.entries(SOURCES)) yield [`${name}.wasm`, await compile(source)];
  for (const [name, entry] of Object.entries(ENTRIES)) yield [`${name}.cjs`, (await bundle(entry)).code];
}
