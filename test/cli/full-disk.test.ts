/** A disk that fills up, by injection: a test that writes to a real device as root could replace it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOutput } from '../../src/cli/output.ts';
import { faultIn } from '../support/fault.ts';

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const full = async () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }));
  const open = async (...args: Parameters<typeof real.open>): Promise<FileHandle> =>
    Object.assign(await real.open(...args), { writeFile: full });
  return { ...real, open };
});

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-full-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a full disk is an error, and the old file stays whole', async () => {
  const path = join(folder, 'out.json');
  writeFileSync(path, 'old');
  const file = await createOutput(path, []);
  expect((await faultIn(() => file.write('new'))).message).toBe(`cannot write "${path}": no space left on the device`);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['out.json']);
});
