import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ByteReader, memoryBytes } from '../../src/io/bytes/reader.ts';
import { zstdBytes } from '../../src/io/bytes/zstd.ts';
import { DEFAULT_LIMITS, parseLimits } from '../../src/io/limits.ts';
import { Xxh64 } from '../../src/io/zstd/xxh64.ts';
import { skippableFrame, zstdBomb, zstdFrame } from '../support/zstd.ts';
import { batches, failure, openBytes, plain } from './read.ts';

const folder = join(import.meta.dirname, '../../fixtures/formats/zstd');
const fixture = (name: string) => readFileSync(join(folder, `${name}.zst`));
const CONTENTS = JSON.parse(readFileSync(join(folder, 'contents.json'), 'utf8')) as Record<
  string,
  { bytes: number; sha256: string }
>;

async function inflate(bytes: Uint8Array, limits = DEFAULT_LIMITS): Promise<Buffer> {
  const { chunks } = zstdBytes('x.zst', new ByteReader(memoryBytes(bytes)), limits);
  const parts: Uint8Array[] = [];
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) parts.push(next.value);
  return Buffer.concat(parts);
}

const fault = async (bytes: Uint8Array) => (await failure(() => inflate(bytes))).message;
const flipped = (bytes: Buffer, at: number, bit = 0) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ (1 << bit);
  return copy;
};

describe('what the zstd program writes', () => {
  test.each(Object.keys(CONTENTS))('%s', async (name) => {
    const got = await inflate(fixture(name));
    const expected = CONTENTS[name];
    expect(got.length).toBe(expected?.bytes);
    expect(createHash('sha256').update(got).digest('hex')).toBe(expected?.sha256);
  });

  test('a table in it, by its name below', async () => {
    const table = await openBytes('a.csv.zst', fixture('numbers-1'));
    expect(table.columns).toEqual(['y', 'pred']);
    expect((await plain(table))[0]).toHaveLength(400);
  });
});

describe('XXH64', () => {
  /** Of the bytes 0, 1, 2 ..., as the zstd program writes it behind them. */
  test.each([
    [0, 0x51d8e999],
    [1, 0xdb052768],
    [3, 0x33bc65dd],
    [7, 0x630c72d2],
    [8, 0x14b81b8d],
    [31, 0x9b4d8ee1],
    [32, 0x16ff32b4],
    [33, 0xcafb8ead],
    [100, 0x32166597],
    [255, 0x7caad693],
  ])('of %i bytes', (length, low) => {
    const hash = new Xxh64();
    hash.update(Uint8Array.from({ length }, (_, i) => i));
    expect(hash.low).toBe(low);
  });

  test('does not depend on how the bytes come', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, i) => (i * 31) & 0xff);
    const whole = new Xxh64();
    whole.update(bytes);
    for (const step of [1, 3, 8, 31, 32, 33, 100]) {
      const parts = new Xxh64();
      for (let at = 0; at < bytes.length; at += step) parts.update(bytes.subarray(at, at + step));
      expect(parts.low).toBe(whole.low);
    }
  });
});

describe('frames', () => {
  const csv = Buffer.from('y\n1\n2\n');

  test('all are read, skippable ones passed over, wherever the bytes are split', async () => {
    const bytes = Buffer.concat([
      skippableFrame(Buffer.alloc(20)),
      zstdFrame(Buffer.from('y\n1\n'), { blockBytes: 2 }),
      zstdFrame(Buffer.alloc(0)),
      zstdFrame(Buffer.from('2\n')),
    ]);
    for (let cut = 1; cut < bytes.length; cut++) {
      expect(await plain(await openBytes('a', [bytes.subarray(0, cut), bytes.subarray(cut)]))).toEqual([[1, 2]]);
    }
  });

  test('a checksum and an announced length are checked', async () => {
    const hash = new Xxh64();
    hash.update(csv);
    expect(await inflate(zstdFrame(csv, { checksum: hash.low, content: 6 }))).toEqual(csv);
    expect(await fault(zstdFrame(csv, { checksum: hash.low ^ 1 }))).toContain(
      'damaged zstd data before byte 20 of the compressed file: a wrong checksum',
    );
    expect(await fault(zstdFrame(csv, { content: 5 }))).toContain('a frame of more bytes than the 5 it announces');
    expect(await fault(zstdFrame(csv, { content: 7 }))).toContain('a frame of fewer bytes than the 7 it announces');
  });

  test('bytes behind the end', async () => {
    const frame = zstdFrame(csv);
    const message = `x.zst: bytes after the end of the zstd data, at byte ${frame.length + 1} of the compressed file`;
    expect(await fault(Buffer.concat([frame, Buffer.from('more')]))).toBe(message);
    expect(await fault(Buffer.concat([frame, Buffer.from([0])]))).toBe(message);
  });

  test.each(['one-3', 'numbers-1', 'repeats-window'])('%s cut short anywhere', async (name) => {
    const bytes = fixture(name);
    const step = Math.max(1, Math.floor(bytes.length / 200));
    for (let length = 4; length < bytes.length; length += step) {
      expect(await fault(bytes.subarray(0, length))).toBe('x.zst: the zstd data is cut short');
    }
  });
});

describe('damage', () => {
  test('no flipped bit gets past the checksum', async () => {
    const bytes = fixture('one-3');
    // The highest two bits of the descriptor and the window say how the same bytes are announced.
    for (let at = 4; at < bytes.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const got = await inflate(flipped(bytes, at, bit)).catch((error: Error) => error.name);
        expect(got === 'Fault' || (got as Buffer).toString() === 'y\n1\n', `bit ${bit} of byte ${at}`).toBe(true);
      }
    for (const name of ['words-3', 'repeats-9']) {
      const whole = fixture(name);
      for (let at = 10; at < whole.length; at += 97) expect(await fault(flipped(whole, at, at % 8))).toContain('zstd');
    }
  });

  test('without a checksum, nothing but a fault or other bytes', async () => {
    const whole = fixture('repeats-1');
    let faults = 0;
    for (let at = 4; at < whole.length; at += 11) {
      await inflate(flipped(whole, at, at % 8)).catch((error: Error) => {
        expect(error.name, error.stack).toBe('Fault');
        faults++;
      });
    }
    expect(faults).toBeGreaterThan(100);
  });

  test.each([
    [
      'a tree whose one symbol takes no bits, in which another decoder never ends',
      '28b52ffd202065000042000205f003ffff1f010100',
      'a Huffman tree of too many symbols',
    ],
    ['a block of no known type', '28b52ffd00500f0000', 'a block of no known type'],
    ['a block longer than blocks may be', '28b52ffd00500b001061', 'a block that is longer than blocks may be'],
    ['reserved bits', '28b52ffd085001000061', 'a frame with reserved bits'],
    [
      'literals of a tree that was never given',
      '28b52ffd00502d00004340006100',
      'literals refer to a Huffman tree that was never given',
    ],
    ['a match from before the beginning', '28b52ffd00504500000861015401030008', 'a match from before the beginning'],
  ])('%s', async (_, hex, what) => {
    expect(await fault(Buffer.from(hex, 'hex'))).toContain(what);
  });
});

describe('limits', () => {
  test('a window of gigabytes is refused, with the way out', async () => {
    expect(await failure(() => inflate(fixture('window-2g')))).toEqual({
      message: 'x.zst: zstd data that points back 2147483648 bytes, more than 128 MiB, the limit',
      hint: 'decompress it first: zstd -dc --long=31 x.zst | lossctl eval -; if that is meant, raise the limit: --limit zstd-window=256MiB',
    });
    const frame = zstdFrame(Buffer.from('y\n1\n'), { window: 0x90 });
    expect((await failure(() => inflate(frame))).message).toContain('points back 268435456 bytes');
    expect(await inflate(frame, parseLimits('zstd-window=256MiB'))).toHaveLength(4);
  });

  test('a dictionary is named', async () => {
    expect(await fault(fixture('dictionary'))).toContain('it needs a dictionary, which is in another file');
  });

  test('a bomb streams: 4 kB that become 100 MiB, as one endless row', async () => {
    const bomb = zstdBomb(0x61, 128 * 1024, 800);
    expect(bomb.length).toBeLessThan(4000);
    const before = process.memoryUsage().arrayBuffers;
    const bytes = zstdBytes('x.zst', new ByteReader(memoryBytes(bomb)), DEFAULT_LIMITS).chunks;
    let total = 0;
    let most = 0;
    for (let next = await bytes.next(); !next.done; next = await bytes.next()) {
      total += next.value.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(total).toBe(800 * 128 * 1024);
    expect(most).toBeLessThan(64 * 1024 * 1024);
    const { message } = await failure(async () =>
      batches(await openBytes('b.csv.zst', Buffer.concat([zstdFrame(Buffer.from('y\n')), bomb]))),
    );
    expect(message).toBe('b.csv.zst:2: a row longer than 64 MiB, the limit');
  });

  test('many frames that each declare a large window cost no more than their bytes', async () => {
    const frame = zstdFrame(Buffer.from('1\n'), { window: 0x88 });
    const started = performance.now();
    expect(await inflate(Buffer.concat(new Array<Buffer>(20_000).fill(frame)))).toHaveLength(40_000);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
