/** The thin edge around the commands: endings, colours. */
import { PassThrough } from 'node:stream';
import { CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { colorsFor } from '../../src/cli/colors.ts';
import { endingOf, exitCodeOf } from '../../src/cli/errors.ts';
import { PipeClosed, type World } from '../../src/cli/world.ts';
import { Fault } from '../../src/io/fault.ts';
import { lossctl } from '../support/world.ts';

function world(env: Record<string, string>, isTTY: boolean): World {
  const stream = () => Object.assign(new PassThrough(), { isTTY });
  return { argv: [], env, stdin: stream(), stdout: stream(), stderr: stream() };
}

describe('endings', () => {
  test.each([
    ['a fault', new Fault('f.csv:2: wrong', 'do this'), 2, 'error: f.csv:2: wrong\n  hint: do this\n'],
    ['a fault without a hint', new Fault('wrong'), 2, 'error: wrong\n'],
    [
      'a bug',
      new TypeError('x is undefined'),
      70,
      'bug in lossctl: x is undefined\n  hint: run again with --debug and report what it prints\n',
    ],
    ['a closed pipe', new PipeClosed(), 0, ''],
    ['a usage error, already told', new CommanderError(1, 'commander.unknownOption', 'told'), 2, ''],
    ['help, already shown', new CommanderError(0, 'commander.help', 'shown'), 0, ''],
  ])('%s', (_, error, code, text) => {
    expect(endingOf(error, false)).toEqual({ code, text });
  });

  test('a stack trace only with --debug', async () => {
    expect(endingOf(new TypeError('x'), true).text).toContain('edges.test.ts');
    const { stderr } = await lossctl(['eval', '-l', 'nope', '--debug']);
    expect(stderr).toMatch(/\n {4}at /);
    expect((await lossctl(['eval', '-l', 'nope'])).stderr).not.toMatch(/\n {4}at /);
  });

  test('a verdict has its code', () => {
    const codes = (failCode?: number) =>
      (['none', 'pass', 'fail', 'inconclusive'] as const).map((verdict) => exitCodeOf(verdict, failCode));
    expect(codes()).toEqual([0, 0, 1, 3]);
    expect(codes(10)).toEqual([0, 0, 10, 3]);
  });
});

describe('colours', () => {
  test.each([
    ['auto', {}, true, true],
    ['auto', {}, false, false],
    ['auto', { NO_COLOR: '1' }, true, false],
    ['auto', { FORCE_COLOR: '1' }, false, true],
    ['auto', { FORCE_COLOR: '0' }, false, false],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['always', { NO_COLOR: '1' }, false, true],
    ['never', { FORCE_COLOR: '1' }, true, false],
  ] as const)('%s with %j on a terminal: %s', (when, env, isTTY, colored) => {
    expect(colorsFor(when, world(env, isTTY)).red('x') !== 'x').toBe(colored);
  });

  test('do not change the text', async () => {
    const data = 'target,pred\n1,2\n';
    const { stdout } = await lossctl(['eval', '-l', 'mse', '--color', 'always', '--assert', 'mse < 1'], data);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what colours begin with
    const plain = stdout.replace(/\x1b\[\d+m/g, '');
    expect(stdout).not.toBe(plain);
    expect(plain).toBe((await lossctl(['eval', '-l', 'mse', '--assert', 'mse < 1'], data)).stdout);
  });
});
