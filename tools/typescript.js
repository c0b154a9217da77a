/** Lets node run TypeScript as it stands: node --import ./tools/typescript.js FILE.ts. The types are dropped, not checked. */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from 'esbuild';

// Node loads hooks in a thread of their own, from this same file.
if (isMainThread) register(import.meta.url);

/** @type {import('node:module').LoadHook} */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, 'utf8'), { loader: 'ts', target: 'node20', sourcefile: file });
  return { format: 'module', source: code, shortCircuit: true };
}
