/** What a task runs: lossctl, and the programs that people would run in its place. A peer that is not there is `null`, and said once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lossctl as program, pythonWith, root, runProcess, temporaryFolder } from '../lib.js';
import { entryProgram } from '../program.js';

/**
 * @typedef {object} Entrant
 * @property {readonly string[]} command
 * @property {((run: import('../lib.js').Run) => Map<string, number>)} [values] what it computed, as `mse{region=eu}`
 * @property {((run: import('../lib.js').Run) => number)} [inside] seconds by its own clock, without its start-up
 */

/** @returns {Entrant} */
export function lossctl(...args) {
  return {
    command: [...program, 'eval', '--json', '--verbose', ...args],
    values: ({ stdout }) => new Map(JSON.parse(stdout).results.map(({ id, slice, value }) => [id + sliceText(slice ?? {}), value])),
    inside: ({ stderr }) => Number(/ in ([\d.]+) s$/m.exec(stderr)?.[1]),
  };
}

const peer = (name) => join(root, 'bench/peers', name);

/** A script prints the name and the value of each result, and `seconds` by its own clock. */
const script = (command) => ({
  command,
  values: ({ stdout }) => linesOf(stdout),
  inside: ({ stderr }) => Number(/^seconds (.*)$/m.exec(stderr)?.[1]),
});

/** `Name 1.5`: a name may hold spaces. */
function linesOf(text) {
  return new Map(Array.from(text.matchAll(/^(.+) (\S+)$/gm), ([, name, value]) => [name, Number(value)]));
}

export function sliceText(slice) {
  const columns = Object.entries(slice).map(([column, value]) => `${column}=${value}`);
  return columns.length ? `{${columns.join()}}` : '';
}

export const bareNode = { command: [process.execPath, '-e', '0'] };

/** The least that reading can take: the bytes through the kernel, and their lines counted. */
export const readBytes = (...files) => ({ command: ['sh', '-c', 'cat "$@" > /dev/null', 'sh', ...files] });
export const countLines = (file) => ({ command: ['wc', '-l', file] });

/** A script of bench/peers under Debian's Python. */
export async function python(name, ...args) {
  const found = await once('pandas, numpy and torch', () => pythonWith('pandas, numpy, torch'));
  return found && script([found, peer(name), ...args]);
}

/** A loss by our engine, of arrays that are in memory. */
export async function inMemory(...args) {
  return script([...(await entryProgram('speed/in-memory.entry.ts')), ...args]);
}

/** Statements of bench/peers on `FILE1`, `FILE2` ..., in Node, where DuckDB takes as many threads as there are cores. */
export async function duckdb(sql, ...files) {
  const packages = await once('DuckDB', () => installed('@duckdb/node-api'));
  return packages && script([process.execPath, peer('duckdb.js'), packages, peer(sql), ...files]);
}

/** The rows through csv-parse, as objects of strings. */
export const csvParse = (file) => script([process.execPath, peer('csv_parse.js'), file]);

const found = new Map();

/** Looks for a peer once, and says when it is not there. */
async function once(name, look) {
  if (!found.has(name)) {
    found.set(name, await look());
    if (found.get(name) === null) console.log(`${name}: skipped, cannot be found or installed here`);
  }
  return found.get(name);
}

/** Installs a package into a folder of its own. */
async function installed(name) {
  const folder = temporaryFolder('peer');
  const command = ['npm', 'install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel', 'error', name];
  const done = await runProcess(command).catch((error) => {
    console.log(error.message);
    return null;
  });
  if (!done) return null;
  const { version } = JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  console.log(`${name} ${version}`);
  return folder;
}
