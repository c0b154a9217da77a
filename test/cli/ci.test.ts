/** `--annotate` and `--summary`: what a CI service is told beside the report. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deliverableOf } from '../../src/cli/commands/deliver.ts';
import { markdown } from '../../src/cli/render/markdown.ts';
import { summaryText } from '../../src/cli/render/summary.ts';
import { lossctl } from '../support/world.ts';
import { gate, PLAIN, report, result } from './render-reports.ts';

const DATA = 'target,pred\n1,2\n3,5\n';
const LIMIT = 1_000_000;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-ci-'));
  file = join(folder, 'summary.md');
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (args: string[], GITHUB_STEP_SUMMARY = file) => lossctl(['eval', '-l', 'mse', ...args], DATA, { GITHUB_STEP_SUMMARY });

describe('--annotate github', () => {
  test('goes to standard error, in place of the warnings there; the report stays the same', async () => {
    const data = 'target,pred\n1e200,-1e200\n';
    const plain = await lossctl(['eval', '-l', 'mse', '--json', '--assert', 'mse < 1'], data);
    const annotated = await lossctl(['eval', '-l', 'mse', '--json', '--assert', 'mse < 1', '--annotate', 'github'], data);
    expect(annotated.stdout).toBe(plain.stdout);
    expect([plain.code, annotated.code]).toEqual([1, 1]);
    expect(plain.stderr).toBe('warning D20: mse is not finite (inf): no gate on it can pass\n');
    expect(annotated.stderr).toBe(
      '::error title=lossctl FAIL%3A 1 of 1 gate failed::mse inf (overflow or infinite input) < 1\n' +
        '::warning title=lossctl D20::mse is not finite (inf): no gate on it can pass\n',
    );
  });

  test('is asked for, so -q leaves it', async () => {
    expect(await run(['-q', '--assert', 'mse < 1', '--annotate', 'github'])).toEqual({
      stdout: 'fail\n',
      stderr: '::error title=lossctl FAIL%3A 1 of 1 gate failed::mse 2.5 < 1, difference 1.5\n',
      code: 1,
    });
  });
});

describe('--summary', () => {
  const shown = async () => (await run(['-f', 'markdown'])).stdout;

  test('adds markdown to the file that GITHUB_STEP_SUMMARY names, and changes nothing else', async () => {
    const { stdout, code } = await run(['--summary', '--assert', 'mse < 1']);
    expect([stdout, code]).toEqual([(await run(['--assert', 'mse < 1'])).stdout, 1]);
    expect(readFileSync(file, 'utf8')).toBe((await run(['-f', 'markdown', '--assert', 'mse < 1'])).stdout);
  });

  test('adds a blank line to what is there, or the table would become part of it', async () => {
    writeFileSync(file, 'of another tool\n');
    await run(['--summary']);
    await run(['--summary']);
    expect(readFileSync(file, 'utf8')).toBe(`of another tool\n\n${await shown()}\n${await shown()}`);
  });

  test('says so when there is no room left, which changes no verdict', async () => {
    writeFileSync(file, 'x'.repeat(LIMIT - 10));
    const { stderr, code } = await run(['--summary', '--assert', 'mse < 3']);
    expect([stderr, code]).toEqual(['note: the job summary is full: nothing was added to it\n', 0]);
    expect(readFileSync(file, 'utf8')).toHaveLength(LIMIT - 10);
  });

  test.each([
    ['without the variable', '', /^error: --summary: GITHUB_STEP_SUMMARY is not set\n {2}hint: .*-o markdown:PATH\n$/],
    ['with a place that is not there', 'no/such/place', /^error: cannot write "no\/such\/place": its directory does not exist\n$/],
    ['with a directory', '.', /^error: cannot write "\.": it is a directory\n$/],
  ])('%s is an error', async (_, path, told) => {
    const { stdout, stderr, code } = await run(['--summary'], path);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toMatch(told);
  });

  test('never adds to an input', async () => {
    const data = join(folder, 'preds.csv');
    writeFileSync(data, DATA);
    const { stderr, code } = await lossctl(['eval', '-l', 'mse', '--summary', data], '', { GITHUB_STEP_SUMMARY: data });
    expect([code, readFileSync(data, 'utf8')]).toEqual([2, DATA]);
    expect(stderr).toContain('is one of the inputs');
  });

  test.each(['--summary', '--annotate=github'])('%s does not go with rows', async (flag) => {
    expect(await run(['--reduction', 'none', flag])).toMatchObject({ code: 2, stdout: '' });
  });

  test('merge has it as well', async () => {
    const state = join(folder, 'a.state');
    await run(['--state-out', state]);
    mkdirSync(join(folder, 'b'));
    const { code } = await lossctl(['merge', '--summary', state], '', { GITHUB_STEP_SUMMARY: file });
    expect([code, readFileSync(file, 'utf8')]).toEqual([0, await shown()]);
  });
});

describe('summaryText', () => {
  const regions = Array.from({ length: 30_000 }, (_, i) => new Map([['region', `region ${i}`]]));
  const large = report({
    results: [...regions.map((slice) => result({ slice })), result()],
    gates: regions.map((slice, i) => gate({ slice, pass: i !== 29_000 })),
    verdict: 'fail',
  });
  const bytes = (text: string) => Buffer.byteLength(text);

  test('is all of it while there is room', () => {
    expect(summaryText(deliverableOf(report()), 0)).toBe(markdown.render(report(), PLAIN));
    expect(summaryText(deliverableOf(report()), 1)).toBe(`\n${markdown.render(report(), PLAIN)}`);
  });

  test.each([0, 1, 500_000, 999_000])('leaves out what has no room beside %d bytes, and says how much', (size) => {
    const text = summaryText(deliverableOf(large), size);
    expect(size + bytes(text)).toBeLessThanOrEqual(LIMIT);
    const [, results, gates] = /\nLeft out, for lack of room: (\d+) results and (\d+) gates\.\n/.exec(text) ?? [];
    expect(text.match(/^\| `huber`/gm)).toHaveLength(30_001 - Number(results));
    expect(text.match(/^- /gm)).toHaveLength(30_000 - Number(gates));
    // What matters most stays: the value of all rows, the gate that failed, and the verdict of all gates.
    expect(text).toContain('| `huber` | `(all)` |');
    expect(text).toMatch(/- \*\*FAIL\*\* .*region 29000/);
    expect(text).toMatch(/\*\*FAIL\*\*: 1 of 30000 gates failed\n$/);
    expect(LIMIT - size - bytes(text)).toBeLessThan(300); // no more than needed
  });

  test('is empty where not even the verdict has room', () => {
    expect(summaryText(deliverableOf(large), LIMIT - 20)).toBe('');
    expect(summaryText(deliverableOf(large), LIMIT + 1)).toBe('');
  });
});
