/** docs/guide.md is run as it stands, and fixtures/examples.json, whose values it shows in short, in full digits. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stepsOf } from './support/steps.ts';
import { lossctl, words } from './support/world.ts';

const ROOT = join(import.meta.dirname, '..');
const GUIDE = readFileSync(join(ROOT, 'docs/guide.md'), 'utf8');

const steps = stepsOf(GUIDE);
const start = process.cwd();
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-guide-'));
  process.chdir(folder);
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

describe('the guide', () => {
  test.each(steps)('$title', async ({ files, command, stdout, stderr }) => {
    for (const { name, content } of files) writeFileSync(join(folder, name), content);
    const [program, ...args] = words(command);
    expect(program).toBe('lossctl');
    expect(await lossctl(args)).toEqual({ stdout, stderr, code: 0 });
  });
});

interface Example {
  readonly name: string;
  readonly loss: string;
  readonly inputs: Readonly<Record<string, readonly unknown[]>>;
  readonly params: Readonly<Record<string, number | string | boolean | readonly number[]>>;
  readonly reduction: string;
  readonly value: number | readonly number[];
}

const EXAMPLES = JSON.parse(readFileSync(join(ROOT, 'fixtures/examples.json'), 'utf8')) as Example[];

/** The value of InfoNCE there was rounded on the way: 50 digits give 4.82644120163608e-05. */
const LOOSE: ReadonlyMap<string, number> = new Map([['InfoNCE', 1e-11]]);

function flags(params: Example['params']): string[] {
  return Object.entries(params).flatMap(([name, value]) => {
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`];
    return [`--${name}`, String(value)];
  });
}

describe('the examples', () => {
  test('are all in the guide, before what is more than one loss', () => {
    expect(steps.map(({ title }) => title).slice(0, EXAMPLES.length)).toEqual(EXAMPLES.map(({ name }) => name));
  });

  test.each(EXAMPLES)('$name gives its value in full digits', async ({ name, loss, inputs, params, reduction, value }) => {
    const roles = Object.keys(inputs);
    const rows = (inputs[roles[0] as string] as readonly unknown[]).map((_, row) =>
      JSON.stringify(Object.fromEntries(roles.map((role) => [role, inputs[role]?.[row]]))),
    );
    const isLoss = loss !== 'class-weights';
    const args = isLoss
      ? ['eval', '-l', loss, '--reduction', reduction, '--input-format', 'ndjson', ...roles.flatMap((role) => [`--${role}`, role])]
      : ['class-weights', '--counts', String(inputs.counts)];
    const { stdout, stderr, code } = await lossctl([...args, ...flags(params), '--json'], rows.join('\n'));
    expect(code, stderr).toBe(0);
    const result = JSON.parse(stdout) as { results?: { value: number }[]; weights?: number[] };
    const actual = result.results?.map((one) => one.value) ?? result.weights ?? [];
    const expected = [value].flat();
    expect(actual).toHaveLength(expected.length);
    for (const [i, one] of actual.entries()) {
      const wanted = expected[i] as number;
      expect(Math.abs(one - wanted)).toBeLessThanOrEqual((LOOSE.get(name) ?? 1e-12) * Math.abs(wanted));
    }
  });
});
