/** `lossctl completion`: what is offered, and the script of bash in bash. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOSSES } from '../../src/losses/index.ts';
import { lossctl } from '../support/world.ts';

const ROOT = join(import.meta.dirname, '../..');
const words = async (...line: string[]) => (await lossctl(['completion', 'words', '--', ...line])).stdout.trimEnd().split('\n');

describe('what is offered', () => {
  test.each<[readonly string[], readonly string[]]>([
    [['ch'], ['check']],
    [
      ['baseline', ''],
      ['write', 'show'],
    ],
    [
      ['eval', '--nan', ''],
      ['error', 'skip', 'propagate'],
    ],
    [['eval', '--nan', '=', 's'], ['skip']],
    [
      ['eval', '--nan', '='],
      ['error', 'skip', 'propagate'],
    ],
    [['eval', '-l', 'hub'], ['huber']],
    [['baseline', 'write', '--loss', 'hub'], ['huber']],
    [['explain', 'cross-e'], ['cross-entropy']],
    [['init', '--label-s'], ['--label-smoothing']],
    [['eval', '--log-p'], ['--log-probs']],
    [['check', '--wat'], ['--watch']],
    [
      ['schema', ''],
      ['config', 'result', 'state', 'baseline'],
    ],
    [['eval', '--target', ''], ['']],
    [['eval', 'preds'], ['']],
  ])('%j', async (line, offered) => {
    expect(await words(...line)).toEqual(offered);
  });

  test('every loss, and every command', async () => {
    expect(await words('eval', '--loss', '')).toEqual(LOSSES.map(({ name }) => name));
    expect(await words('')).toEqual(expect.arrayContaining(['eval', 'check', 'init', 'merge', 'completion']));
  });
});

test('bash completes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lossctl-completion-'));
  try {
    writeFileSync(join(folder, 'lossctl'), `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin/lossctl.js')}" "$@"\n`);
    chmodSync(join(folder, 'lossctl'), 0o755);
    const ask = `
eval "$(lossctl completion bash)"
COMP_WORDS=(lossctl eval --compat ""); COMP_CWORD=3; _lossctl; echo "\${#COMPREPLY[@]} $COMPREPLY"
COMP_WORDS=(lossctl ev); COMP_CWORD=1; _lossctl; echo "$COMPREPLY"
COMP_WORDS=(lossctl eval '$(touch bad)' 'a b' --nothing); COMP_CWORD=4; _lossctl; echo "\${#COMPREPLY[@]}"; ls
`;
    const env = { PATH: [folder, process.env.PATH].join(delimiter) };
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', ask], { cwd: folder, encoding: 'utf8', env });
    expect(stderr).toBe('');
    expect(stdout).toBe('9 torch\neval\n0\nlossctl\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each(['bash', 'zsh', 'fish'])('there is a script for %s', async (shell) => {
  const { stdout, code } = await lossctl(['completion', shell]);
  expect([stdout, code]).toEqual([expect.stringContaining('lossctl completion words -- '), 0]);
});
