/** What the operating system may do to a reader, by injection: short reads, errors in the middle, files that change meanwhile. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { open, type Source } from '../../src/io/open.ts';
import { type Asked, type Reading, read } from '../fuzz/read.ts';
import type { Seed } from '../fuzz/seed.ts';
import { SEEDS } from '../fuzz/seeds/index.ts';

const SOUND = {
  longest: Number.POSITIVE_INFINITY,
  failsAt: Number.POSITIVE_INFINITY,
  endsAt: Number.POSITIVE_INFINITY,
  touched: false,
};
/** What the disk does: most bytes of one read, the read that fails, the byte at which the file ends since it was opened. */
const disk = vi.hoisted(() => ({ longest: 0, failsAt: 0, endsAt: 0, touched: false, reads: 0, handles: 0 }));

vi.mock('node:fs', async (original) => {
  const real = await original<typeof import('node:fs')>();
  const opened = new Map<number, { looks: number }>();
  return {
    ...real,
    openSync(...args: Parameters<typeof real.openSync>) {
      const fd = real.openSync(...args);
      opened.set(fd, { looks: 0 });
      disk.handles++;
      return fd;
    },
    readSync(fd: number, buffer: Uint8Array, offset: number, length: number, position: number) {
      if (disk.reads++ === disk.failsAt) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
      const left = Math.max(0, disk.endsAt - position);
      return real.readSync(fd, buffer, offset, Math.min(length, disk.longest, left), position);
    },
    fstatSync(fd: number) {
      const stats = real.fstatSync(fd);
      const file = opened.get(fd);
      return disk.touched && file && file.looks++ > 0 ? Object.assign(stats, { mtimeMs: stats.mtimeMs + 1 }) : stats;
    },
    closeSync(fd: number) {
      real.closeSync(fd);
      if (opened.delete(fd)) disk.handles--;
    },
  };
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lossctl-disk-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  Object.assign(disk, SOUND, { handles: 0 });
});

async function readAll(seed: Seed, source: Source): Promise<Reading> {
  disk.reads = 0;
  const opened = open(source, { header: true });
  const columns = await opened.then(
    (table) => table.columns,
    () => [],
  );
  const asked = columns.map((name): Asked => ({ name, as: seed.texts?.includes(name) ? 'text' : 'number' }));
  const reading = await read(() => opened, asked, 4);
  expect(disk.handles, 'files left open').toBe(0);
  return reading;
}

/** One seed of each kind is enough: what is below the formats is tested here. */
const all = (await Promise.all(Object.entries(SEEDS).map(async ([format, load]) => ({ format, seeds: await load() })))).flatMap(
  ({ format, seeds }) => seeds.slice(0, 3).map((seed) => [`${format}: ${seed.name}`, seed] as const),
);

describe.each(all)('%s', (_, seed) => {
  const file = (): Source => {
    const name = join(folder, seed.file);
    writeFileSync(name, seed.bytes);
    return { name };
  };
  const whole = () => readAll(seed, { name: seed.file, stream: Readable.from([seed.bytes]) });
  const fault = async (source: Source) => {
    const reading = await readAll(seed, source);
    return 'fault' in reading ? reading.fault : expect.fail('no fault');
  };

  test('short reads change nothing', async () => {
    const expected = await whole();
    for (const longest of [1, 7, 100]) {
      disk.longest = longest;
      expect(await readAll(seed, file())).toEqual(expected);
    }
  });

  test('an error in any read is told', async () => {
    disk.longest = Math.ceil(seed.bytes.length / 8);
    await readAll(seed, file());
    for (let failsAt = disk.reads - 1; failsAt >= 0; failsAt--) {
      disk.failsAt = failsAt;
      expect(await fault(file())).toMatch(/: cannot be read: EIO$/);
    }
  });

  test('an error in the middle of a stream is told', async () => {
    async function* broken() {
      yield seed.bytes.subarray(0, seed.bytes.length / 2);
      throw Object.assign(new Error('read EIO'), { code: 'EIO' });
    }
    expect(await fault({ name: seed.file, stream: Readable.from(broken()) })).toMatch(/: cannot be read: EIO$/);
  });

  test('a file that changes or shrinks is no result', async () => {
    disk.touched = true;
    expect(await fault(file())).toContain(': the file changed while it was read');
    disk.touched = false;
    for (const endsAt of [1, seed.bytes.length >> 1, seed.bytes.length - 1]) {
      disk.endsAt = endsAt;
      await fault(file());
    }
  });
});
