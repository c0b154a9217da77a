/** What the README shows is what happens: its commands run, and print what stands below them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lossctl, words } from './support/world.ts';

const ROOT = join(import.meta.dirname, '..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Commands that are run here; `list` and `explain` have tests of their own. */
const OURS = /lossctl (?:eval|inspect|class-weights) /;

interface Shown {
  readonly command: string;
  /** What the README says it prints; `undefined` where it does not say. */
  readonly output: string | undefined;
}

const shown: Shown[] = [...README.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```text\n([\s\S]*?)```)?/g)].flatMap(([, block, output]) =>
  (block as string)
    .trimEnd()
    .split('\n')
    .filter((line) => OURS.test(line))
    .map((command) => ({ command, output })),
);

/** The part of a pipeline that is ours, with what would come in from its left. */
function ours(command: string): { args: string[]; stdin: string } {
  const parts = command.split(/ \| (?=lossctl|jq|sort|tail)/);
  const at = parts.findIndex((part) => OURS.test(part));
  const [, , file] = at > 0 ? words(parts[0] as string) : [];
  const stdin = file ? readFileSync(join(ROOT, file), 'utf8').split('\n').slice(0, 200).join('\n') : '';
  return { args: words((parts[at] as string).replace(/^.*\blossctl /, '')), stdin };
}

describe('the README', () => {
  test('shows the main job first, and in one line', () => {
    expect(shown[0]?.command).toMatch(/^npm ci && npx lossctl eval /);
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter(({ output }) => output !== undefined).length).toBeGreaterThan(2);
  });

  test.each(shown)('$command', async ({ command, output }) => {
    const { args, stdin } = ours(command);
    const before = process.cwd();
    process.chdir(ROOT);
    try {
      const { stdout, stderr, code } = await lossctl(args, stdin);
      expect([0, 1], stderr).toContain(code);
      if (output !== undefined) expect(stdout).toBe(output);
    } finally {
      process.chdir(before);
    }
  });
});
