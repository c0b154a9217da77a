import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** What the program is made of: dist/<name>.cjs from its entry. */
export const ENTRIES = {
  lossctl: join(root, 'src/cli/main.ts'),
  // Runs in a thread of its own, so it is a script of its own.
  decode: join(root, 'src/io/guard/decode.ts'),
};

/** cli-table3 asks for it only to paint borders and heads, which chalk does here; it copes without. */
const UNUSED = ['@colors/colors'];

/**
 * Bundles one entry, in memory. Gives its code, and the files that went into it.
 *
 * @param {string} entry
 * @param {import('esbuild').BuildOptions} [others] in place of those here
 */
export async function bundle(entry, others) {
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: UNUSED.map((name) => `${name}/*`),
    // commander loads it for subcommands that are programs of their own. There are none here, and loading it takes 3 ms.
    alias: { 'node:child_process': join(root, 'tools/nothing.js') },
    // import() of a package becomes require(): a script that comes from the code cache has no import() of its own in Node 20.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname', 'import.meta.url': 'bundleUrl' },
    banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" }, // packages make a require of it
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    ...others,
  });
  return { code: outputFiles[0].contents, files: Object.keys(metafile.inputs) };
}
