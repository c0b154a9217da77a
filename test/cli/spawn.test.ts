/** The built program as a process of its own: pipes, signals and exit codes. Needs dist, which `npm ci` builds. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const BIN = join(ROOT, 'bin/lossctl.js');
const DIABETES = join(ROOT, 'fixtures/predictions/diabetes.csv');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function start(args: string[], stdin: 'ignore' | 'pipe' = 'ignore'): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { stdio: [stdin, 'pipe', 'pipe'], cwd: folder });
}

async function finish(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  const [stderr, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'close')]);
  return { code, stderr };
}

describe('the built program', () => {
  test('evaluates a real file', async () => {
    const child = start(['eval', '--loss', 'huber', '--delta', '1', '--pred', 'pred_ridge', '--json', DIABETES]);
    const [stdout, { code }] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), finish(child)]);
    expect(code).toBe(0);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(JSON.parse(stdout)).toMatchObject({
      version,
      results: [{ id: 'huber', value: 48.34228585271271, n: 442 }],
      verdict: 'none',
    });
  });

  test('loads what it loads only when used: Arrow', async () => {
    const file = join(folder, 'preds.arrow');
    writeFileSync(file, tableToIPC(tableFromArrays({ target: [1, 2], pred: [2, 4] }), 'file'));
    const child = start(['eval', '-l', 'mse', '--json', file]);
    const [stdout, { code, stderr }] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), finish(child)]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout).results[0].value).toBe(2.5);
  });

  test('decodes Parquet in a thread of its own, from a file and from a pipe', async () => {
    const file = join(ROOT, 'fixtures/formats/parquet/pandas.parquet');
    for (const piped of [false, true]) {
      const child = start(['eval', '-l', 'mse', '--json', piped ? '-' : file], piped ? 'pipe' : 'ignore');
      child.stdin?.end(readFileSync(file));
      const [stdout, { code, stderr }] = await Promise.all([text(child.stdout as NodeJS.ReadableStream), finish(child)]);
      expect([code, stderr]).toEqual([0, '']);
      expect(JSON.parse(stdout).results[0].value).toBe(0.375);
    }
  });

  test('reads standard input as it comes', async () => {
    const child = start(['eval', '-l', 'mse', '--assert', 'mse < 1'], 'pipe');
    const done = finish(child);
    for (const piece of ['target,pr', 'ed\n1,2', '\n3,3', '\n']) {
      child.stdin?.write(piece);
      await delay(5);
    }
    child.stdin?.end();
    expect((await done).code).toBe(0);
  });

  test('a failed gate, bad input and a bad flag have their exit codes', async () => {
    expect((await finish(start(['eval', '-l', 'mse', '--pred', 'pred_ridge', '--assert', 'mse < 1', DIABETES]))).code).toBe(1);
    expect(await finish(start(['eval', '-l', 'mse', 'nowhere.csv']))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere.csv'),
    });
    expect((await finish(start(['eval', '--nope']))).code).toBe(2);
  });

  test('no standard input is an error, not a hang', async () => {
    expect(await finish(start(['eval', '-l', 'mse']))).toMatchObject({ code: 2, stderr: expect.stringContaining('<stdin>') });
  });

  test('nor is one that is closed', async () => {
    const child = spawn('sh', ['-c', `exec "${process.execPath}" "${BIN}" eval -l mse <&-`], { stdio: ['ignore', 'pipe', 'pipe'] });
    expect(await finish(child)).toMatchObject({ code: 2, stderr: expect.stringContaining('<stdin>: is empty') });
  });

  test('a slow reader gets every byte', async () => {
    const rows = 20_000;
    const file = join(folder, 'many.csv');
    writeFileSync(file, `target,pred\n${Array.from({ length: rows }, (_, i) => `${i},${i + 1}`).join('\n')}\n`);
    const child = start(['eval', '-l', 'mse', '--reduction', 'none', file]);
    const done = finish(child);
    let output = '';
    for await (const chunk of child.stdout as NodeJS.ReadableStream) {
      output += chunk;
      await delay(1);
    }
    expect((await done).code).toBe(0);
    expect(output.split('\n')).toHaveLength(rows + 2);
    expect(output).toMatch(/\n20000,1\n$/);
  });

  test('a reader that goes away ends it quietly', async () => {
    const child = start(['eval', '-l', 'mse', '--reduction', 'none', join(folder, 'many.csv')]);
    const done = finish(child);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    child.stdout?.destroy();
    expect(await done).toEqual({ code: 0, stderr: '' });
  });

  test('a closed pipe does not change the verdict', async () => {
    const child = start(['eval', '-l', 'mse', '--assert', 'mse < 0'], 'pipe');
    const done = finish(child);
    child.stdout?.destroy();
    await delay(50);
    child.stdin?.end('target,pred\n1,2\n');
    expect(await done).toEqual({ code: 1, stderr: '' });
  });

  test('an interrupt ends with 130 and nothing on standard output', async () => {
    const child = start(['eval', '-l', 'mse', '--json', '--verbose', '-o', 'out.json'], 'pipe');
    const [stdout, closed] = [text(child.stdout as NodeJS.ReadableStream), once(child, 'close')];
    child.stdin?.write(`target,pred\n${'1,2\n'.repeat(50_000)}`); // more than the first look takes
    await once(child.stderr as NodeJS.ReadableStream, 'data'); // the columns: it has read the header and waits for rows
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(130);
    expect(await stdout).toBe('');
    expect(readdirSync(folder).filter((name) => name.includes('out.json'))).toEqual([]);
  });

  test('an interrupt leaves no half-written rows behind', async () => {
    const child = start(['eval', '-l', 'mse', '--reduction', 'none', '-o', 'half.csv'], 'pipe');
    const closed = once(child, 'close');
    child.stdin?.write(`target,pred\n${'1,2\n'.repeat(50_000)}`);
    await once(child.stdout as NodeJS.ReadableStream, 'data'); // rows are going out, to both
    child.stdout?.resume();
    expect(readdirSync(folder).filter((name) => name.includes('half.csv'))).toHaveLength(1);
    child.kill('SIGINT');
    expect((await closed)[0]).toBe(130);
    expect(readdirSync(folder).filter((name) => name.includes('half.csv'))).toEqual([]);
  });

  test('output files appear whole, beside standard output', async () => {
    const outputs = ['-o', 'result.json', '-o', 'markdown:summary.txt'];
    const child = start(['eval', '-l', 'mse', '--pred', 'pred_ridge', ...outputs, DIABETES]);
    expect((await finish(child)).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).results).toHaveLength(1);
    expect(readFileSync(join(folder, 'summary.txt'), 'utf8')).toContain('| `mse` |');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('the code cache', () => {
  const name = `lossctl-${process.version}-${process.platform}-${process.arch}.cache`;

  test('is for the Node that made it alone: another one takes it where only the last numbers of V8 differ, and crashes', () => {
    expect(readdirSync(join(ROOT, 'dist')).filter((file) => file.endsWith('.cache'))).toEqual([name]);
    const { cache } = createRequire(import.meta.url)('../../bin/load.js');
    expect(cache).toBe(join(ROOT, 'dist', name));
  });

  const copy = () => {
    const place = mkdtempSync(join(folder, 'package-'));
    for (const part of ['bin', 'dist']) cpSync(join(ROOT, part), join(place, part), { recursive: true });
    return place;
  };

  test.each([
    ['as built', () => {}],
    ['missing', (cache: string) => rmSync(cache)],
    ['empty', (cache: string) => writeFileSync(cache, '')],
    ['of another version', (cache: string) => writeFileSync(cache, readFileSync(cache).fill(7, 0, 64))],
    ['cut', (cache: string) => writeFileSync(cache, readFileSync(cache).subarray(0, 1000))],
  ])('%s changes nothing', async (_, change) => {
    const place = copy();
    change(join(place, 'dist', name));
    const child = spawn(process.execPath, [join(place, 'bin/lossctl.js'), '--version']);
    const [stdout, { code, stderr }] = await Promise.all([text(child.stdout), finish(child)]);
    expect([stdout, stderr, code]).toEqual(['0.1.0\n', '', 0]);
  });
});
