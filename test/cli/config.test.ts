/** Configurations as text: what YAML allows and what it does not, whatever is in it; which keys there are; whose word holds. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addEvalOptions } from '../../src/cli/commands/eval-options.ts';
import { compile } from '../../src/cli/config/compile.ts';
import { parseConfig } from '../../src/cli/config/document.ts';
import { findConfig } from '../../src/cli/config/find.ts';
import { flagsOfEval, shapeOfFlag } from '../../src/cli/config/keys.ts';
import { declaredBy } from '../../src/cli/flags.ts';
import { Fault } from '../../src/io/fault.ts';
import { LOSSES } from '../../src/losses/index.ts';

const declared = declaredBy(LOSSES);
const over = { progress: false };
const start = process.cwd();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-config-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

async function compiled(text: string | Uint8Array, file = 'lossctl.yaml') {
  writeFileSync(file, text);
  return compile(LOSSES, declared, await findConfig(file), [], over);
}

async function refusal(text: string | Uint8Array, file?: string): Promise<string> {
  const error = await compiled(text, file).then(
    () => 'accepted',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Fault)) throw error;
  return error.message;
}

const SET = 'data: { d: { files: p.csv, losses: mse, gates: [mse < 1] } }';

describe('texts that are read', () => {
  test.each([
    ['with a byte order mark', `\ufeff${SET}`],
    ['with CRLF', `# first\r\n${SET}\r\n`],
    ['as one document', `---\n${SET}\n...\n`],
    ['that claim to be YAML 1.1', `%YAML 1.1\n---\n${SET}`],
    ['as JSON with tabs and escapes', '{\t"data":\n\t{ "d": { "files": "\\u0070.csv", "losses": "mse", "gates": ["mse < 1"] } } }'],
  ])('%s', async (_, text) => {
    const { plans } = await compiled(text);
    expect(plans.map(({ name, files, options }) => [name, files, options.loss])).toEqual([['d', ['p.csv'], ['mse']]]);
  });

  test.each([['no'], ['yes'], ['on'], ['y'], ['1_000'], ['0o']])(
    '%s is text, also where the text claims to be YAML 1.1',
    async (word) => {
      const text = `%YAML 1.1\n---\ndata: { d: { files: p.csv, losses: mse, gates: [mse < 1], positive-label: ${word} } }`;
      expect((await compiled(text)).plans[0].options.positiveLabel).toBe(word);
    },
  );
});

describe('texts that are refused', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['two documents', `${SET}\n---\n${SET}`, /^lossctl\.yaml:2:\d+: .*multiple documents/],
    ['merge keys', `a: &a { losses: mse }\ndata: { d: { <<: *a, files: p.csv } }`, /^lossctl\.yaml:1:1: a is not known here$/],
    ['a tag that YAML knows', SET.replace('p.csv', '!!binary aGVsbG8='), /Unresolved tag/],
    ['a tag of code', SET.replace('p.csv', "!!js/function 'x'"), /Unresolved tag/],
    ['an alias of nothing', SET.replace('p.csv', '*p'), /Unresolved alias/],
    ['an alias of itself', 'data: &d { d: *d }', /^lossctl\.yaml:1:12: data\.d\.d is not known here$/],
    ['a tab as indentation', 'data:\n\td: 1', /^lossctl\.yaml:2:1: Tabs are not allowed/],
    ['what is nested a thousand deep', `data: ${'['.repeat(50_000)}`, /^lossctl\.yaml:1:\d+: is nested too deeply$/],
    [
      'what is nested a thousand deep, and closed',
      `data: ${'{a: '.repeat(5000)}1${'}'.repeat(5000)}`,
      /nested too deeply|not known here/,
    ],
    ['other bytes than UTF-8', Uint8Array.from([0x64, 0xff, 0x3a]), /^lossctl\.yaml is not text in UTF-8$/],
    ['UTF-16', Buffer.from(`\ufeff${SET}`, 'utf16le'), /is not text in UTF-8$/],
    ['a table of predictions', 'x'.repeat(2 ** 20 + 1), /^lossctl\.yaml is too large for a configuration$/],
    ['a prototype', `__proto__: 1\n${SET}`, /^lossctl\.yaml:1:1: __proto__ is not known here$/],
    ['a list as a key', `? [a]\n: 1\n${SET}`, /is not known here$/],
    ['a key that is long', `? ${'k'.repeat(100_000)}\n: 1\n${SET}`, /^lossctl\.yaml:1:3: k{60}… is not known here$/],
    ['numbers that are none', SET.replace('gates', 'min-n: .inf, gates'), /min-n is not a whole number, 1 or more$/],
  ])('%s', async (_, text, message) => {
    expect(await refusal(text)).toMatch(message);
  });

  test('whatever is written, it is compiled or refused with a fault', async () => {
    const pieces = [
      'data',
      'd',
      ':',
      ' ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a',
      '*a',
      '!!str',
      '#',
      '"',
      "'",
      '|',
      '>',
      '%',
      'mse',
      '<',
      '1',
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...pieces), { maxLength: 40 }), async (parts) => {
        await refusal(parts.join('')).catch((error: unknown) => expect(error).toBe('accepted'));
      }),
      { numRuns: 500 },
    );
  });
});

describe('places', () => {
  const text = [
    'defaults: &all',
    '  by: g',
    'data:',
    '  d:',
    '    files: [a.csv, b.csv]',
    '    gates:',
    '      - mse < 1',
    '  e: *all',
  ].join('\n');

  test.each<[readonly (string | number)[], string]>([
    [['data'], '3:1'],
    [['data', 'd'], '4:3'],
    [['data', 'd', 'files', 1], '5:20'],
    [['data', 'd', 'gates', 0], '7:9'],
    [['data', 'd', 'missing'], '4:3'],
    [['data', 'e', 'by'], '2:3'],
    [[], '1:1'],
  ])('%j is at %s', async (path, place) => {
    expect((await parseConfig('c.yaml', text)).place(path)).toBe(`c.yaml:${place}`);
  });

  test('of a file with a hostile name are harmless', async () => {
    expect((await parseConfig('\x1b[2J.yaml', text)).place([])).toBe('\\x1b[2J.yaml:1:1');
  });
});

describe('defaults', () => {
  const plan = async (defaults: string, set: string) =>
    (await compiled(`defaults: { ${defaults} }\ndata: { d: { files: p.csv, ${set} } }`)).plans[0];

  test('hold where a data set says nothing', async () => {
    const { options, demands } = await plan('losses: [mse, mae], gates: [mse < 1], nan: skip, by: g', 'by: h');
    expect(options).toMatchObject({ loss: ['mse', 'mae'], nan: 'skip', by: 'h' });
    expect(demands.assertions.map(({ text }) => text)).toEqual(['mse < 1']);
  });

  test('lists are replaced; columns and parameters are merged', async () => {
    const { options } = await plan(
      'losses: mse, gates: [mse < 1], columns: { target: t, pred: p }, where: [a=1]',
      'columns: { pred: q }, where: [b=2], losses: [huber], gates: [huber < 1], params: { delta: 2 }',
    );
    expect(options).toMatchObject({ target: 't', pred: 'q', where: ['b=2'], loss: ['huber'], delta: '2' });
  });

  test('what eval takes for granted, check does as well', async () => {
    const command = new Command();
    addEvalOptions(command);
    const { options } = await plan('losses: mse, gates: [mse < 1]', 'stats: false');
    expect(options).toMatchObject({ ...command.opts(), progress: false });
  });
});

describe('the keys of a data set', () => {
  const { keys } = flagsOfEval();

  test('are the flags of eval, but for those that a suite says in its own words, and where reports go', () => {
    const command = new Command();
    addEvalOptions(command);
    const flags = command.options.map((option) => option.name().replace(/^no-/, ''));
    const left = flags.filter((flag) => !keys.has(flag));
    expect(left).toEqual(
      'loss assert baseline tolerance allow-missing-baseline fail-code format json output state-out annotate summary color progress quiet verbose debug'.split(
        ' ',
      ),
    );
  });

  test('are looked at one by one: a new flag of eval becomes a key by itself, or goes to those that a suite says otherwise', () => {
    expect([...keys.keys()].sort()).toEqual(
      `allow allow-inf batch-size by chunk-rows ci classes cluster combine compat delimiter group header hist input-format lenient-json limit
       max-nan min-n nan on positive-label reduction relative resamples seed stats strict targets targets-format threads top unmatched weight where`.split(
        /\s+/,
      ),
    );
  });

  test.each([...keys])('%s takes what the flag takes, and checks what it checks', (_, option) => {
    const shape = shapeOfFlag(option);
    const samples = [true, false, 1, 3, 0.5, -1, 'error', 'mean', '3', '0.1%', 'row=1MiB', 'csv', 'torch', 'drop', 'a', ['a', 'b']];
    expect(samples.some((sample) => shape.flaw(sample) === null)).toBe(true);
    expect(samples.some((sample) => shape.flaw(sample) !== null)).toBe(true);
    const { parseArg, required } = option;
    // of these the shape sees only that they are text, and the parser tells the rest at the same place
    if (!required || !parseArg || ['limit', 'max-nan'].includes(option.name())) return;
    for (const sample of samples.filter((one) => shape.flaw(one) === null)) parseArg(String(sample), undefined);
  });

  test('do not meet with the names that a suite adds', () => {
    for (const own of ['files', 'columns', 'losses', 'params', 'gates']) expect(keys.has(own)).toBe(false);
  });
});
