/**
 * Writes docs/losses and docs/checks.md from the built program, which must be able to say all of it. With --check: compares, and
 * names what drifted.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import lossctlBundle from '../dist/lossctl.cjs';

const { main } = lossctlBundle;
const folder = fileURLToPath(new URL('../docs/', import.meta.url));
const losses = join(folder, 'losses');
const pages = await writePages();

if (process.argv.includes('--check')) {
  const drifted = [...new Set([...pages.keys(), ...present()])].filter((name) => pages.get(name) !== read(name)).sort();
  if (drifted.length) {
    console.error(`docs is not what the program says: ${drifted.join(', ')}\nRun: npm run docs`);
    process.exitCode = 1;
  }
} else {
  rmSync(losses, { recursive: true, force: true });
  mkdirSync(losses, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  console.log(`docs: ${pages.size} pages`);
}

async function writePages() {
  const catalogue = JSON.parse(await lossctl('list', '--json'));
  const texts = new Map([
    ['checks.md', checks(JSON.parse(await lossctl('list', 'checks', '--json')))],
    ['losses/README.md', index(catalogue)],
  ]);
  for (const { name } of catalogue) texts.set(`losses/${name}.md`, await lossctl('explain', name, '-f', 'markdown'));
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
  try {
    return readdirSync(losses).map((name) => `losses/${name}`);
  } catch {
    return [];
  }
}

/** @param {string} name */
function read(name) {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}
