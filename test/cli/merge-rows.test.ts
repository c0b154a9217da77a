/** Statistics, intervals and worst rows of merged states: the JSON of one pass over all files, byte for byte. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lossctl } from '../support/world.ts';

const PARTS = ['a', 'b', 'c'];
const start = process.cwd();
let folder = '';

/** Rows over many magnitudes; films go on from one part to the next, and queries do not. */
function csv(part: number): string {
  const rows = Array.from({ length: 30 + part }, (_, k) => {
    const i = 50 * part + k;
    const pred = Math.sin(i) * 10 ** (i % 7);
    return [`id${i}`, i % 2, pred, (i % 3) + 0.5, `r${(i * i) % 5}`, `f${i % 8}`, `q${part}-${k % 5}`].join();
  });
  return `id,target,pred,w,region,film,query\n${rows.join('\n')}\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-merge-'));
  process.chdir(folder); // names of files stand in the JSON
  PARTS.forEach((name, part) => {
    writeFileSync(`${name}.csv`, csv(part));
  });
});
afterAll(() => {
  process.chdir(start);
  rmSync(folder, { recursive: true });
});

async function ran(...args: string[]): Promise<string> {
  const { stdout, stderr, code } = await lossctl(args);
  expect([0, 1], stderr).toContain(code);
  return stdout;
}

async function writeStates(...args: string[]): Promise<string[]> {
  for (const name of PARTS) await ran('eval', '-q', ...args, '--state-out', `${name}.state`, `${name}.csv`);
  return PARTS.map((name) => `${name}.state`);
}

const CI = ['--ci', '0.9', '--resamples', '60', '--seed', '5'];
const FILES = PARTS.map((name) => `${name}.csv`);

describe('the JSON of one pass', () => {
  test.each<[string, { run: string; write: string; ask: readonly string[] }]>([
    ['statistics', { run: '-l mse -l mae', write: '--stats', ask: ['--stats', '--hist', '--assert', 'mse.p95 < 3'] }],
    [
      'slices, weights, an interval',
      { run: '-l mse -l mae --by region --weight w', write: '--hist', ask: [...CI, '--assert', 'mse.hi < 1e12'] },
    ],
    ['clusters across parts', { run: '-l mse --by region --cluster film', write: '', ask: [...CI, '--stats'] }],
    ['groups', { run: '-l ndcg-loss --target target --group query', write: '--stats', ask: ['--stats', '--hist', ...CI] }],
    ['the worst rows', { run: '-l mse -l mae --by region', write: '--top 4', ask: ['--top', '3', '--stats'] }],
    [
      'slices too small for a gate',
      { run: '-l mse --by region', write: '--stats', ask: ['--min-n', '15', '--assert', 'mse{region=*}.max < 3'] },
    ],
  ])('%s', async (_, { run, write, ask }) => {
    const flags = run.split(' ');
    const states = await writeStates(...flags, ...write.split(' ').filter((flag) => flag !== ''));
    const whole = await ran('eval', ...flags, ...ask, '--json', ...FILES);
    expect(await ran('merge', ...ask, '--json', ...states)).toBe(whole);
    await ran('merge', '-q', ...ask, '--state-out', 'ab.state', 'a.state', 'b.state');
    expect(await ran('merge', ...ask, '--json', 'ab.state', 'c.state')).toBe(whole);
  });

  test('a part without its rows gives other statistics', async () => {
    const states = await writeStates('-l', 'mse', '--stats');
    const [some, all] = [
      await ran('merge', '--stats', '--json', ...states.slice(1)),
      await ran('merge', '--stats', '--json', ...states),
    ];
    expect(some).not.toBe(all);
  });
});

describe('states stay as small as what is asked for', () => {
  test('without a flag for rows there are none', async () => {
    await writeStates('-l', 'mse', '--by', 'region');
    expect(JSON.parse(readFileSync('a.state', 'utf8'))).not.toHaveProperty('rows');
    const { code, stderr } = await lossctl(['merge', '--hist', 'a.state']);
    expect([code, stderr]).toEqual([
      2,
      'error: --hist: "a.state" holds sums, and not the values of the rows\n  hint: write it again with --stats: lossctl eval --stats --state-out FILE\n',
    ]);
  });

  test.each([
    [['--where', 'w>1'], '--top: "a.state" is of rows that --where chose'],
    [['--top', '1'], '--top: "a.state" does not hold what stands in its 2 worst rows'],
  ])('worst rows with %s', async (flags, message) => {
    await writeStates('-l', 'mse', '--top', '2', ...flags);
    const { code, stderr } = await lossctl(['merge', '--top', '2', 'a.state', 'b.state']);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
