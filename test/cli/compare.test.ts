/** `compare` through files: what must not change its answer, and what it must not touch. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Random } from '../../src/engine/statistics/random.ts';
import { lossctl } from '../support/world.ts';

const random = new Random(7);
const ROWS = Array.from({ length: 60 }, (_, i) => {
  const target = i % 3 === 0 ? 1 : 0;
  const near = (noise: number) => Math.min(0.99, Math.max(0.01, 0.2 + 0.6 * target + noise * (random.uniform() - 0.5)));
  return { id: `k${i}`, g: i % 2 ? 'a' : 'b', w: 1 + (i % 4), target, base: near(0.5), candidate: near(0.6) };
});
const shuffled = ROWS.map((row) => ({ row, at: random.uniform() }))
  .sort((a, b) => a.at - b.at)
  .map(({ row }) => row);

const table = (rows: typeof ROWS, side: 'base' | 'candidate') =>
  ['id,g,w,target,p', ...rows.map((row) => [row.id, row.g, row.w, row.target, row[side]].join())].join('\n');

const start = process.cwd();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-compare-'));
  process.chdir(folder);
  writeFileSync('base.csv', table(ROWS, 'base'));
  writeFileSync('cand.csv', table(ROWS, 'candidate'));
  writeFileSync('base-shuffled.csv', table(shuffled, 'base'));
  writeFileSync('cand-shuffled.csv', table(shuffled.toReversed(), 'candidate'));
  for (const [k, part] of [ROWS.slice(0, 25), ROWS.slice(25)].entries()) writeFileSync(`part-${k}.csv`, table(part, 'candidate'));
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

const LOSSES = ['-l', 'bce', '-l', 'mse', '--probs', 'p', '--pred', 'p'];

/** What a comparison says of its candidates, without where they came from. */
async function said(args: readonly string[], stdin = '') {
  const { stdout, stderr, code } = await lossctl(['compare', '--json', ...args], stdin);
  expect(code, stderr).not.toBe(2);
  const { candidates } = JSON.parse(stdout);
  return candidates.map(({ comparisons, gates }: Record<string, unknown>) => ({ comparisons, gates }));
}

describe('a comparison is the same', () => {
  const flags = [...LOSSES, '--on', 'id', '--by', 'g', '--weight', 'w', '--tolerance', 'rel=2%'];

  test.each<[string, readonly string[], string]>([
    ['with rows in another order', ['base-shuffled.csv', 'cand-shuffled.csv'], ''],
    ['with other batches', ['--chunk-rows', '7', 'base.csv', 'cand.csv'], ''],
    ['with shards', ['base.csv', 'part-*.csv'], ''],
    ['with the base on standard input', ['-', 'cand.csv'], table(ROWS, 'base')],
    ['with the candidate on standard input', ['base.csv', '-'], table(ROWS, 'candidate')],
  ])('%s', async (_, files, stdin) => {
    expect(await said([...flags, ...files], stdin)).toEqual(await said([...flags, 'base.csv', 'cand.csv']));
  });

  test('with another seed only in what is drawn', async () => {
    const [one] = await said([...flags, 'base.csv', 'cand.csv']);
    const [other] = await said([...flags, '--seed', '2', 'base.csv', 'cand.csv']);
    expect(other).not.toEqual(one);
    expect(other.comparisons[0].difference).toBe(one.comparisons[0].difference);
  });

  test('beside another candidate', async () => {
    const [alone] = await said([...LOSSES, 'base.csv', 'cand.csv']);
    const [, beside] = await said([...LOSSES, 'base.csv', 'base.csv', 'cand.csv']);
    expect(beside.comparisons).toEqual(alone.comparisons);
  });
});

describe('the base from a file of rows', () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ['by key', ['--on', 'id'], ['cand-shuffled.csv']],
    ['by order', [], ['cand.csv']],
    ['with weights', ['--weight', 'w', '--on', 'id'], ['cand-shuffled.csv']],
    ['that leaves out rows', ['--where', 'g=a', '--on', 'id'], ['cand.csv']],
  ])('%s says what the base itself says, also of some of its losses', async (_, flags, candidate) => {
    const write = await lossctl(['baseline', 'write', ...LOSSES, ...flags, '--rows', 'base.rows', '--to', 'b.json', 'base.csv']);
    expect(write.code, write.stderr).toBe(0);
    for (const losses of [LOSSES, ['-l', 'mse', '--pred', 'p'], ['-l', 'bce', '--probs', 'p']]) {
      const args = [...losses, ...flags, '--by', 'g'];
      expect(await said([...args, 'base.rows', ...candidate])).toEqual(await said([...args, 'base.csv', ...candidate]));
    }
  });

  test('is not written where the baseline is refused', async () => {
    writeFileSync('broken.csv', table([{ ...(ROWS[0] as (typeof ROWS)[0]), base: 1e200 }, ...ROWS.slice(1)], 'base'));
    const flags = ['-l', 'mse', '--pred', 'p', '--rows', 'broken.rows', '--to', 'broken.json'];
    const { code, stderr } = await lossctl(['baseline', 'write', ...flags, 'broken.csv']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('mse is not finite (inf)')]);
    expect(() => readFileSync('broken.rows')).toThrow('ENOENT');
  });
});

describe('outputs', () => {
  test.each([
    ['the base', 'json:base.csv'],
    ['a candidate', 'json:cand.csv'],
  ])('are never written onto %s', async (_, output) => {
    const { code, stderr } = await lossctl(['compare', ...LOSSES, '-o', output, 'base.csv', 'cand.csv']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is one of the inputs')]);
  });

  test('go to the job summary as markdown', async () => {
    const run = (flags: readonly string[]) =>
      lossctl(['compare', ...LOSSES, ...flags, 'base.csv', 'cand.csv'], '', { GITHUB_STEP_SUMMARY: 'summary.md' });
    const { stdout } = await run(['-f', 'markdown']);
    await run(['--summary', '-q']);
    expect(readFileSync('summary.md', 'utf8')).toBe(stdout);
  });
});

describe('--fail-code', () => {
  const gate = ['--assert', 'mse < 0', '--fail-code', '10'];
  const mse = ['-l', 'mse', '--pred', 'p'];

  test('holds for every command with gates', async () => {
    await lossctl(['eval', ...mse, '--state-out', 'x.state', 'base.csv']);
    const codes = async (...args: string[]) => (await lossctl(args)).code;
    expect(await codes('eval', ...mse, ...gate, 'base.csv')).toBe(10);
    expect(await codes('merge', ...gate, 'x.state')).toBe(10);
    expect(await codes('baseline', 'write', ...mse, ...gate, '--force', '--reason', 'x', '--to', 'b.json', 'base.csv')).toBe(10);
    writeFileSync(
      'worse.csv',
      table(
        ROWS.map((row) => ({ ...row, base: 0.5 })),
        'base',
      ),
    );
    expect(await codes('compare', ...mse, '--fail-code', '10', 'worse.csv', 'base.csv')).toBe(0);
    expect(await codes('compare', ...mse, '--fail-code', '10', 'base.csv', 'worse.csv')).toBe(10);
  });

  test('moves neither inconclusive nor errors', async () => {
    const run = async (...args: string[]) => (await lossctl(['eval', ...mse, '--fail-code', '10', ...args])).code;
    expect(await run('--by', 'g', '--assert', 'mse{g=c} < 1', 'base.csv')).toBe(3);
    expect(await run('--assert', 'mse < 0', 'nowhere.csv')).toBe(2);
    expect(await run('--by', 'g', '--assert', 'mse{g=c} < 1', '--assert', 'mse{g=a} < 0', 'base.csv')).toBe(10); // failure beats inconclusive
  });

  test.each(['0', '2', '3', '70', '126', '-1', 'x', ''])('%j is refused', async (code) => {
    expect((await lossctl(['eval', ...mse, '--fail-code', code, 'base.csv'])).code).toBe(2);
  });
});
