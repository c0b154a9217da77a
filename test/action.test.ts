/** action.yml: its shell step is run as the runner of GitHub Actions does it, with a `npx` that gives the program as it was built. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { junitFaults } from './support/junit.ts';
import { parseXml } from './support/xml.ts';

const ROOT = join(import.meta.dirname, '..');
const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
const [check, upload] = action.runs.steps;
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-action-'));
  for (const part of ['bin', 'runner', 'work']) mkdirSync(join(folder, part));
  const npx = join(folder, 'bin/npx');
  writeFileSync(
    npx,
    `#!/bin/sh\nprintf '%s\\n' "$@" > "$LOG"\nshift 2\nexec "${process.execPath}" "${join(ROOT, 'bin/lossctl.js')}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
  writeFileSync(join(folder, 'work/preds.csv'), 'target,pred\n1,2\n');
  config('mse < 2');
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => readFileSync(join(folder, name), 'utf8');
const config = (gate: string, name = 'lossctl.yaml') =>
  writeFileSync(join(folder, 'work', name), `data: { preds: { files: preds.csv, losses: mse, gates: ['${gate}'] } }\n`);

/** Puts in what stands for inputs, as the runner does, and gives what the step leaves behind. */
function run(inputs: Readonly<Record<string, string>> = {}) {
  const given = Object.fromEntries(
    Object.entries<{ default: string }>(action.inputs).map(([name, one]) => [name, inputs[name] ?? one.default]),
  );
  const filled = (text: string) => text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name) => given[name]);
  const env = Object.fromEntries(Object.entries<string>(check.env).map(([name, text]) => [name, filled(text)]));
  writeFileSync(join(folder, 'script.sh'), check.run);
  for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '');
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', join(folder, 'script.sh')], {
    cwd: join(folder, 'work', filled(check['working-directory'])),
    encoding: 'utf8',
    env: {
      ...env,
      PATH: [join(folder, 'bin'), process.env.PATH].join(delimiter),
      RUNNER_TEMP: join(folder, 'runner'),
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_ACTIONS: 'true',
      LOG: join(folder, 'log'),
    },
  });
  const outputs = Object.fromEntries(
    file('output')
      .trimEnd()
      .split('\n')
      .map((line) => line.split('=')),
  );
  return { status, stdout, stderr, outputs, called: file('log').trimEnd().split('\n') };
}

describe('the action', () => {
  test.each([
    ['pass', 'mse < 2', 0],
    ['fail', 'mse < 1', 1],
    ['inconclusive', 'mse{g=c} < 1', 3],
  ])('%s: verdict, report and exit code', (verdict, gate, code) => {
    config(gate);
    const text = file('work/lossctl.yaml').replace(' } }', ', by: g } }');
    if (code === 3) {
      writeFileSync(join(folder, 'work/preds.csv'), 'target,pred,g\n1,2,a\n');
      writeFileSync(join(folder, 'work/lossctl.yaml'), text);
    }
    const { status, stderr, outputs } = run();
    expect([status, outputs.verdict]).toEqual([code, verdict]);
    expect(readdirSync(outputs.report).sort()).toEqual(['lossctl.html', 'lossctl.json', 'lossctl.md', 'lossctl.xml']);
    expect(junitFaults(parseXml(readFileSync(join(outputs.report, 'lossctl.xml'), 'utf8')))).toEqual([]);
    expect(stderr.startsWith('::error ')).toBe(code !== 0);
    expect(file('summary')).toContain('| `preds` | `mse` |');
  });

  test('a configuration that is wrong is the verdict error', () => {
    config('mse <');
    expect(run()).toMatchObject({ status: 2, outputs: { verdict: 'error' } });
  });

  test('a data set that is not there is the verdict error, with a report', () => {
    rmSync(join(folder, 'work/preds.csv'));
    const { status, outputs } = run();
    expect([status, outputs.verdict]).toEqual([2, 'error']);
    expect(readdirSync(outputs.report)).toHaveLength(4);
  });

  test('hands on its inputs, each as one word, and nothing of them to the shell', () => {
    mkdirSync(join(folder, 'work/sub dir'));
    config('mse < 2', 'my config.yaml');
    const { called, status } = run({
      config: 'my config.yaml',
      args: '--no-progress\npreds\n\n--allow\nD20\n',
      version: '0.1.0',
      annotate: 'false',
      summary: 'no',
    });
    expect(status).toBe(0);
    expect(called.slice(0, 3)).toEqual(['--yes', 'lossctl@0.1.0', 'check']);
    expect(called.slice(11)).toEqual(['--config', 'my config.yaml', '--no-progress', 'preds', '--allow', 'D20']);
    expect(run({ config: '$(touch bad)"; touch bad; "' }).status).toBe(2);
    expect(readdirSync(join(folder, 'work'))).not.toContain('bad');
  });

  test('names every input and output, and uses no input that it does not have', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    const used = [...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs)));
    expect(check.run).not.toContain('${{');
    for (const { value } of Object.values<{ value: string }>(action.outputs))
      expect(value).toMatch(/^\$\{\{ steps\.check\.outputs\.\w+ \}\}$/);
    for (const name of Object.keys(action.outputs)) expect(check.run).toContain(`echo "${name}=`);
  });

  test('keeps the report whatever the verdict', () => {
    expect(upload).toMatchObject({
      if: expect.stringContaining("!cancelled() && inputs.artifact != ''"),
      uses: expect.stringMatching(/^actions\/upload-artifact@v\d+$/),
      with: { path: expect.stringContaining('steps.check.outputs.report') },
    });
  });
});
