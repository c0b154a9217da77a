/** Before the tests: dist/decode.cjs as the source is now, for what runs in threads cannot be run from TypeScript. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, ENTRIES, root } from './bundle.js';

export default async function setup() {
  const { code } = await bundle(ENTRIES.decode);
  const file = join(root, 'dist/decode.cjs');
  if (existsSync(file) && readFileSync(file).equals(code)) return;
  mkdirSync(join(root, 'dist'), { recursive: true });
  // In one step: another run may be reading it.
  const half = `${file}.${process.pid}`;
  writeFileSync(half, code);
  renameSync(half, file);
}
