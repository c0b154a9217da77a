/** Whole processes, measured: wall time, processor time, peak memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const lossctl = [process.execPath, join(root, 'bin/lossctl.js')];

/**
 * @typedef {object} Run
 * @property {number} seconds from the start to the end of the process
 * @property {number} cpu seconds of user and system time, of all its threads; in steps of 0.01
 * @property {number} megabytes at its peak
 * @property {string} stdout
 * @property {string} stderr
 */

/** Where it names certificates, Node reads them before it starts: 30 ms, in all its programs. */
const ENVIRONMENT = { ...process.env, NODE_EXTRA_CA_CERTS: '' };

/**
 * Runs a command to its end; one at a time, or the processor times mix. They and the peak are read from /proc (Linux). The peak is looked
 * up while it runs, so it can miss what the last 20 ms add.
 *
 * @param {readonly string[]} command
 * @param {{ stdin?: number }} [options] a file descriptor for standard input
 * @returns {Promise<Run>}
 */
export function runProcess([program, ...args], { stdin } = {}) {
  return new Promise((resolve, reject) => {
    const before = childrenCpu();
    const started = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: [stdin ?? 'ignore', 'pipe', 'pipe'], cwd: root, env: ENVIRONMENT });
    let stdout = '';
    let stderr = '';
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, peakOf(child.pid));
    }, 20);
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => {
      clearInterval(watch);
      reject(error);
    });
    child.on('close', (code) => {
      clearInterval(watch);
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      if (code !== 0) reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`));
      resolve({ seconds, cpu: childrenCpu() - before, megabytes: peak / 1024, stdout, stderr });
    });
  });
}

/** Seconds of all children that have ended. A clock tick is 10 ms on every Linux. */
function childrenCpu() {
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/.*\) /s, '').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** In kB; 0 when the process has gone. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const folders = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
process.once('SIGINT', () => process.exit(130)); // or that would not be an exit

/** A new folder, which goes when the bench ends. */
export function temporaryFolder(name) {
  folders.push(mkdtempSync(join(tmpdir(), `lossctl-${name}-`)));
  return folders.at(-1);
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** @param {readonly (readonly string[])[]} rows the head first; a column whose head begins with a space is set to the right */
export function printTable([head, ...rows]) {
  const line = (cells) => `| ${cells.map((cell) => cell.trim()).join(' | ')} |`;
  console.log([line(head), line(head.map((cell) => (cell.startsWith(' ') ? '---:' : '---'))), ...rows.map(line)].join('\n'));
}

/** Whether `eval` takes `--threads`. */
export async function hasThreads() {
  const { stdout } = await runProcess([...lossctl, 'eval', '--help']);
  return stdout.includes('--threads');
}

/** A Python that has the modules; `null` without one. */
export async function pythonWith(modules) {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const found = await runProcess([python, '-c', `import ${modules}`]).catch(() => null);
    if (found) return python;
  }
  return null;
}

/** Numbers that are the same everywhere: a 32-bit generator (mulberry32). */
export function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
