/**
 * Every folder in cases/ is a command and what it must give: `cmd`, `stdout`, `stderr`, `code`; `stdin` and other files are its
 * input. An empty stdout, stderr or a code of 0 has no file. UPDATE_CASES=1 writes what was given: read the difference.
 */
import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { lossctl, words } from '../support/world.ts';

const CASES = join(import.meta.dirname, 'cases');
const start = process.cwd();

afterAll(() => process.chdir(start));

function file(folder: string, name: string): string {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function keep(folder: string, name: string, text: string): void {
  if (text) writeFileSync(join(folder, name), text);
  else rmSync(join(folder, name), { force: true });
}

const OPEN_FILES = '/proc/self/fd'; // on Linux

/** Files of a case that a run has left open. */
function leftOpen(folder: string): string[] {
  const links = existsSync(OPEN_FILES) ? readdirSync(OPEN_FILES).map((number) => join(OPEN_FILES, number)) : [];
  return links.flatMap((link) => (existsSync(link) ? [readlinkSync(link)] : [])).filter((file) => file.startsWith(folder));
}

describe('command line', () => {
  const names = readdirSync(CASES);

  test('there are cases', () => {
    expect(names.length).toBeGreaterThan(20);
  });

  test.each(names)('%s', async (name) => {
    const folder = join(CASES, name);
    process.chdir(folder);
    const [program, ...args] = words(file(folder, 'cmd'));
    expect(program).toBe('lossctl');
    const { stdout, stderr, code } = await lossctl(args, file(folder, 'stdin'));
    expect(code, stderr).not.toBe(70); // a bug is never what a case expects
    expect(leftOpen(folder)).toEqual([]);
    if (process.env.UPDATE_CASES) {
      keep(folder, 'stdout', stdout);
      keep(folder, 'stderr', stderr);
      keep(folder, 'code', code === 0 ? '' : `${code}\n`);
    }
    expect(stderr).toBe(file(folder, 'stderr'));
    expect(stdout).toBe(file(folder, 'stdout'));
    expect(code).toBe(Number(file(folder, 'code') || 0));
  });
});
