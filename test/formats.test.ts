/** docs/formats.md is run as it stands. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS, LIMIT_NAMES, limitText } from '../src/io/limits.ts';
import { stepsOf } from './support/steps.ts';
import { lossctl, words } from './support/world.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../docs/formats.md'), 'utf8');
const steps = stepsOf(PAGE);
const start = process.cwd();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-formats-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

describe('docs/formats.md', () => {
  test('has a command for every layout', () => {
    expect(steps).toHaveLength(PAGE.match(/^### /gm)?.length ?? 0);
  });

  test.each(steps)('$title', async ({ files, command }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const { name, content } of files) writeFileSync(join(folder, name), content);
    const [program, ...args] = words(command);
    expect(program).toBe('lossctl');
    const { stdout, stderr, code } = await lossctl([...args, '--json']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    const { results } = JSON.parse(stdout) as { results: { value: number | null; n: number }[] };
    expect(results).toHaveLength(1);
    expect(Number.isFinite(results[0]?.value)).toBe(true);
  });

  test('has every limit', () => {
    const rows = [...PAGE.matchAll(/^\| `([\w-]+)` \| ([^|]+) \|/gm)].map(([, name, value]) => [name, value]);
    expect(rows).toEqual(LIMIT_NAMES.map((name) => [name, limitText(name, DEFAULT_LIMITS)]));
  });
});
