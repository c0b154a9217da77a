/** A suite has one verdict: in every situation each format and the exit code tell the same, data sets and levels included. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RENDERERS } from '../../src/cli/render/index.ts';
import { READERS } from '../support/told.ts';
import { lossctl } from '../support/world.ts';

const CODES: Readonly<Record<string, number>> = { none: 0, pass: 0, fail: 1, error: 2, inconclusive: 3 };
const start = process.cwd();
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-check-'));
  process.chdir(folder);
  writeFileSync('preds.csv', 'target,pred,g\n1,1.5,a\n2,2.25,b\n3,2,a\n4,8,b\n'); // mse 4.328125, of a 0.625
  writeFileSync('same.csv', 'target,pred\n1,1\n2,2\n');
  writeFileSync('huge.csv', 'target,pred\n1e200,-1e200\n');
  writeFileSync('ragged.csv', 'target,pred\n1\n');
  await lossctl(['baseline', 'write', '-l', 'mse', '--to', 'same.json', 'same.csv']);
  await lossctl(['baseline', 'write', '-l', 'mse', '--to', 'preds.json', 'preds.csv']);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

type Gates = readonly (string | { readonly assert: string; readonly level: string })[];

const set = (gates: Gates, more: object = {}) => ({ files: 'preds.csv', losses: 'mse', gates, ...more });
const at = (level: string, assert: string) => ({ assert, level });
const BROKEN = set(['mse < 9'], { files: 'nowhere.csv' });

const SITUATIONS: readonly (readonly [string, string, readonly object[]])[] = [
  ['all pass', 'pass', [set(['mse < 5', 'mse > 4']), set(['mse < 5'])]],
  ['one fails', 'fail', [set(['mse < 5']), set(['mse < 4.328125'])]],
  ['a near miss', 'fail', [set(['mse < 4.32812499999999911'])]],
  ['a gate that is equal, and may be', 'pass', [set(['mse <= 4.328125'])]],
  ['several fail', 'fail', [set(['mse < 1', 'mse < 2']), set(['mse < 3'])]],
  ['a warning fails', 'pass', [set(['mse < 5', at('warn', 'mse < 1')])]],
  ['a note fails', 'pass', [set(['mse < 5', at('info', 'mse < 1')])]],
  ['only a warning, which fails', 'none', [set([at('warn', 'mse < 1')])]],
  ['only a warning, which passes', 'none', [set([at('warn', 'mse < 5')])]],
  ['warnings in one, gates in another', 'pass', [set([at('warn', 'mse < 1')]), set(['mse < 5'])]],
  ['a warning and an error fail', 'fail', [set([at('warn', 'mse < 1'), at('error', 'mse < 1')])]],
  ['a slice that is not there', 'inconclusive', [set(['mse{g=c} < 1'], { by: 'g' }), set(['mse < 5'])]],
  ['a slice that is not there, as a warning', 'pass', [set([at('warn', 'mse{g=c} < 1'), 'mse < 5'], { by: 'g' })]],
  ['a slice that is not there, and a failure', 'fail', [set(['mse{g=c} < 1'], { by: 'g' }), set(['mse < 1'])]],
  ['too few rows', 'inconclusive', [set(['mse{g=a} < 1'], { by: 'g', 'min-n': 3 })]],
  ['not finite', 'fail', [set(['mse < 1'], { files: 'huge.csv' })]],
  ['not finite, as a warning', 'pass', [set([at('warn', 'mse < 1')], { files: 'huge.csv' }), set(['mse < 5'])]],
  ['a data set without its file', 'error', [BROKEN, set(['mse < 5'])]],
  ['a data set without its file, and a failure', 'error', [set(['mse < 1']), BROKEN]],
  [
    'a data set without its file, with warnings only',
    'error',
    [set([at('warn', 'mse < 1')], { files: 'nowhere.csv' }), set(['mse < 5'])],
  ],
  ['a data set that is damaged', 'error', [set(['mse < 9'], { files: 'ragged.csv' }), set([at('info', 'mse < 1')])]],
  ['no data set can be read', 'error', [BROKEN]],
  ['the baseline of the same rows', 'pass', [set([], { gates: undefined, baseline: 'preds.json' })]],
  ['the baseline of other rows', 'inconclusive', [set([], { gates: undefined, baseline: 'same.json' })]],
  ['the baseline of other rows, as a warning', 'pass', [set(['mse < 5'], { baseline: { file: 'same.json', level: 'warn' } })]],
  ['no baseline', 'inconclusive', [set(['mse < 5'], { baseline: 'nowhere.json' })]],
  [
    'no baseline, which is allowed',
    'none',
    [set([], { gates: undefined, baseline: { file: 'nowhere.json', 'allow-missing': true } })],
  ],
];

async function told(sets: readonly object[], format: string) {
  const data = Object.fromEntries(sets.map((one, k) => [`set-${k}`, one]));
  writeFileSync('lossctl.json', JSON.stringify({ data }));
  const { stdout, stderr, code } = await lossctl(['check', '-f', format]);
  return { code, stdout, stderr, ...READERS[format](stdout) };
}

describe('every format tells the verdict of a suite', () => {
  test.each(SITUATIONS)('%s: %s', async (_, verdict, sets) => {
    const json = await told(sets, 'json');
    expect(json.verdict, json.stderr).toBe(verdict);
    const document = JSON.parse(json.stdout);
    const gates: { level: string; pass: boolean }[] = document.gates;
    const broken = document.data.filter((one: { error?: object }) => one.error).length;
    for (const { name } of RENDERERS) {
      const one = await told(sets, name);
      expect(one.code, name).toBe(CODES[verdict]);
      if (one.verdict !== undefined) expect(one.verdict, name).toBe(verdict);
      if (one.passed !== undefined) expect(one.passed, name).toEqual(json.passed);
      if (one.values !== undefined) expect(one.values, name).toEqual(json.values);
      const missed = gates.filter(({ level, pass }) => level === 'error' && !pass).length + broken;
      if (one.missed !== undefined) expect(one.missed, name).toBe(missed);
    }
    const { stdout, code } = await lossctl(['check', '-q']);
    expect([stdout, code]).toEqual([`${verdict}\n`, CODES[verdict]]);
  });

  test('one that cannot be evaluated is told with its reason, on standard error and in the report', async () => {
    const { stdout, stderr } = await told([BROKEN, set(['mse < 5'])], 'table');
    expect(stderr).toContain('error: set-0: nowhere.csv: no such file\n');
    expect(stdout).toContain('set-0: nowhere.csv: no such file  ERROR\n');
    expect(stdout).toContain('set-1: mse 4.328125 < 5  PASS\n');
  });
});
