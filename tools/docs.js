/**
 * Writes docs/losses, docs/checks.md and schemas from the built program, which must be able to say all of it, and WebAssembly that is
 * embedded in TypeScript from its source. With --check: compares, and names what drifted.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import lossctlBundle from '../dist/lossctl.cjs';
import { EMBEDDED, embedded } from './wasm.js';

const { main } = lossctlBundle;
const root = fileURLToPath(new URL('..', import.meta.url));
/** Folders of which every file is written here. */
const WRITTEN = ['docs/losses', 'schemas'];
const pages = await writePages();

if (process.argv.includes('--check')) {
  const drifted = [...new Set([...pages.keys(), ...present()])].filter((name) => pages.get(name) !== read(name)).sort();
  if (drifted.length) {
    console.error(`not what the program says: ${drifted.join(', ')}\nRun: npm run docs`);
    process.exitCode = 1;
  }
} else {
  for (const folder of WRITTEN) {
    rmSync(join(root, folder), { recursive: true, force: true });
    mkdirSync(join(root, folder), { recursive: true });
  }
  for (const [name, text] of pages) writeFileSync(join(root, name), text);
  console.log(`docs: ${pages.size} files`);
}

async function writePages() {
  const catalogue = JSON.parse(await lossctl('list', '--json'));
  const texts = new Map([
    ['docs/checks.md', checks(JSON.parse(await lossctl('list', 'checks', '--json')))],
    ['docs/losses/README.md', index(catalogue)],
  ]);
  for (const { name } of catalogue) texts.set(`docs/losses/${name}.md`, await lossctl('explain', name, '-f', 'markdown'));
  for (const what of ['config', 'result', 'state', 'baseline']) texts.set(`schemas/${what}.json`, await lossctl('schema', what));
  for (const [name, source] of Object.entries(EMBEDDED)) texts.set(name, await embedded(source));
  return texts;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[|<*_]/g, '\\$&');
}

/** @param {readonly { code: string, severity: string, help: string }[]} codes */
function checks(codes) {
  const does = { error: 'refused', warn: 'warning', info: 'note' };
  const rows = codes.map(({ code, severity, help }) => `| ${code} | ${does[severity]} | ${escaped(help)} |`);
  const head = [
    '# What is checked in the data',
    '',
    'Written by `npm run docs` from src/engine/codes.ts; `lossctl list checks` prints the same.',
    '',
    '- **refused**: there is no result, and the exit code is 2. The message says where, and what to type next.',
    '- **warning**: the result is printed, and a line on standard error. `--strict` makes an error of it, `--allow CODE` silences it.',
    '- **note**: a line on standard error, also under `--strict`. `--allow CODE` silences it.',
    '',
    'Warnings and notes are in the JSON result as well. They do not depend on the order of the rows.',
    '',
    '| code | the data are | because of |',
  ];
  return `${[...head, '| --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** @param {readonly { name: string, task: string, summary: string }[]} catalogue */
function index(catalogue) {
  const rows = catalogue.map(({ name, task, summary }) => `| [${name}](${name}.md) | ${task} | ${escaped(summary)} |`);
  const head = [
    '# Losses',
    '',
    'Written by `npm run docs` from the definitions in src/losses.',
    '',
    '| loss | task | what it measures |',
  ];
  return `${[...head, '| --- | --- | --- |', ...rows].join('\n')}\n`;
}

/** Runs the program in this process and gives what it prints. */
async function lossctl(...args) {
  let text = '';
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const { stdin, stderr } = process;
  const code = await main({ argv: ['node', 'lossctl', ...args], env: {}, stdin, stdout, stderr });
  if (code !== 0) throw new Error(`lossctl ${args.join(' ')} ended with ${code}`);
  return text;
}

function present() {
  return WRITTEN.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
}

/** @param {string} name */
function read(name) {
  try {
    return readFileSync(join(root, name), 'utf8');
  } catch {
    return undefined;
  }
}
