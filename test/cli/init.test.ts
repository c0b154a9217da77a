/** `lossctl init`: what it writes, `check` accepts at once. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { limitAbove } from '../../src/cli/commands/init-text.ts';
import { yamlText } from '../../src/cli/config/yaml.ts';
import { lossctl } from '../support/world.ts';

const PREDICTIONS = join(import.meta.dirname, '../../fixtures/predictions');
const start = process.cwd();
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-init-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

const written = (file = 'lossctl.yaml') => readFileSync(file, 'utf8');

describe('init, then check', () => {
  test.each([
    ['breast_cancer.csv', []],
    ['digits.csv', []],
    ['digits.ndjson', []],
    ['multilabel.csv', []],
    ['diabetes.csv', ['-l', 'mae', '-l', 'huber:delta=2', '--pred', 'pred_ridge', '--by', 'group']],
    ['diabetes.csv', ['-l', 'mse', '--pred', '#2', '--weight', 'weight', '--relative', '--where', 'group=F']],
    [
      'diabetes.csv',
      ['-l', 'gaussian-nll', '--target', 'y_true', '--pred', 'gp_mean', '--var', 'gp_std', '--full', '--eps', '1e-3'],
    ],
    ['digits.csv', ['-l', 'cross-entropy', '--logits', 'z*', '--class-weight', '1,2,3,4,5,6,7,8,9,10', '--label-smoothing', '.1']],
    ['digits.csv', ['-l', 'cross-entropy', '--logits', 'z*', '--class-weight', 'effective:0.99', '--stats']],
    ['boxes.csv', ['-l', 'giou', '--target', 't_*', '--pred', 'p_*']],
    ['boxes.csv', ['-l', 'mse', '--target', '#1', '--pred', '#5', '--limit', 'row=1MiB,columns=30']],
    [
      'diabetes.csv',
      ['-l', 'mae', '--pred', 'q50', '--ci', '0.9', '--resamples', '50', '--max-nan', '0.1%', '--nan', 'skip', '--allow', 'D20'],
    ],
    [
      'multilabel.csv',
      ['-l', 'mse', '--target', 'l0', '--pred', 'p0', '--by', 'l1,p1:q2', '--min-n', '3', '--top', '2', '--classes', 'no,yes'],
    ],
  ])('%s %s', async (file, flags) => {
    const init = await lossctl(['init', ...flags, join(PREDICTIONS, file)]);
    expect(init).toEqual({ stdout: 'lossctl.yaml is written; next: lossctl check\n', stderr: '', code: 0 });
    const check = await lossctl(['check', '--json']);
    expect(check.code, check.stderr).toBe(0);
    const { verdict, gates, results } = JSON.parse(check.stdout);
    expect(verdict).toBe('pass');
    const whole = (of: { slice: object | null }[]) => of.filter(({ slice }) => slice === null).length;
    expect(whole(gates)).toBe(whole(results));
    // the same number as the command says
    if (!flags.length) return;
    const { stdout } = await lossctl(['eval', ...flags, '--json', join(PREDICTIONS, file)]);
    expect(results.map(({ data, ...rest }: { data: string }) => rest)).toEqual(JSON.parse(stdout).results);
  });

  test('with shards, a glob and a folder of its own', async () => {
    mkdirSync('runs/ci', { recursive: true });
    writeFileSync('runs/part-1.csv', 'target,pred\n1,2\n');
    writeFileSync('runs/part-2.csv', 'target,pred\n1,3\n');
    const { stdout } = await lossctl(['init', '-o', 'runs/ci/suite.yaml', 'runs/part-*.csv']);
    expect(stdout).toBe('runs/ci/suite.yaml is written; next: lossctl check --config runs/ci/suite.yaml\n');
    expect(written('runs/ci/suite.yaml')).toContain('files: "../part-*.csv"\n');
    expect((await lossctl(['check', '-q', '-c', 'runs/ci/suite.yaml'])).stdout).toBe('pass\n');
  });
});

test('targets in a file of their own, and a file without a header', async () => {
  writeFileSync('preds.txt', 'a;1\nb;2\n');
  writeFileSync('truth.txt', 'b;2\na;1.5\n');
  const flags = ['--target', '#4', '--pred', '#2', '--targets', 'truth.txt', '--no-header', '--delimiter', ';'];
  const { code, stderr } = await lossctl(['init', '-l', 'mse', ...flags, 'preds.txt']);
  expect([code, stderr]).toEqual([0, '']);
  expect(written()).toMatch(/ {4}targets: truth\.txt\n {4}delimiter: ";"\n {4}header: false\n/);
  expect((await lossctl(['check', '-q'])).stdout).toBe('pass\n');
});

test('the whole text', async () => {
  writeFileSync('preds.csv', 'target,pred,region\n1,1.5,eu\n2,2.25,us\n3,2,eu\n4,8,us\n');
  await lossctl(['init', '-l', 'mse', '--by', 'region', '--nan', 'skip', 'preds.csv']);
  expect(
    written(),
  ).toBe(`# The suite of "lossctl check". Every key of a data set is a flag of "lossctl eval"; "lossctl schema config" lists them all.
# yaml-language-server: $schema=node_modules/lossctl/schemas/config.json
data:
  preds:
    files: preds.csv
    columns:
      target: target
      pred: pred
    losses: mse
    by: region
    nan: skip
    gates:
      # measured on this file, as a limit of three digits; beside it the value in full
      - "mse <= 4.33" # 4.328125
      # every slice: "mse{region=*} < LIMIT"
    # or against an earlier run, on the same rows; lossctl baseline write writes the file:
    # baseline: { file: lossctl.baseline.json, tolerance: rel=1% }
# outputs: [junit:lossctl.xml, lossctl.json]
`);
});

describe('init refuses', () => {
  test.each([
    ['to write over a configuration', ['preds.csv'], '"lossctl.yaml" is there already'],
    ['a file whose columns say nothing', ['-o', 'x.yaml', 'odd.csv'], 'no loss fits these columns by their names'],
    ['standard input', ['-o', 'x.yaml', '-'], 'standard input is none'],
    ['a value that is no number', ['-o', 'x.yaml', '-l', 'mse', 'huge.csv'], 'mse is inf (overflow or infinite input): no gate'],
    ['what makes no one number', ['-o', 'x.yaml', '--reduction', 'none', 'preds.csv'], 'Allowed choices are mean, sum, batchmean'],
    ['to write over what it reads', ['-o', 'preds.csv', '--force', 'preds.csv'], 'is one of the inputs'],
  ])('%s', async (_, args, message) => {
    writeFileSync('preds.csv', 'target,pred\n1,2\n');
    writeFileSync('odd.csv', 'a,b\n1,2\n');
    writeFileSync('huge.csv', 'target,pred\n1e200,-1e200\n');
    writeFileSync('lossctl.yaml', 'mine\n');
    const { stderr, code } = await lossctl(['init', ...args]);
    expect([stderr, code]).toEqual([expect.stringContaining(message), 2]);
    expect(written()).toBe('mine\n');
  });

  test('unless it is forced', async () => {
    writeFileSync('preds.csv', 'target,pred\n1,2\n');
    writeFileSync('lossctl.yaml', 'mine\n');
    expect((await lossctl(['init', '--force', '-l', 'mse', 'preds.csv'])).code).toBe(0);
    expect((await lossctl(['check'])).code).toBe(0);
  });
});

describe('what is written', () => {
  test('hostile names stay names', async () => {
    writeFileSync('preds.csv', '"target\x1b[31m: x","pred # no","\u202e"\n1,2,3\n');
    await lossctl(['init', '-l', 'mse', '--target', '#1', '--pred', 'pred # no', '--by', '#3', 'preds.csv']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: this is what must not be there
    expect(written()).not.toMatch(/[\x1b\u202e]/);
    expect((await lossctl(['check', '-q'])).stdout).toBe('pass\n');
  });

  test('any text reads back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('no', 'y', '#3', '1', 'null', '- a', 'a: b')),
        (text) => {
          expect(parse(`key: ${yamlText(text)}`)).toEqual({ key: text });
          expect(parse(`key: ${yamlText(text)}`, { version: '1.1' })).toEqual({ key: text });
        },
      ),
    );
  });

  test('a limit is never below the value, and near', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-300);
        expect(limitAbove(value)).toBeGreaterThanOrEqual(value);
        expect(limitAbove(value) - value).toBeLessThanOrEqual(0.0100001 * Math.abs(value));
      }),
    );
  });
});
