/** `check --watch`: again when something changes, until interrupted. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const CONFIG = (gate: string) => `data: { preds: { files: 'p*.csv', losses: mse, gates: ['${gate}'] } }\n`;
const start = process.cwd();
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-watch-'));
  process.chdir(folder);
  writeFileSync('p1.csv', 'target,pred\n1,2\n');
  writeFileSync('lossctl.yaml', CONFIG('mse < 2'));
});
afterEach(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

/** A program that watches: what it has written, and how to interrupt it. */
function watching(isTTY: boolean) {
  const listeners: (() => void)[] = [];
  const stream = () => Object.assign(new PassThrough(), { isTTY });
  const [stdout, stderr] = [stream(), stream()];
  let text = '';
  for (const one of [stdout, stderr]) one.on('data', (chunk) => (text += chunk));
  const code = main({
    argv: ['node', 'lossctl', 'check', '--watch', '--color', 'never'],
    env: {},
    stdin: Readable.from([]),
    stdout,
    stderr,
    once: (_, listener) => listeners.push(listener),
    exit: () => {},
  });
  return {
    /** Resolves once the text has come, and gives what was written since the last call. */
    async until(wanted: string): Promise<string> {
      while (!text.includes(wanted)) await delay(10);
      const seen = text;
      text = '';
      return seen;
    },
    async interrupt(): Promise<number> {
      for (const listener of listeners) listener();
      return code;
    },
  };
}

const WAITS = 'watching: Ctrl-C ends\n';

describe('--watch', () => {
  test('runs again when a file, the configuration or the files of a glob change, and ends with 130', async () => {
    const { until, interrupt } = watching(false);
    expect(await until(WAITS)).toContain('preds: mse 1 < 2  PASS');
    writeFileSync('p1.csv', 'target,pred\n1,4\n');
    expect(await until(WAITS)).toContain('preds: mse 9 < 2  FAIL');
    writeFileSync('lossctl.yaml', CONFIG('mse < 10'));
    expect(await until(WAITS)).toContain('preds: mse 9 < 10  PASS');
    writeFileSync('p2.csv', 'target,pred\n1,1\n');
    expect(await until(WAITS)).toContain('preds: mse 4.5 < 10  PASS');
    expect(await interrupt()).toBe(130);
  });

  test('a mistake is told, and mended while it watches', async () => {
    writeFileSync('lossctl.yaml', CONFIG('mse <'));
    const { until, interrupt } = watching(false);
    expect(await until(WAITS)).toMatch(/^error: lossctl\.yaml:1:\d+: --assert "mse <": expected a finite number/);
    writeFileSync('new.yaml', CONFIG('mse < 2'));
    renameSync('new.yaml', 'lossctl.yaml'); // as editors do it
    expect(await until(WAITS)).toContain('preds: mse 1 < 2  PASS');
    rmSync('p1.csv');
    expect(await until(WAITS)).toContain('p*.csv: no file matches');
    expect(await interrupt()).toBe(130);
  });

  test('what does not change is not run again', async () => {
    const { until, interrupt } = watching(false);
    await until(WAITS);
    await delay(1000);
    writeFileSync('p1.csv', 'target,pred\n1,4\n');
    expect((await until('FAIL')).match(/preds: mse/g)).toHaveLength(1);
    await interrupt();
  });

  test.each([
    ['a terminal is cleared before each run but the first', true],
    ['what is no terminal keeps all runs', false],
  ])('%s', async (_, isTTY) => {
    const { until, interrupt } = watching(isTTY);
    expect(await until(WAITS)).not.toContain('\x1b[2J');
    writeFileSync('p1.csv', 'target,pred\n1,4\n');
    expect((await until(WAITS)).startsWith('\x1b[2J\x1b[H')).toBe(isTTY);
    await interrupt();
  });

  test('as a process, an interrupt ends it with 130', async () => {
    const bin = join(import.meta.dirname, '../../bin/lossctl.js');
    const child = spawn(process.execPath, [bin, 'check', '--watch'], { cwd: folder, timeout: 20_000 });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += chunk));
    while (!text.includes(WAITS)) await delay(10);
    writeFileSync('p1.csv', 'target,pred\n1,4\n');
    while (!text.includes('FAIL')) await delay(10);
    child.kill('SIGINT');
    expect((await once(child, 'close'))[0]).toBe(130);
  });
});
