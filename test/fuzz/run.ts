import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Task } from './child.ts';

/** What loads the seeds of a format and reads them untouched. */
const START = 60_000;
const LAST_WORDS = 2000;
const LOADER = new URL('../../tools/typescript.js', import.meta.url).href;

/** Reads mutants in a process that is started anew when one of them ends it, or is ended after `deadline` milliseconds with one. */
export async function fuzz(tasks: readonly Task[], deadline: number, onAnswer: (answer: Answer) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-fuzz-'));
  let left = tasks.filter(({ from, to }) => from < to);
  const take = (answer: Answer) => {
    const [{ to } = { to: 0 }, ...rest] = left;
    left = answer.mutant + 1 < to ? [{ ...(left[0] as Task), from: answer.mutant + 1 }, ...rest] : rest;
    onAnswer(answer);
  };
  try {
    while (left.length > 0) {
      const end = await runChild(left, folder, deadline, take);
      const [task] = left;
      if (!task) break;
      if (!end.begun) throw new Error(`the seeds of ${task.format} are not read: ${end.detail}`);
      take({ format: task.format, mutant: task.from, seed: '', how: '', outcome: end.outcome, detail: end.detail });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface End {
  readonly outcome: 'crash' | 'hang';
  readonly detail: string;
  /** Whether a mutant was in work. */
  readonly begun: boolean;
}

/** Goes on until all tasks are done or the process ends. */
function runChild(tasks: readonly Task[], folder: string, deadline: number, take: (answer: Answer) => void): Promise<End> {
  const child = fork(new URL('child.ts', import.meta.url), [folder, JSON.stringify(tasks)], {
    execArgv: ['--import', LOADER, '--max-old-space-size=512'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (chunk) => {
    words = (words + chunk).slice(-LAST_WORDS);
  });
  return new Promise((resolve) => {
    let isLate = false;
    let begun = false;
    let count = tasks.reduce((sum, { from, to }) => sum + to - from, 0);
    const kill = () => {
      isLate = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(kill, START);
    child.on('message', (message: Answer | 'begin') => {
      begun = true;
      clearTimeout(timer);
      timer = setTimeout(kill, deadline);
      if (message === 'begin') return;
      take(message);
      if (--count === 0) child.disconnect();
    });
    child.on('exit', async (code, signal) => {
      clearTimeout(timer);
      if (count > 0) await pause(100); // for its last words
      if (isLate) resolve({ outcome: 'hang', detail: `no end after ${deadline / 1000} s`, begun });
      else resolve({ outcome: 'crash', detail: `exit ${code ?? signal} ${words.trim()}`, begun });
    });
  });
}
