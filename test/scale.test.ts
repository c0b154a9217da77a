/** docs/scale.md in small: parts evaluated on their own, merged to the bytes of one pass. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lossctl } from './support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'lossctl-scale-'));
const before = process.cwd();
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const LOSSES = ['-l', 'mse', '-l', 'mae', '-l', 'rmse', '-l', 'max-error', '--by', 'region'];

test('eight parts merge to what one pass gives, but for the names of the files', async () => {
  process.chdir(folder);
  const rows = Array.from(
    { length: 400 },
    (_, k) => `${((k * 7919) % 1000) * 10 ** ((k % 13) - 6)},${(k * 31) % 17},${'abcd'[k % 4]}`,
  );
  for (let part = 0; part < 8; part++) {
    writeFileSync(`part-${part}.csv`, ['target,pred,region', ...rows.slice(part * 50, part * 50 + 50)].join('\n'));
    const { code, stderr } = await lossctl(['eval', '-q', ...LOSSES, '--state-out', `part-${part}.state`, `part-${part}.csv`]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  }
  const whole = await lossctl(['eval', ...LOSSES, '--json', 'part-*.csv']);
  const merged = await lossctl(['merge', '--json', 'part-*.state']);
  expect(merged).toEqual(whole);
  expect(JSON.parse(whole.stdout).inputs.rows).toBe(400);
  const less = await lossctl(['merge', '--json', 'part-[0-6].state']);
  expect(less.stdout).not.toBe(whole.stdout);
  for (const part of [0, 7]) expect(readFileSync(`part-${part}.state`).length).toBeLessThan(20_000);
});
