/** What the command line derives from the catalogue, tested over all of it: adding a loss changes no expected text. */
import { describe, expect, test } from 'vitest';
import { kebab } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { lossctl } from '../support/world.ts';

describe('help', () => {
  test('has a flag for every role and hyperparameter, and examples', async () => {
    const { stdout, code } = await lossctl(['eval', '--help']);
    expect(code).toBe(0);
    const roles = LOSSES.flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([name, input]) => ('oneOf' in input ? Object.keys(input.oneOf) : [name])),
    );
    const params = LOSSES.flatMap((loss) => Object.keys(loss.params));
    for (const name of new Set([...roles, ...params])) expect(stdout).toMatch(new RegExp(`^  --${kebab(name)}( |$)`, 'm'));
    expect(stdout).toContain('Examples:');
  });
});

describe('list', () => {
  test('shows every loss, and filters', async () => {
    const { stdout } = await lossctl(['list']);
    for (const { name } of LOSSES) expect(stdout).toContain(name);
    const boxes = JSON.parse((await lossctl(['list', '--task', 'box', '--json'])).stdout) as { name: string }[];
    expect(boxes.map(({ name }) => name)).toEqual(LOSSES.filter(({ task }) => task === 'box').map(({ name }) => name));
    expect(boxes.length).toBeGreaterThan(0);
  });
});

describe('list filters', () => {
  const names = async (...args: string[]) =>
    (JSON.parse((await lossctl(['list', '--json', ...args])).stdout) as { name: string }[]).map(({ name }) => name);

  test('by input, text and property together', async () => {
    expect(await names('--input', 'query')).toContain('info-nce');
    expect(await names('--input', 'query')).not.toContain('huber');
    expect(await names('--search', 'HuberLoss')).toContain('huber');
    expect(await names('--search', 'no loss says this')).toEqual([]);
    const robust = await names('--task', 'regression', '--robust', '--convex');
    expect(robust).toContain('huber');
    expect(robust).not.toContain('mse');
  });
});

describe('refusals that name what the catalogue has', () => {
  test.each([
    [['list', '--input', 'logit'], /^error: no input is called "logit"\n {2}hint: inputs: target, .*logits/],
    [['list', '--task', 'boxes'], /^error: no task is called "boxes"\n {2}hint: tasks: regression, .*box/],
    [['eval', '-l', 'mse', '--delta', '2'], /^error: --delta: no chosen loss has it \(mse\)\n {2}hint: it belongs to .*huber/],
  ])('%j', async (args, told) => {
    const { stdout, stderr, code } = await lossctl(args, 'target,pred\n1,2\n');
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toMatch(told);
  });
});

describe('explain', () => {
  test.each(LOSSES.map(({ name }) => name))('%s: in text, JSON and markdown', async (name) => {
    const [text, json, markdown] = await Promise.all(
      ['text', 'json', 'markdown'].map((style) => lossctl(['explain', name, '-f', style])),
    );
    expect([text.code, json.code, markdown.code]).toEqual([0, 0, 0]);
    expect(text.stdout).toContain('Pitfalls');
    expect(JSON.parse(json.stdout).name).toBe(name);
    expect(markdown.stdout).toMatch(new RegExp(`^# ${name}\n`));
  });

  test.each(LOSSES.flatMap((loss) => loss.examples.map((example, index) => [loss.name, index, example] as const)))(
    '%s: its example %i runs and gives the value',
    async (name, index, example) => {
      const { commands } = JSON.parse((await lossctl(['explain', name, '-f', 'json'])).stdout) as { commands: string[] };
      const [, printed, command] = /^printf '([\s\S]*)' \| lossctl ([\s\S]*)$/.exec(commands[index].replaceAll('\\\n', ' ')) ?? [];
      expect(command, commands[index]).toBeDefined();
      const stdin = printed.replaceAll('\\n', '\n').replaceAll('%%', '%');
      const args = [...command.matchAll(/'[^']*'|\S+/g)].map(([word]) => word.replaceAll("'", ''));
      const { stdout, stderr, code } = await lossctl([...args, '--json'], stdin);
      expect(code, stderr).toBe(0);
      if (example.value === undefined) return;
      const { value } = JSON.parse(stdout).results[0] as { value: number };
      expect(Math.abs(value - example.value)).toBeLessThanOrEqual(1e-11 * Math.max(1e-300, Math.abs(example.value)));
    },
  );
});
