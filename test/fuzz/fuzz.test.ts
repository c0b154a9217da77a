/** A short run of the fuzzer over every format, and a run over a reader with every fault, of which it must find each. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, type Known } from './judge.ts';
import { mutate } from './mutate.ts';
import { Random } from './random.ts';
import type { Reading } from './read.ts';
import { delimited } from './reference.ts';
import type { Seed } from './seed.ts';
import { SEEDS } from './seeds/index.ts';

const LOADER = join(import.meta.dirname, '../../tools/typescript.js');

function fuzz(
  formats: readonly string[],
  mutants: number,
  deadline: number,
  ...more: string[]
): Promise<{ code: unknown; stdout: string }> {
  const flags = formats.flatMap((format) => ['--format', format]);
  const args = ['--import', LOADER, join(import.meta.dirname, 'main.ts'), ...flags];
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [...args, '--mutants', `${mutants}`, '--deadline', `${deadline}`, ...more],
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, stdout: stdout + stderr });
      },
    );
  });
}

describe('mutants', { timeout: 120_000 }, () => {
  const quick = Object.keys(SEEDS).filter((format) => format !== 'parquet'); // it starts a thread for each

  test.each([
    ['of every format but Parquet', quick, 100],
    ['of Parquet', ['parquet'], 60],
  ])('%s read as before, are refused, or are other files', async (_, formats, mutants) => {
    const { code, stdout } = await fuzz(formats, mutants, 30);
    expect(code, stdout).toBe(0);
    for (const format of formats) expect(stdout).toMatch(new RegExp(`^${format} +${mutants} `, 'm'));
  });

  test('of a reader with every fault show each of them', async () => {
    const { code, stdout } = await fuzz(['faulty'], 40, 3, '--all', '--seed', '8');
    expect(code).toBe(1);
    const [, mutants, same, fault, values, , silent, crash, hang] = (/^faulty.*$/m.exec(stdout)?.[0] ?? '')
      .split(/(?: +)/)
      .map(Number);
    expect(mutants).toBe(40);
    for (const count of [same, fault, values, silent, crash, hang]) expect(count).toBeGreaterThan(0);
    for (const detail of ['cannot read properties', 'lost', 'careful', 'a text', 'MB of memory', 'exit 0', 'no end after 3 s'])
      expect(stdout).toContain(detail);
  });
});

test('a mutant is known by its number, and the seed stays as it is', () => {
  const seed: Seed = { name: 'digits', file: 'x', bytes: Buffer.from('0123456789'.repeat(20)) };
  const mutant = (k: number) =>
    mutate(seed, [seed, { ...seed, bytes: Buffer.alloc(50, 'x') }], new Random(`${k}`)).bytes.toString('latin1');
  const all = Array.from({ length: 500 }, (_, k) => mutant(k));
  expect(all.map((_, k) => mutant(k))).toEqual(all);
  expect(new Set(all).size).toBeGreaterThan(400);
  expect(seed.bytes.toString()).toBe('0123456789'.repeat(20));
});

describe('the judge', () => {
  const asked = [{ name: 'y', as: 'number' }] as const;
  /** One digit of a head that counts, one of a type, two that are values: read as a sum. */
  const read = (bytes: Buffer): Reading => ({ cells: [[String([...bytes].reduce((sum, byte) => sum + byte))]] });
  const seed: Seed = { name: 'sum', file: 'x', bytes: Buffer.of(1, 2, 3, 4), meaning: [[1, 2]], values: [[2, 4]] };
  const known: Known = { seed, cells: [['10']] };
  const judged = async (reading: Reading, ...bytes: number[]) =>
    (await judge([known], Buffer.of(...bytes), asked, reading, async (other) => read(other))).outcome;

  test.each<[name: string, outcome: string, reading: Reading | 'as it is', bytes: number[]]>([
    ['a fault', 'fault', { fault: 'is damaged' }, [9, 2, 3, 4]],
    ['the same numbers', 'same', { cells: [['10']] }, [9, 2, 3, 4]],
    ['a changed value', 'values', 'as it is', [1, 2, 3, 9]],
    ['a changed type', 'meaning', 'as it is', [1, 9, 3, 9]],
    ['a changed head', 'silent', 'as it is', [9, 2, 3, 4]],
    ['a changed head and value, of which only the value matters', 'values', { cells: [['15']] }, [9, 2, 3, 9]],
    ['a changed head and value, of which the head matters too', 'silent', 'as it is', [9, 2, 3, 9]],
    ['another length', 'silent', 'as it is', [1, 2, 3, 4, 5]],
    ['fewer rows', 'silent', { cells: [[]] }, [9, 2, 3, 4]],
  ])('%s: %s', async (_, outcome, reading, bytes) => {
    expect(await judged(reading === 'as it is' ? read(Buffer.from(bytes)) : reading, ...bytes)).toBe(outcome);
  });

  test.each([
    ['as another reader reads it', 'values', 'y\n1\n5\n', ['1', '5']],
    ['not as another reader reads it', 'silent', 'y\n1\n5\n', ['1', '6']],
    ['what another reader refuses', 'silent', 'y\n1\n5,5\n', ['1', '5']],
  ])('of text, %s: %s', async (_, outcome, text, cells) => {
    const known: Known = { seed: { ...seed, reference: delimited(',') }, cells: [['1', '2']] };
    const verdict = await judge([known], Buffer.from(text), asked, { cells: [cells] }, async () => ({ fault: '' }));
    expect(verdict.outcome).toBe(outcome);
  });
});
