import { describe, expect, test } from 'vitest';
import { unlz4Frame } from '../../src/io/arrow/lz4.ts';
import { xxh32 } from '../../src/io/arrow/xxh32.ts';

const text = (frame: Uint8Array, size: number) => Buffer.from(unlz4Frame(frame, size)).toString('latin1');

/** Bits of a frame's first byte. */
const INDEPENDENT = 0x20;
const BLOCK_CHECKSUM = 0x10;
const CONTENT_SIZE = 0x08;
const CONTENT_CHECKSUM = 0x04;

interface Parts {
  readonly flags?: number;
  readonly size?: number;
  readonly kind?: number;
  readonly checksum?: number;
  readonly blockChecksum?: number;
  readonly headChecksum?: number;
}

const uint32 = (value: number) => Buffer.from(Uint32Array.of(value).buffer);

/** A frame of these blocks, of which those that are strings are stored as they are. */
function frame(blocks: readonly (string | Buffer)[], parts: Parts = {}): Buffer {
  const { flags = 0, kind = 0x40, size, checksum, blockChecksum } = parts;
  const head = Buffer.from([0x40 | flags, kind]);
  const descriptor = size === undefined ? head : Buffer.concat([head, Buffer.from(BigInt64Array.of(BigInt(size)).buffer)]);
  const body = blocks.map((block) => {
    const bytes = Buffer.from(block as string, 'latin1');
    const sum = flags & BLOCK_CHECKSUM ? [uint32(blockChecksum ?? xxh32(bytes))] : [];
    return Buffer.concat([uint32(bytes.length | (typeof block === 'string' ? 0x80000000 : 0)), bytes, ...sum]);
  });
  const headSum = parts.headChecksum ?? (xxh32(descriptor) >>> 8) & 0xff;
  const end = checksum === undefined ? [] : [uint32(checksum)];
  return Buffer.concat([uint32(0x184d2204), descriptor, Buffer.from([headSum]), ...body, uint32(0), ...end]);
}

/** Literals, then a match of `length` from `distance` back, then more literals. */
const sequence = (literals: string, distance: number, length: number, rest: string) =>
  Buffer.concat([
    Buffer.from([(literals.length << 4) | (length - 4)]),
    Buffer.from(literals, 'latin1'),
    Buffer.from([distance & 255, distance >> 8, rest.length << 4]),
    Buffer.from(rest, 'latin1'),
  ]);

test('xxh32 of the bytes that xxhsum tests itself with', () => {
  const prime = 2654435761;
  const bytes = new Uint8Array(101);
  let value = prime;
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = value >>> 24;
    value = Math.imul(value, value) >>> 0;
  }
  expect([0, 1, 14, 101].map((length) => xxh32(bytes.subarray(0, length)))).toEqual([
    0x02cc5d05, 0xb85cbee5, 0xe5aa0ab4, 0x1f1aa412,
  ]);
});

describe('frames', () => {
  test('of stored and compressed blocks', () => {
    expect(text(frame(['abc', sequence('xy', 2, 6, 'z!'), 'end']), 16)).toBe('abcxyxyxyxyz!end');
  });

  test('whose matches reach into the block before', () => {
    expect(text(frame(['abcdef', sequence('', 6, 6, '.')]), 13)).toBe('abcdefabcdef.');
    expect(() => text(frame(['abcdef', sequence('', 6, 6, '.')], { flags: INDEPENDENT }), 13)).toThrow('points outside itself');
  });

  test('with checksums and size', () => {
    const flags = BLOCK_CHECKSUM | CONTENT_SIZE | CONTENT_CHECKSUM;
    expect(text(frame(['abc'], { flags, size: 3, checksum: xxh32(Buffer.from('abc')) }), 3)).toBe('abc');
  });

  test.each<[what: string, bytes: Buffer, size: number, message: string]>([
    ['another magic', Buffer.concat([Buffer.from('x'), frame(['abc'])]), 3, 'no LZ4 frame'],
    ['another version', frame(['abc'], { flags: 0x80 }), 3, 'an LZ4 frame of no known kind'],
    ['a reserved bit', frame(['abc'], { flags: 0x02 }), 3, 'an LZ4 frame of no known kind'],
    ['a size of blocks that there is not', frame(['abc'], { kind: 0x30 }), 3, 'an LZ4 frame of no known kind'],
    ['a dictionary', frame(['abc'], { flags: 0x01 }), 3, 'an LZ4 frame that needs a dictionary'],
    ['a header that is not what it was', frame(['abc'], { headChecksum: 1 }), 3, 'an LZ4 header whose checksum does not match'],
    ['another size', frame(['abc'], { flags: CONTENT_SIZE, size: 4 }), 3, 'an LZ4 frame of 4 bytes, where 3 are declared'],
    ['another block', frame(['abc'], { flags: BLOCK_CHECKSUM, blockChecksum: 1 }), 3, 'an LZ4 block whose checksum does not match'],
    ['another content', frame(['abc'], { flags: CONTENT_CHECKSUM, checksum: 1 }), 3, 'an LZ4 frame whose checksum does not match'],
    ['fewer bytes', frame(['abc']), 4, '3 bytes after decompression, where 4 are declared'],
    ['more bytes', frame(['abc']), 2, 'more than the declared 2 bytes after decompression'],
    ['a size beyond all ratios', frame(['abc']), 1e9, '18 bytes that LZ4 cannot have made of 1000000000'],
    ['a block behind the end', frame(['abc']).fill(0x7f, 7, 10), 3, 'an LZ4 block that is longer than blocks may be'],
    ['bytes behind the end', Buffer.concat([frame(['abc']), Buffer.alloc(1)]), 3, 'bytes behind an LZ4 frame'],
    ['no literals at the end', frame([Buffer.from([0x10, 0x61, 1, 0])]), 5, 'an LZ4 block that does not end with literals'],
    ['a match without a distance', frame([Buffer.from([0x10, 0x61, 1])]), 5, 'an LZ4 block that is cut short'],
    ['a match of distance 0', frame([sequence('a', 0, 4, 'b')]), 6, 'points outside itself'],
    ['a match from before the beginning', frame([sequence('a', 2, 4, 'b')]), 6, 'points outside itself'],
    ['literals behind the end', frame([Buffer.from([0xf0, 0xff, 0xff, 1, 0x61])]), 400, 'compressed data that is cut short'],
  ])('with %s are refused', (_, bytes, size, message) => {
    expect(() => unlz4Frame(bytes, size)).toThrow(message);
  });

  test('cut short anywhere are refused', () => {
    const whole = frame(['abc', sequence('xy', 2, 6, 'z!')], {
      flags: CONTENT_CHECKSUM,
      checksum: xxh32(Buffer.from('abcxyxyxyxyz!')),
    });
    expect(text(whole, 13)).toBe('abcxyxyxyxyz!');
    for (let length = 0; length < whole.length; length++) expect(() => unlz4Frame(whole.subarray(0, length), 13)).toThrow();
  });
});
