/** `lossctl report`: what was printed as JSON is read back as it was, and becomes any format; and the page for a browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readResult } from '../../src/cli/read-result.ts';
import { html } from '../../src/cli/render/html.ts';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { json } from '../../src/cli/render/json.ts';
import { faultOf } from '../support/fault.ts';
import { lossctl } from '../support/world.ts';
import { gate, HOSTILE, hostileReport, PLAIN, report, result } from './render-reports.ts';

const CASES = join(import.meta.dirname, 'cases');

const documents = readdirSync(CASES).flatMap((name): [string, string][] => {
  const file = readdirSync(join(CASES, name)).includes('stdout') ? readFileSync(join(CASES, name, 'stdout'), 'utf8') : '';
  return /^\{\n {2}"schema": "lossctl\.result\/v1"/.test(file) ? [[name, file]] : [];
});

describe('a result is read back', () => {
  test.each(documents)('of %s, to the byte', (_, text) => {
    expect(json.render(readResult('result.json', text), { ...PLAIN, version: JSON.parse(text).version })).toBe(text);
  });

  test('with all that a run can tell', () => {
    expect(documents.length).toBeGreaterThan(10);
    const all = documents.map(([, text]) => text).join('');
    for (const key of [
      'targets',
      'where',
      'few',
      'components',
      'groups',
      'stats',
      'histogram',
      'interval',
      'top',
      'data',
      'error',
      'level',
    ])
      expect(all.includes(`"${key}": `), key).toBe(true);
  });

  test('whatever is in it: every format can be made of it', () => {
    const text = json.render(hostileReport(), PLAIN);
    const read = readResult('result.json', text);
    for (const { render } of RENDERERS) expect(render(read, PLAIN)).toBeTypeOf('string');
    const own = { unit: '|<script>\x1b[2J', reduction: '`::' };
    const forged = readResult(
      'result.json',
      json.render(report({ results: [result(own as object), result({ unit: 'x' })] }), PLAIN),
    );
    for (const { name, render } of RENDERERS) {
      if (name === 'json' || name === 'ndjson') continue;
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what must not come through
      expect(render(forged, PLAIN), name).not.toMatch(/\x1b|<script/);
    }
  });

  test.each([
    ['{', 'cut short'],
    ['[]', 'its schema is not "lossctl.result/v1"'],
    ['{"schema":"lossctl.baseline/v1"}', 'its schema is not "lossctl.result/v1"'],
    ['{"schema":"lossctl.result/v1"}', 'result.version is missing'],
  ])('%s is none', (text, message) => {
    expect(faultOf(() => readResult('x.json', text)).message).toContain(message);
  });
});

describe('the page', () => {
  const outcome = report({
    results: [result(), result({ slice: new Map([['g', 'a']]), value: 0.1 })],
    gates: [gate({ value: 0.1 + 0.2, limit: 0.3, pass: false }), gate({ level: 'warn', id: 'watch', pass: false, value: 51 })],
    warnings: [{ code: 'D01', severity: 'warn', message: 'odd' }],
    verdict: 'fail',
  });

  test('has the verdict, gates in full digits and results', () => {
    const page = html.render(outcome, PLAIN);
    expect(page).toContain('<p class="verdict fail">FAIL: 1 of 1 gate failed, 1 warning gate missed</p>');
    expect(page).toContain('<td class="fail">FAIL</td><td>huber 0.30000000000000004 &lt; 0.3</td>');
    expect(page).toContain('<td class="warn">WARN</td><td>watch: huber 51 &lt; 50</td><td class="right">1</td>');
    expect(page).toContain('<li>D01: odd</li>');
    expect(page).toContain('<li>preds.csv: 442 rows</li>');
  });

  test('needs nothing else, and lets nothing run', () => {
    const page = html.render(outcome, PLAIN);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|\bsrc=|\bhref=|url\(|@import| on\w+=/);
  });

  /** Tags of a page, which no text from data may add to. */
  const tags = (page: string) => page.match(/<[^>]*>/g)?.filter((tag) => !tag.startsWith('<meta name="generator"')) ?? [];

  test('text from data adds no tag', () => {
    const page = (text: string) =>
      html.render(
        report({
          data: [{ name: 'd', verdict: 'error', inputs: null, error: { message: text } }],
          results: [result({ id: text, slice: new Map([[text, text]]) })],
          gates: [gate({ assert: text, result: text })],
          warnings: [{ code: 'D01', severity: 'warn', message: text }],
        }),
        PLAIN,
      );
    const plain = tags(page('x'));
    for (const text of HOSTILE) expect(tags(page(text))).toEqual(plain);
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => tags(page(text)).join() === plain.join()));
  });
});

describe('lossctl report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-report-'));
  const file = join(folder, 'result.json');

  test('prints the page, writes files, and ends with 0 whatever the verdict was', async () => {
    const [, text] = documents.find(([name]) => name === 'check-broken-set-json') as [string, string];
    writeFileSync(file, text);
    const { stdout, stderr, code } = await lossctl(['report', '-o', join(folder, 'report.md'), file]);
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(/^<!DOCTYPE html>\n[\s\S]*<p class="verdict error">ERROR: 1 of 2 data sets not evaluated/);
    expect(readFileSync(join(folder, 'report.md'), 'utf8')).toContain('**ERROR**: 1 of 2 data sets not evaluated');
  });

  test('writes nothing over what it reads, and says what is not there', async () => {
    expect((await lossctl(['report', '-o', file, file])).stderr).toContain('is one of the inputs');
    expect((await lossctl(['report', join(folder, 'none.json')])).stderr).toMatch(
      /none\.json: no such file\n {2}hint: lossctl check --json/,
    );
    rmSync(folder, { recursive: true });
  });
});
