/** docs/ci.md: its first part is run as it stands, and every snippet of a CI service is parsed and its command run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { parseConfig } from '../src/cli/config/document.ts';
import { configShape } from '../src/cli/config/shape.ts';
import { declaredBy } from '../src/cli/flags.ts';
import { LOSSES } from '../src/losses/index.ts';
import { stepsOf } from './support/steps.ts';
import { lossctl, words } from './support/world.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../docs/ci.md'), 'utf8');
const start = process.cwd();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-ci-doc-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

const sections = PAGE.split(/^#{2,3} /m);
const codeOf = (title: string) => {
  const section = sections.find((text) => text.startsWith(title)) ?? '';
  return Number(/^Exit code: `(\d+)`/m.exec(section)?.[1] ?? 0);
};

describe('the commands', () => {
  test.each(stepsOf(PAGE))('$title', async ({ title, files, command, stdout }) => {
    for (const { name, content } of files) writeFileSync(name, content);
    const [program, ...args] = words(command);
    expect(program).toBe('lossctl');
    const given = await lossctl(args);
    expect([given.code, given.stderr]).toEqual([codeOf(title), '']);
    if (stdout) expect(given.stdout).toBe(stdout);
  });

  test('the gate that fails is the third step', () => {
    expect(codeOf('3. And it fails')).toBe(1);
  });
});

const snippets = [...PAGE.matchAll(/```(yaml|groovy)\n([\s\S]*?)```/g)].map(([, language, text]) => ({ language, text }));

describe('the snippets', () => {
  test('are YAML where they say so, and the configuration is one', async () => {
    for (const { text } of snippets.filter(({ language }) => language === 'yaml')) expect(parse(text)).toBeTypeOf('object');
    const configs = snippets.filter(({ text }) => text.startsWith('# yaml-language-server'));
    expect(configs).toHaveLength(1);
    const { value } = await parseConfig('lossctl.yaml', configs[0].text);
    expect(configShape(LOSSES, declaredBy(LOSSES)).flaw(value)).toBeNull();
  });

  const commands = snippets.flatMap(({ text }) => [...text.matchAll(/npx --yes lossctl@(\S+) (check[^'\n]*)/g)]);

  test.each(commands.map(([, version, args]) => [args, version]))('lossctl %s', async (args, version) => {
    expect(version).toBe(manifest.version);
    writeFileSync('preds.csv', 'label,prob,region\n1,0.9,eu\n0,0.1,us\n');
    mkdirSync('runner', { recursive: true });
    const { code, stderr } = await lossctl(words(args), '', { GITHUB_STEP_SUMMARY: join(folder, 'runner/summary.md') });
    expect(code, stderr).toBe(0);
  });

  test('show every service', () => {
    expect(commands.length).toBeGreaterThanOrEqual(4);
  });
});
