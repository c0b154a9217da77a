/** `--threads`: the same output, byte for byte, and the same faults, from files and from standard input. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Assignment, assign, evaluatePiece } from '../../src/cli/threads/assignment.ts';
import { crewsOf } from '../../src/cli/threads/crew.ts';
import { bind } from '../../src/engine/bind.ts';
import type { RunOptions } from '../../src/engine/options.ts';
import { resolve } from '../../src/engine/resolve.ts';
import { run } from '../../src/engine/run.ts';
import type { Crew, Crews } from '../../src/engine/threads.ts';
import type { Piece } from '../../src/io/batch.ts';
import { open } from '../../src/io/open.ts';
import { LOSSES } from '../../src/losses/index.ts';
import { pretendedCrews } from '../support/crews.ts';
import { lossctl } from '../support/world.ts';

let folder = '';
const path = (name: string) => join(folder, name);

/** Rows with texts in quotes that hold newlines, and in the usual places whatever a case puts there. */
function csv(rows: number, { at = -1, put = '', newline = '\n' } = {}): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const note = i % 7 === 3 ? `"line one${newline}line ""two"", ${i}"` : `n${i % 5}`;
    const line = `${(i * 37) % 101},${((i * 7919) % 100003) / 1000},${note},r${i % 3}`;
    return i === at ? put : line;
  });
  return `target,pred,note,region${newline}${lines.join(newline)}${newline}`;
}

function ndjson(rows: number, at = -1, put = ''): string {
  const line = (i: number) => JSON.stringify({ target: (i * 37) % 101, pred: i / 7, region: `r\n${i % 3}` });
  return Array.from({ length: rows }, (_, i) => (i === at ? put : line(i))).join('\n');
}

function pretended(assignment: Assignment): Crews {
  return pretendedCrews(0, (piece, job) => evaluatePiece(assignment, job, piece));
}

/** Parts that came from threads. */
let parts = 0;

/** Threads, with work from the fourth piece on, whether they have started or not. */
function realCrews(assignment: Assignment): Crews {
  const crews = crewsOf(2, assignment);
  const start = (): Crew => {
    const crew = crews.start();
    const evaluate = async (piece: Piece) => {
      const found = await crew.evaluate(piece);
      if (found.part) parts++;
      return found;
    };
    return { ...crew, isReady: async () => true, evaluate };
  };
  let time = 0;
  const now = () => {
    time = 3 * time + 1000; // faster and faster: seeing a piece takes longer than reading it did
    return time;
  };
  return { ...crews, start, now };
}

/** What a run over a file says, or its fault. */
async function told(
  file: string,
  pieceBytes: number | null,
  { specs = ['mse', 'mae', 'rmse'], by = ['region'], nan = 'error', real = false } = {},
) {
  const table = await open({ name: file }, { header: true });
  try {
    const chosen = resolve(LOSSES, { specs, flags: new Map(), reduction: undefined });
    const bindWith = { roles: new Map<string, string>(), by };
    const how: RunOptions = {
      nan: nan as RunOptions['nan'],
      allowInf: false,
      batchRows: 100,
      groupSize: Number.POSITIVE_INFINITY,
      allow: new Set(),
      fingerprint: true,
      keepRows: true,
    };
    const assignment = structuredClone(assign(table, chosen, bindWith, how));
    const crews = pieceBytes === null ? undefined : { ...(real ? realCrews(assignment) : pretended(assignment)), pieceBytes };
    const { finished, ...outcome } = await run(table, chosen, bind(table, chosen, bindWith), how, crews);
    return { ...outcome, rows: finished.runs.map(({ kept }) => kept?.columns()) };
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return { message, hint };
  } finally {
    await table.close();
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-threads-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('pieces of a file', () => {
  test.each<[string, string, Parameters<typeof told>[2]?]>([
    ['quotes that hold newlines', csv(6000)],
    ['CR LF', csv(6000, { newline: '\r\n' })],
    ['slices by text with newlines', csv(6000), { by: ['note'] }],
    ['a missing value', csv(6000, { at: 4000, put: '1,,n,r' })],
    ['a missing value, skipped', csv(6000, { at: 4000, put: '1,,n,r' }), { nan: 'skip' }],
    ['a word for a number', csv(6000, { at: 5000, put: '1,two,n,r' })],
    ['a ragged row', csv(6000, { at: 5000, put: '1,2,n' })],
    ['a quote that is never closed', csv(6000, { at: 5000, put: '1,2,"n,r' })],
    ['a quote within a cell', csv(6000, { at: 3000, put: '1,2,5" pipe,r' })],
    ['two quotes within cells, which hide that', csv(6000, { at: 3000, put: '1,2,5" pipe,6" pipe' })],
    ['a list for a number', csv(6000, { at: 3000, put: '1,"[1, 2]",n,r' })],
    ['a row longer than a piece', csv(6000, { at: 3000, put: `1,2,${'x'.repeat(9000)},r` })],
    ['blank lines', csv(6000, { at: 3000, put: '\n\n1,2,n,r\n' })],
  ])('%s', async (_, text, asked = {}) => {
    const file = path('given.csv');
    writeFileSync(file, text);
    const whole = await told(file, null, asked);
    for (const size of [6_000, 70_000]) expect(await told(file, size, asked)).toEqual(whole);
  });

  test.each<[string, string, Parameters<typeof told>[2]?]>([
    ['records', ndjson(6000)],
    ['a list that is longer', ndjson(6000, 4000, '{"target": 1, "pred": [1, 2], "region": "a"}')],
    ['a line that is no record', ndjson(6000, 4000, '[1, 2]')],
    ['a line that ends too early', ndjson(6000, 4000, '{"target": 1, ')],
    ['a key that is missing', ndjson(6000, 4000, '{"target": 1}')],
    ['keys that are missing, skipped', ndjson(6000, 4000, '{"target": 1}'), { nan: 'skip' }],
    ['blank lines', ndjson(6000, 4000, '\n\n')],
  ])('of NDJSON: %s', async (_, text, asked = {}) => {
    const file = path('given.ndjson');
    writeFileSync(file, text);
    const whole = await told(file, null, asked);
    expect(await told(file, 9_000, asked)).toEqual(whole);
  });

  test.each<[string, string]>([
    ['bytes that are no UTF-8', 'late.csv'],
    ['a text for a number, where this thread reads', 'late.json'],
  ])('of two faults the first is told, though the second is read before the first is judged: %s', async (_, name) => {
    const label = (i: number) => (i === 149_000 ? 7 : i % 2); // no label: found when it is evaluated
    const rows = Array.from({ length: 170_000 }, (_, i) => ({ target: label(i), probs: i === 149_500 ? 'x' : 0.25 }));
    const lines = Buffer.from(`target,probs\n${rows.map(({ target }) => `${target},0.25\n`).join('')}`);
    lines[lines.length - 20] = 0xff; // found when it is read
    writeFileSync(path(name), name.endsWith('csv') ? lines : JSON.stringify(rows));
    const asked = { specs: ['bce'], by: [] };
    const whole = await told(path(name), null, asked);
    expect(whole).toMatchObject({ message: expect.stringContaining('7 is not') });
    for (const size of [9_000, 200_000]) expect(await told(path(name), size, asked)).toEqual(whole);
  });

  test('without a header', async () => {
    const text = Array.from({ length: 9000 }, (_, i) => `${i % 10},${(i * 31) % 17}\n`).join('');
    writeFileSync(path('bare.csv'), text);
    const evaluate = (threads: string) =>
      lossctl([
        'eval',
        '-l',
        'mse',
        '--target',
        '#1',
        '--pred',
        '#2',
        '--no-header',
        '--json',
        '--threads',
        threads,
        path('bare.csv'),
      ]);
    expect(await evaluate('3')).toEqual(await evaluate('1'));
  });
});

describe('threads', () => {
  test.each<[string, string]>([
    ['of CSV', csv(20_000)],
    ['with a fault', csv(20_000, { at: 19_000, put: '1,two,n,r' })],
    ['of NDJSON', ndjson(20_000)],
  ])('%s', async (name, text) => {
    const file = path(name.endsWith('JSON') ? 'many.ndjson' : 'many.csv');
    writeFileSync(file, text);
    parts = 0;
    expect(await told(file, 30_000, { real: true })).toEqual(await told(file, null));
    expect(parts).toBeGreaterThan(5);
  });

  test('of batches that were read here', async () => {
    const file = path('many.json');
    const rows = Array.from({ length: 9000 }, (_, i) => ({ target: i % 7, pred: [i, i / 3][i % 2] }));
    writeFileSync(file, JSON.stringify(rows));
    const asked = { by: [], real: true };
    parts = 0;
    expect(await told(file, 10_000, asked)).toEqual(await told(file, null, asked));
    expect(parts).toBeGreaterThan(3);
  });
});

describe('the program', () => {
  const args = ['eval', '-l', 'mse', '-l', 'huber', '-l', 'rmse', '--by', 'region', '--json'];

  test('with threads gives the same text, from a file, compressed and from standard input', async () => {
    const text = csv(150_000); // a piece, and a little
    writeFileSync(path('many.csv'), text);
    writeFileSync(path('many.csv.gz'), gzipSync(text, { level: 1 }));
    const alone = await lossctl([...args, '--threads', '1', path('many.csv')]);
    expect(alone.code).toBe(0);
    expect(await lossctl([...args, '--threads', '3', path('many.csv')])).toEqual(alone);
    const named = ({ stdout }: { stdout: string }) => stdout.replace(/"files": ?\[[^\]]*\]/, '');
    expect(named(await lossctl([...args, '--threads', '2', path('many.csv.gz')]))).toBe(named(alone));
    expect(named(await lossctl([...args, '--threads', '2'], text))).toBe(named(alone));
  });
});
