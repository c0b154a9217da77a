import { describe, expect, test } from 'vitest';
import { heldRandom } from '../../src/io/bytes/random.ts';
import { ByteReader, memoryBytes } from '../../src/io/bytes/reader.ts';
import { DEFAULT_LIMITS, LIMIT_NAMES, limitFault, limitsText, limitText, parseLimits } from '../../src/io/limits.ts';
import { failure } from './read.ts';

const MIB = 1024 * 1024;
const fault = (text: string) => failure(async () => parseLimits(text));

describe('--limit', () => {
  test.each(['row=128MiB', 'row=1MB,columns=200000', 'number=3,zstd-window=1GiB'])('%s is written as it is read', (text) => {
    expect(parseLimits(limitsText(parseLimits(text)))).toEqual(parseLimits(text));
  });

  test.each([
    ['row=128MiB', { row: 128 * MIB }],
    ['columns=200000, depth=300', { columns: 200_000, depth: 300 }],
    ['number=1kB,held=1.5GiB', { number: 1000, held: 1536 * MIB }],
    ['npy-header=65536', { 'npy-header': 65_536 }],
  ])('%s', (text, expected) => {
    expect(parseLimits(text)).toEqual({ ...DEFAULT_LIMITS, ...expected });
  });

  test.each([
    ['row', '--limit "row": is no limit'],
    ['row=', '--limit "row=": is no limit'],
    ['row=-1', '--limit "row=-1": is no limit'],
    ['row=5parsec', '--limit "row=5parsec": is no limit'],
    ['rows=5', '--limit: there is no limit "rows"'],
    ['__proto__=5', '--limit: there is no limit "__proto__"'],
    ['columns=0', '--limit "columns=0": is no whole number of columns, 1 or more'],
    ['depth=1.5', '--limit "depth=1.5": is no whole number of depth, 1 or more'],
    ['row=1GiB', '--limit "row=1GiB": is more than 511MiB, as far as it goes'],
  ])('refuses %s', async (text, message) => {
    expect((await fault(text)).message).toBe(message);
  });

  test('a limit can only be what its own message asks for', () => {
    for (const name of LIMIT_NAMES) {
      const [, asked = ''] = /--limit (\S+)$/.exec(limitFault('x', name, DEFAULT_LIMITS).hint ?? '') ?? [];
      expect(parseLimits(asked)[name]).toBe(2 * DEFAULT_LIMITS[name]);
    }
  });

  test('what has to be held in memory', async () => {
    const held = (limits: string) => heldRandom('x.npz', new ByteReader(memoryBytes(Buffer.alloc(2000))), parseLimits(limits));
    expect((await held('held=2kB')).size).toBe(2000);
    expect(await failure(() => held('held=1kB'))).toEqual({
      message: 'x.npz: this format needs all bytes at once, and they are more than 1 kB, the limit',
      hint: 'write them to a file, decompressed, and name that: it is read where it lies; if that is meant, raise the limit: --limit held=2kB',
    });
  });

  test('are shown with units', () => {
    const shown = ['64 MiB', '100000', '256', '4 KiB', '512 MiB', '128 MiB', '10 kB', '100 MB'];
    expect(LIMIT_NAMES.map((name) => limitText(name, DEFAULT_LIMITS))).toEqual(shown);
  });
});
