/** Compiles the AssemblyScript sources, which stand beside the TypeScript that does the same, into WebAssembly. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from './bundle.js';

/** dist/<name>.wasm from its source. */
export const SOURCES = {
  scan: 'src/io/csv/fast/scan.as.ts',
};

/** TypeScript that holds a module, and its source: for what must not read files. */
export const EMBEDDED = {
  'src/losses/math/condense-code.ts': 'src/losses/math/condense.as.ts',
};

const OPTIONS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--importMemory', '--zeroFilledMemory'];

/**
 * Compiles one source, in memory.
 *
 * @param {string} source
 * @param {(path: string, text: string) => string} edit changes what is compiled: tests make mutants
 * @returns {Promise<Uint8Array>}
 */
export async function compile(source, edit = (_path, text) => text) {
  let binary = new Uint8Array();
  const readFile = (name, folder) => {
    const path = resolve(folder, name);
    return existsSync(path) ? edit(path, readFileSync(path, 'utf8')) : null;
  };
  const writeFile = (_name, contents) => {
    binary = contents;
  };
  const argv = [source, '--baseDir', root, '--outFile', 'out.wasm', ...OPTIONS];
  const { error, stderr } = await asc.main(argv, { readFile, writeFile });
  const said = stderr.toString();
  if (error || said) throw new Error(`${source}: ${error?.message ?? 'warnings'}\n${said}`);
  return binary;
}

/**
 * The text of a TypeScript file that holds a module.
 *
 * @param {string} source
 */
export async function embedded(source) {
  const lines = [...(await compile(source))].join(', ').match(/.{1,129}(?:, |$)/g) ?? [];
  const numbers = lines.map((line) => `  ${line.replace(/, $/, '')},\n`).join('');
  return `/** Written by \`npm run docs\`: what AssemblyScript makes of ${basename(source)}. */\nexport const CODE = new Uint8Array([\n${numbers}]);\n`;
}
