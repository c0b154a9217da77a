/** The line on a terminal that says how far a run is. */
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openProgress } from '../../src/cli/progress.ts';
import type { World } from '../../src/cli/world.ts';
import type { Progress } from '../../src/io/batch.ts';

afterEach(() => vi.restoreAllMocks());

interface Case {
  readonly env?: World['env'];
  readonly isTTY?: boolean;
  readonly options?: { progress: boolean; quiet?: boolean };
  /** What the table says when it is opened, and later. */
  readonly read?: readonly (Progress | undefined)[];
  readonly seconds?: number;
}

/** What stands on the terminal once 10,000 rows were read. */
function shown({ env = {}, isTTY = true, options = { progress: true }, read, seconds = 5 }: Case): string {
  const stream = () => Object.assign(new PassThrough(), { isTTY });
  const around = { argv: [], env, stdin: stream(), stdout: stream(), stderr: stream() };
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const told = read?.values();
  const progress = openProgress(around, options, told ? { progress: () => told.next().value } : {});
  progress.show(1);
  clock.mockReturnValue(seconds * 1000);
  progress.show(10_000);
  progress.show(10_000); // too soon after the last one
  progress.clear();
  return String(around.stderr.read() ?? '');
}

const line = (text: string) => `\r${text}\x1b[K\r\x1b[K`;
const of = (bytes: number, total?: number): Progress => ({ bytes, total });

describe('progress', () => {
  test.each<[string, Case, string]>([
    ['of a plain file', { read: [of(0, 1e9), of(61e7, 1e9)] }, '10,000 rows, 61 %, 122 MB/s, 0:04 left'],
    [
      'what was read before counts for the share, not for the rate',
      { read: [of(1e6, 4e6), of(2e6, 4e6)] },
      '10,000 rows, 50 %, 0.2 MB/s, 0:10 left',
    ],
    ['of hours', { read: [of(0, 1e9), of(1e6, 1e9)] }, '10,000 rows, 0 %, 0.2 MB/s, 1:23:15 left'],
    ['of a pipe', { read: [of(0), of(61e7)] }, '10,000 rows, 122 MB/s'],
    ['of a file that grew', { read: [of(0, 1e9), of(2e9, 1e9)] }, '10,000 rows, 400 MB/s'],
    ['of a file that was read before its first row', { read: [of(1e9, 1e9), of(1e9, 1e9)] }, '10,000 rows, 2,000 a second'],
    ['of a table that does not tell', { read: [undefined, undefined] }, '10,000 rows, 2,000 a second'],
    ['of a table that cannot tell', {}, '10,000 rows, 2,000 a second'],
  ])('%s', (_, given, text) => {
    expect(shown(given)).toBe(line(text));
  });

  test.each<[string, Case]>([
    ['not a terminal', { isTTY: false }],
    ['in CI', { env: { CI: 'true' } }],
    ['--no-progress', { options: { progress: false } }],
    ['--quiet', { options: { progress: true, quiet: true } }],
    ['within the first second', { seconds: 0.9 }],
  ])('none: %s', (_, given) => {
    expect(shown(given)).toBe('');
  });
});
