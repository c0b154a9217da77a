/** Whole processes, measured: interleaved runs, medians of ratios, peak memory. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const lossctl = [process.execPath, join(root, 'bin/lossctl.js')];

/**
 * Runs a command to its end. Peak memory is read from /proc while it runs (Linux), so it can miss the last 20 ms.
 *
 * @param {readonly string[]} command
 * @param {{ stdin?: number }} [options] a file descriptor for standard input
 * @returns {Promise<{ seconds: number, megabytes: number, stdout: string, code: number | null }>}
 */
export function runProcess([program, ...args], { stdin } = {}) {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(program, args, { stdio: [stdin ?? 'ignore', 'pipe', 'pipe'], cwd: root });
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
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code !== 0) reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${stderr}`));
      resolve({ seconds: Number(process.hrtime.bigint() - started) / 1e9, megabytes: peak / 1024, stdout, code });
    });
  });
}

/** In kB; 0 when the process has gone or there is no /proc. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Times two commands in turn, so that noise on the machine meets both, and gives the ratio of each pair. */
export async function compare(ours, theirs, pairs) {
  const ratios = [];
  const seconds = { ours: [], theirs: [] };
  for (let i = 0; i < pairs; i++) {
    const a = (await runProcess(ours)).seconds;
    const b = (await runProcess(theirs)).seconds;
    seconds.ours.push(a);
    seconds.theirs.push(b);
    ratios.push(a / b);
  }
  return {
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    ours: median(seconds.ours),
    theirs: median(seconds.theirs),
  };
}

/** Whether a Python can run the peer; the text says what is missing. */
export async function pythonPeer() {
  for (const python of ['/usr/bin/python3', 'python3']) {
    const found = await runProcess([python, '-c', 'import pandas, torch']).catch(() => null);
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
