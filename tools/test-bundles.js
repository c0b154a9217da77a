/** Before the tests: dist as the source is now, for what runs in threads cannot be run from TypeScript. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ENTRIES, root } from './bundle.js';

export default async function setup() {
  for (const [name, entry] of Object.entries(ENTRIES)) {
    const file = join(root, `dist/${name}.cjs`);
    const { code } = await bundle(entry);
    if (existsSync(file) && readFileSync(file).equals(code)) continue;
    execFileSync(process.execPath, [join(root, 'tools/build.js')], { stdio: 'inherit' });
    return;
  }
}
