import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { readMessage } from '../../src/io/arrow/message.ts';
import { DEFAULT_LIMITS } from '../../src/io/limits.ts';
import { zstdBomb, zstdFrame } from '../support/zstd.ts';
import { compressedIpc, ipc, item, of } from './arrow-write.ts';
import { failure, type Kind, openBytes, plain } from './read.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/formats/arrow', name));
const float = (values: readonly (number | null)[]) => arrow.vectorFromArray(values, new arrow.Float64());
const message = async (bytes: Buffer, kinds: readonly Kind[] = [], limits = DEFAULT_LIMITS) =>
  (await failure(async () => plain(await openBytes('t.arrow', bytes, { limits }), kinds))).message;

interface Place {
  readonly metadata: number;
  readonly body: number;
  readonly end: number;
}

/** Where the messages of a stream are: the metadata, then the body. */
function messages(bytes: Buffer, start = 0): Place[] {
  const found: Place[] = [];
  for (let at = start; bytes.readInt32LE(at + 4) > 0; ) {
    const metadata = at + 8;
    const body = metadata + bytes.readInt32LE(at + 4);
    at = body + readMessage(bytes.subarray(metadata, body)).bodyLength;
    found.push({ metadata, body, end: at });
  }
  return found;
}

/** Writes other integers of 64 bits wherever these stand one behind the other in the metadata of the last message. */
function replaced(bytes: Buffer, these: readonly number[], others: readonly (number | bigint)[]): Buffer {
  const copy = Buffer.from(bytes);
  const { metadata, body } = messages(copy).at(-1) as Place;
  const wanted = Buffer.from(BigInt64Array.from(these, BigInt).buffer);
  let count = 0;
  for (let at = copy.indexOf(wanted, metadata); at >= 0 && at < body; at = copy.indexOf(wanted, at + wanted.length), count++)
    copy.set(Buffer.from(BigInt64Array.from(others, BigInt).buffer), at);
  if (count === 0) throw new Error('nothing to replace');
  return copy;
}

/** Every other byte value that the fuzzer tries. */
const flips = (byte: number, i: number) => new Set([byte ^ 0xff, byte ^ (1 << (i % 8)), 0, 127].filter((value) => value !== byte));

describe('no flipped byte of the metadata gives other numbers in silence', () => {
  const wide = ipc({
    x: float(Array.from({ length: 40 }, (_, i) => i / 3)),
    y: float(Array.from({ length: 40 }, (_, i) => (i % 3 ? i : null))),
  });
  test.each<[name: string, bytes: Buffer, kinds: readonly Kind[]]>([
    ['stream', wide, []],
    ['compressed file', fixture('table-polars-zstd.arrow'), ['number', 'number', 'text', 'text', 'number']],
  ])('%s', async (_, bytes, kinds) => {
    const expected = JSON.stringify(await plain(await openBytes('t.arrow', bytes), kinds));
    const isFile = bytes.toString('latin1', 0, 6) === 'ARROW1';
    const bodies = messages(bytes, isFile ? 8 : 0);
    const silent: unknown[] = [];
    let faults = 0;
    for (let i = 0; i < bytes.length; i++) {
      if (bodies.some(({ body, end }) => i >= body && i < end)) continue;
      for (const value of flips(bytes[i] as number, i)) {
        const flipped = Buffer.from(bytes);
        flipped[i] = value;
        try {
          const got = JSON.stringify(await plain(await openBytes('t.arrow', flipped, { format: 'arrow' }), kinds));
          if (got !== expected) silent.push([i, value, got]);
        } catch (error) {
          if ((error as Error).name !== 'Fault') throw error;
          faults++;
        }
      }
    }
    expect(silent).toEqual([]);
    expect(faults).toBeGreaterThan(bytes.length / 4);
  });
});

describe('lengths that are not true', () => {
  const bytes = ipc({ x: float([1, 2, 3]), y: float([4, null, 6]) });

  test.each<[what: string, bytes: Buffer, message: string]>([
    ['rows of a column', replaced(bytes, [3, 0], [4, 0]), 'a column of 4 rows in a record batch of 3'],
    ['more nulls than rows', replaced(bytes, [3, 1], [3, 9]), '9 nulls in a column of 3 rows'],
    ['nulls without a bitmap', replaced(bytes, [3, 0], [3, 2]), '2 nulls in a column without a validity bitmap'],
    ['a buffer outside the body', replaced(bytes, [88, 24], [96, 24]), 'a buffer of 24 bytes at 96 in a body of 112 bytes'],
    ['a buffer that overlaps', replaced(bytes, [88, 24], [80, 24]), 'a buffer at byte 80, where the one before it ends at 88'],
    ['a buffer that is too short', replaced(bytes, [88, 24], [88, 16]), 'a buffer of 16 bytes where double needs 24 for 3 rows'],
    ['a negative length', replaced(bytes, [3, 0], [-3, 0]), '0 nulls in a column of -3 rows'],
    ['a length beyond 2^53', replaced(bytes, [3, 0], [2n ** 60n, 0]), 'metadata that points outside itself'],
  ])('%s', async (_, damaged, what) => {
    expect(await message(damaged)).toBe(`t.arrow: damaged Arrow data: ${what}`);
  });

  test('fewer nulls than the bitmap has', async () => {
    const what = 'a validity bitmap with 1 nulls where 0 are declared';
    expect(await message(replaced(bytes, [3, 1], [3, 0]))).toBe(`t.arrow: column "y": damaged Arrow data: ${what}`);
  });

  test('a buffer that is much too long for its rows', async () => {
    const long = replaced(ipc({ x: float(new Array(40).fill(1)) }), [40, 0], [20, 0]);
    const both = replaced(long, [40], [20]);
    expect(await message(both)).toBe('t.arrow: damaged Arrow data: a buffer of 320 bytes where double has 20 rows');
  });

  test('rows that need no bytes are not believed', async () => {
    const nulls = ipc({ x: arrow.vectorFromArray([null, null, null], new arrow.Null()) });
    expect(await plain(await openBytes('t.arrow', nulls))).toEqual([[NaN, NaN, NaN]]);
    const many = replaced(replaced(nulls, [3, 3], [2 ** 40, 2 ** 40]), [3], [2 ** 40]);
    expect(await message(many)).toBe('t.arrow: has a record batch of 1099511627776 rows in 0 bytes, which hold nothing');
  });
});

describe('files that contradict themselves', () => {
  test('a footer that leaves out a record batch', async () => {
    const part = () => new arrow.Table({ x: float([1, 2]) }).batches;
    const bytes = Buffer.from(arrow.RecordBatchFileWriter.writeAll([...part(), ...part()]).toUint8Array(true));
    expect(await plain(await openBytes('t.arrow', bytes))).toEqual([[1, 2, 1, 2]]);
    const [first, second] = messages(bytes, 8) as [Place, Place];
    const footer = bytes.length - 10 - bytes.readInt32LE(bytes.length - 10);
    const list = bytes.indexOf(Buffer.from(BigInt64Array.of(BigInt(first.metadata - 8)).buffer), footer);
    expect(bytes.readInt32LE(list - 4)).toBe(2);
    const shorter = Buffer.from(bytes);
    shorter.writeInt32LE(1, list - 4);
    expect(await message(shorter)).toMatch(
      new RegExp(`^t\\.arrow: damaged Arrow data: the footer lists no message from byte ${second.metadata - 8} to \\d+$`),
    );
    const elsewhere = Buffer.from(bytes);
    elsewhere.writeInt32LE(16, list);
    expect(await message(elsewhere)).toMatch(/the footer lists/);
  });

  test('a byte too many or too few in the last message', async () => {
    const bytes = ipc({ x: float([1, 2, 3, 4]) }, 'file');
    const [{ body, end }] = messages(bytes, 8) as [Place];
    for (let at = body; at < end; at += 8) {
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 8)]);
      const longer = Buffer.concat([bytes.subarray(0, at + 8), bytes.subarray(at)]);
      expect(await message(shorter)).toBe(
        `t.arrow: damaged Arrow data: the footer lists no message from byte ${end} to ${end - 8}`,
      );
      expect(await message(longer)).toBe(`t.arrow: damaged Arrow data: the footer lists no message from byte ${end} to ${end + 8}`);
    }
  });

  test('columns that the footer names otherwise', async () => {
    const bytes = Buffer.from(fixture('table-polars-uncompressed.arrow'));
    const name = bytes.indexOf('flag', 0, 'latin1');
    bytes.write('flog', name, 'latin1');
    expect(await message(bytes)).toBe('t.arrow: damaged Arrow data: the columns in the footer differ from those at the beginning');
  });

  test('a message of another kind than the footer says', async () => {
    const bytes = ipc({ x: float([1]) }, 'file');
    const [{ metadata }] = messages(bytes, 8) as [Place];
    const copy = Buffer.from(bytes);
    copy.writeInt32LE(copy.readInt32LE(metadata - 4) + 8, metadata - 4);
    expect(await message(copy)).toMatch(
      /^t\.arrow: damaged Arrow data: the footer lists a message at byte 8, where another one is$/,
    );
  });
});

describe('compressed buffers', () => {
  const batches = new arrow.Table({ x: float(Array.from({ length: 64 }, (_, i) => i % 4)) }).batches;
  const bytes = compressedIpc(batches, 'stream');
  const [, { body }] = messages(bytes) as [Place, Place];
  const withLength = (length: bigint) => {
    const copy = Buffer.from(bytes);
    copy.writeBigInt64LE(length, body);
    return copy;
  };

  test('are read', async () => {
    expect(bytes.readBigInt64LE(body)).toBe(512n);
    expect(await plain(await openBytes('t.arrow', bytes))).toEqual([Array.from({ length: 64 }, (_, i) => i % 4)]);
  });

  test.each<[length: bigint, message: string]>([
    [-1n, 'column "x": damaged Arrow data: a buffer of 48 bytes where double needs 512 for 64 rows'],
    [-2n, 'damaged Arrow data: a compressed buffer that says it held -2 bytes'],
    [0n, 'column "x": damaged Arrow data: a buffer of 0 bytes where double needs 512 for 64 rows'],
    [511n, 'column "x": damaged Arrow data: a buffer of 511 bytes where double needs 512 for 64 rows'],
    [520n, 'column "x": damaged Arrow data: a buffer of 520 bytes where double has 64 rows'],
    [2n ** 40n, 't'],
    [2n ** 62n, 'damaged Arrow data: a compressed buffer that says it held 4611686018427388000 bytes'],
  ])('that say that they held %i bytes', async (length, what) => {
    const got = await message(withLength(length));
    if (what === 't')
      expect(got).toMatch(/^t\.arrow: 1099511627776 bytes of one record batch, compressed to \d+, are more than are read at once$/);
    else expect(got).toBe(`t.arrow: ${what}`);
  });

  test('shorter than their length', async () => {
    const copy = replaced(bytes, [0, 56], [0, 7]);
    expect(await message(copy)).toBe('t.arrow: damaged Arrow data: a compressed buffer of 7 bytes');
  });

  test('that do not give what they say name the column', async () => {
    const copy = Buffer.from(bytes);
    copy.writeUInt8(0, body + 8);
    expect(await message(copy)).toBe('t.arrow: column "x": damaged Arrow data: a compressed buffer: no LZ4 frame');
  });

  test('that would be a thousand times as much are refused before they are', async () => {
    const table = new arrow.Table({ x: arrow.vectorFromArray(['y'.repeat(100_000)], new arrow.Utf8()) });
    const bomb = zstdBomb(0x79, 2 ** 17, 2 ** 13);
    const damaged = compressedIpc(table.batches, 'stream', 'zstd', (part) => (part.length > 1000 ? bomb : zstdFrame(part)));
    damaged.writeBigInt64LE(2n ** 30n, damaged.indexOf(bomb) - 8);
    const started = performance.now();
    expect(await message(damaged, ['text'])).toMatch(
      /^t\.arrow: 107374\d+ bytes of one record batch, compressed to 32\d+, are more than are read at once$/,
    );
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('few bytes that stand for much', () => {
  test('texts that all rows show', async () => {
    const rows = 70;
    const text = Buffer.alloc(16 * 2 ** 20, 'a');
    const view = Int32Array.of(text.length, 0x61616161, 0, 0);
    const views = Int32Array.from({ length: 4 * rows }, (_, i) => view[i % 4] as number);
    const data = arrow.makeData({ type: new arrow.Utf8View(), length: rows, views, variadicBuffers: [text] } as never);
    const bytes = ipc({ x: new arrow.Vector([data]) });
    expect(await message(bytes, ['text'])).toBe(
      't.arrow: column "x": 70 rows that take 1174405120 bytes are more than are read at once',
    );
  });

  test('a row of many bits', async () => {
    const type = new arrow.List(item(new arrow.Bool()));
    const bits = 2 ** 25;
    const child = arrow.makeData({ type: new arrow.Bool(), length: bits, data: new Uint8Array(bits / 8) });
    const data = arrow.makeData({ type, length: 1, valueOffsets: Int32Array.of(0, bits), child } as never);
    expect(await message(ipc({ x: new arrow.Vector([data]) }), ['text'])).toBe(
      't.arrow: column "x": a row that takes 268435456 bytes is more than is read',
    );
  });

  test('types within types', async () => {
    let type: arrow.DataType = new arrow.Float64();
    for (let depth = 0; depth < 70; depth++) type = new arrow.List(item(type));
    const bytes = ipc({ x: arrow.vectorFromArray([null], type) });
    expect(await message(bytes)).toBe('t.arrow: damaged Arrow data: types nested deeper than 64 levels');
  });

  test('columns', async () => {
    const bytes = ipc({ x: float([1]), y: float([1]), z: float([1]) });
    expect(await message(bytes, [], { ...DEFAULT_LIMITS, columns: 2 })).toBe('t.arrow: more than 2 columns, the limit');
  });
});

describe('values', () => {
  test.each([
    [
      'lists',
      new arrow.List(item(new arrow.Float64())),
      [
        [1, 2],
        [3, 4],
      ],
      'number',
    ],
    ['text', new arrow.Utf8(), ['ab', 'cd'], 'text'],
  ] as const)('offsets of %s that are not in order or point outside', async (_, type, values, kind) => {
    const bytes = of(values, type);
    const at = bytes.indexOf(Buffer.from(Int32Array.of(0, 2, 4).buffer));
    for (const [offsets, damage] of [
      [[0, 5, 4], 'offsets that go backwards'],
      [[-2, 0, 4], 'offsets that go backwards'],
      [[0, 2, 100], 'an offset behind the end of its values'],
    ] as const) {
      const broken = Buffer.from(bytes);
      broken.set(Buffer.from(Int32Array.from(offsets).buffer), at);
      const { message } = await failure(async () => plain(await openBytes('t.arrow', broken), [kind]));
      expect(message).toBe(`t.arrow: column "x": damaged Arrow data: ${damage}`);
    }
  });

  test('an index outside its dictionary', async () => {
    const bytes = of(['a', 'b', 'a', 'b'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()));
    bytes.writeInt32LE(7, bytes.lastIndexOf(Buffer.from(Int32Array.of(0, 1, 0, 1).buffer)));
    const { message } = await failure(async () => plain(await openBytes('t.arrow', bytes), ['text']));
    expect(message).toBe('t.arrow: column "x": damaged Arrow data: an index outside its dictionary');
  });
});
