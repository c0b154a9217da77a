/**
 * Writes docs/losses from the built program, which must be able to say all of it. With --check: compares, and names what drifted.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import lossctlBundle from '../dist/lossctl.cjs';

const { main } = lossctlBundle;
const folder = fileURLToPath(new URL('../docs/losses/', import.meta.url));
const pages = await writePages();

if (process.argv.includes('--check')) {
  const drifted = [...new Set([...pages.keys(), ...present()])].filter((name) => pages.get(name) !== read(name)).sort();
  if (drifted.length) {
    console.error(`docs/losses is not what the losses say: ${drifted.join(', ')}\nRun: npm run docs`);
    process.exitCode = 1;
  }
} else {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
  console.log(`docs/losses: ${pages.size} pages`);
}

async function writePages() {
  const losses = JSON.parse(await lossctl('list', '--json'));
  const texts = new Map([['README.md', index(losses)]]);
  for (const { name } of losses) texts.set(`${name}.md`, await lossctl('explain', name, '-f', 'markdown'));
  return texts;
}

/** @param {readonly { name: string, task: string, summary: string }[]} losses */
function index(losses) {
  const rows = losses.map(
    ({ name, task, summary }) => `| [${name}](${name}.md) | ${task} | ${summary.replace(/[|<*_]/g, '\\$&')} |`,
  );
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
    return readdirSync(folder);
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
