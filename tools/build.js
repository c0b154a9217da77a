/**
 * Bundles the program into dist/lossctl.cjs. One minified file starts in half the time of forty, and CommonJS 5 ms before an ES
 * module. The entry can be named for a trial: node tools/build.js [ENTRY [OUTDIR]].
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdParty } from './licences.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const [entry = join(root, 'src/cli/main.ts'), outdir = join(root, 'dist')] = process.argv.slice(2);

/** cli-table3 asks for it only to paint borders and heads, which chalk does here; it copes without. */
const UNUSED = ['@colors/colors'];

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });

const { metafile } = await build({
  entryPoints: [entry],
  outfile: join(outdir, 'lossctl.cjs'),
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // The one runtime dependency: large, loaded only when Arrow comes in.
  external: ['apache-arrow', ...UNUSED.map((name) => `${name}/*`)],
  // commander loads it for subcommands that are programs of their own. There are none here, and loading it takes 3 ms.
  alias: { 'node:child_process': join(root, 'tools/nothing.js') },
  // import() of a package becomes require(): a script that comes from the code cache has no import() of its own in Node 20.
  supported: { 'dynamic-import': false },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}).catch(() => process.exit(1)); // esbuild has said what is wrong, and where

writeFileSync(join(outdir, 'THIRD-PARTY.txt'), thirdParty(root, Object.keys(metafile.inputs)));

if (entry === join(root, 'src/cli/main.ts'))
  execFileSync(process.execPath, [join(root, 'tools/code-cache.js')], { stdio: 'inherit' });
