import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { batches, failure, type Kind, openBytes, plain, whole } from './read.ts';

const ipc = (vectors: Record<string, arrow.Vector>, kind: 'file' | 'stream' = 'stream') =>
  Buffer.from(arrow.tableToIPC(new arrow.Table(vectors), kind));

const of = <T extends arrow.DataType>(values: readonly unknown[], type: T) => ipc({ x: arrow.vectorFromArray(values, type) });

/** As pyarrow writes it: a file that holds its schema as a message too, where apache-arrow has it in the footer only. */
function fileLikePyarrow(vectors: Record<string, arrow.Vector>): Buffer {
  const [file, stream] = [ipc(vectors, 'file'), ipc(vectors, 'stream')];
  const schema = stream.subarray(0, 8 + stream.readInt32LE(4));
  const footer = Buffer.from(file.subarray(file.length - 10 - file.readInt32LE(file.length - 10)));
  // The one block of the footer points at the first message: shift it.
  const at = footer.indexOf(Buffer.from([8, 0, 0, 0, 0, 0, 0, 0]), 0);
  footer.writeInt32LE(8 + schema.length, at);
  return Buffer.concat([file.subarray(0, 8), schema, file.subarray(8, file.length - footer.length), footer]);
}

const float = (values: readonly (number | null)[]) => arrow.vectorFromArray(values, new arrow.Float64());
const item = <T extends arrow.DataType>(type: T) => new arrow.Field('item', type, true);

describe('types', () => {
  test.each<[name: string, type: arrow.DataType, values: readonly unknown[], expected: readonly number[], array: unknown]>([
    ['float64', new arrow.Float64(), [1.5, -0, 5e-324], [1.5, -0, 5e-324], Float64Array],
    ['float32', new arrow.Float32(), [1.5, Infinity], [1.5, Infinity], Float32Array],
    ['float32 with null', new arrow.Float32(), [1.5, null], [1.5, NaN], Float64Array],
    ['int8', new arrow.Int8(), [-128, 127], [-128, 127], Int32Array],
    ['uint8', new arrow.Uint8(), [0, 255], [0, 255], Int32Array],
    ['int16', new arrow.Int16(), [-32768, 32767], [-32768, 32767], Int32Array],
    ['uint16', new arrow.Uint16(), [0, 65535], [0, 65535], Int32Array],
    ['int32', new arrow.Int32(), [-(2 ** 31), 2 ** 31 - 1], [-(2 ** 31), 2 ** 31 - 1], Int32Array],
    ['int32 with null', new arrow.Int32(), [null, 7], [NaN, 7], Float64Array],
    ['uint32', new arrow.Uint32(), [0, 2 ** 32 - 1], [0, 2 ** 32 - 1], Float64Array],
    ['int64', new arrow.Int64(), [-(2n ** 53n), 2n ** 53n], [-(2 ** 53), 2 ** 53], Float64Array],
    ['uint64 with null', new arrow.Uint64(), [null, 2n ** 53n], [NaN, 2 ** 53], Float64Array],
    [
      'dictionary of numbers',
      new arrow.Dictionary(new arrow.Float64(), new arrow.Int8()),
      [0.5, null, 0.5],
      [0.5, NaN, 0.5],
      Float64Array,
    ],
    ['text with numbers', new arrow.Utf8(), ['1.5', ' NA', null, 'inf'], [1.5, NaN, NaN, Infinity], Float64Array],
  ])('%s', async (_, type, values, expected, array) => {
    const [batch] = await batches(await openBytes('t.arrow', of(values, type)));
    expect([...(batch?.columns[0]?.values ?? [])]).toEqual(expected);
    expect(batch?.columns[0]?.values).toBeInstanceOf(array);
  });

  test('float16, among them subnormals and infinities', async () => {
    const bits = new Uint16Array([0x0000, 0x8000, 0x0001, 0x03ff, 0x0400, 0x3c00, 0x3555, 0x7bff, 0x7c00, 0xfc00, 0x7e00]);
    const data = arrow.makeData({ type: new arrow.Float16(), length: bits.length, data: bits });
    const expected = [0, -0, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, 1, 0.333251953125, 65504, Infinity, -Infinity, NaN];
    const [batch] = await batches(await openBytes('t.arrow', ipc({ x: new arrow.Vector([data]) })));
    expect([...(batch?.columns[0]?.values ?? [])]).toEqual(expected);
    expect(batch?.columns[0]).toMatchObject({ missing: new Map([[10, 'NaN']]) });
  });

  test('NaN and null are listed', async () => {
    const got = await whole(await openBytes('t.arrow', of([NaN, 1, null], new arrow.Float64())));
    expect(got.cells[0]).toMatchObject({ missing: [0, 2] });
  });

  test('text of numbers is exact', async () => {
    const big = [2n ** 63n - 1n, -(2n ** 63n), null];
    expect(await plain(await openBytes('t.arrow', of(big, new arrow.Int64())), ['text'])).toEqual([
      ['9223372036854775807', '-9223372036854775808', ''],
    ]);
    expect(await plain(await openBytes('t.arrow', of([true, null], new arrow.Bool())), ['text'])).toEqual([['true', '']]);
  });

  test('labels apply to text, dictionaries, booleans and numbers', async () => {
    const labels = new Map([
      ['cat', 0],
      ['true', 1],
      ['3', 30],
    ]);
    const kinds: readonly Kind[] = [{ as: 'number', labels }];
    const read = async (values: readonly unknown[], type: arrow.DataType) =>
      plain(await openBytes('t.arrow', of(values, type)), kinds);
    expect(await read(['cat', '4'], new arrow.Utf8())).toEqual([[0, 4]]);
    expect(await read(['cat', '3', 'cat'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()))).toEqual([[0, 30, 0]]);
    expect(await read([true, null], new arrow.Bool())).toEqual([[1, NaN]]);
    expect(await read([3, 4], new arrow.Int32())).toEqual([[30, 4]]);
  });
});

describe('lists', () => {
  const pairs = [[1, 2], [3, 4], null, [5, NaN]];

  test.each([
    ['list', new arrow.List(item(new arrow.Float32()))],
    ['fixed size', new arrow.FixedSizeList(2, item(new arrow.Float32()))],
  ])('%s with missing rows, in batches of any size', async (_, type) => {
    for (const size of [1, 3, 10]) {
      const got = await whole(await openBytes('t.arrow', of(pairs, type)), [], size);
      expect(got.cells[0]).toMatchObject({ widths: [2], missing: [4, 5, 7] });
    }
  });

  test('of float32 without a null are not copied or widened', async () => {
    const bytes = of(
      [
        [1, 2],
        [3, 4],
      ],
      new arrow.FixedSizeList(2, item(new arrow.Float32())),
    );
    const all = await batches(await openBytes('t.arrow', bytes), [], 1);
    expect(all.map(({ columns }) => columns[0]?.values)).toEqual([new Float32Array([1, 2]), new Float32Array([3, 4])]);
    expect(new Set(all.map(({ columns }) => (columns[0]?.values as Float32Array | undefined)?.buffer)).size).toBe(1);
  });

  test('nested lists flatten by rows', async () => {
    const type = new arrow.List(item(new arrow.FixedSizeList(2, item(new arrow.Int32()))));
    const got = await whole(
      await openBytes(
        't.arrow',
        of(
          [
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
          ],
          type,
        ),
      ),
    );
    expect(got.cells[0]).toMatchObject({ widths: [6] });
    const { message } = await failure(async () =>
      plain(
        await openBytes(
          't.arrow',
          of(
            [
              [[1, 2]],
              [
                [1, 2],
                [3, 4],
              ],
            ],
            type,
          ),
        ),
        [],
        1,
      ),
    );
    expect(message).toBe('t.arrow: row 2, column 1: column "x": a list of 2x2 (before: a list of 1x2)');
  });

  test('of different lengths name the row, within a batch and over two', async () => {
    const bytes = of([[1, 2], [3, 4], [5]], new arrow.List(item(new arrow.Float64())));
    for (const size of [1, 3]) {
      expect(await failure(async () => plain(await openBytes('t.arrow', bytes), [], size))).toEqual({
        message: 't.arrow: row 3, column 1: column "x": a list of 1 (before: a list of 2)',
        hint: 'a column holds either single values or lists of one length',
      });
    }
  });
});

describe('files and streams', () => {
  const vectors = { x: float([1, 2, 3]), y: float([4, 5, 6]) };

  test('a file with its schema as a message, and one without', async () => {
    for (const bytes of [fileLikePyarrow(vectors), ipc(vectors, 'file'), ipc(vectors)]) {
      const table = await openBytes('t', bytes);
      expect(table.format).toBe('arrow');
      expect(await plain(table, [], 2)).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ]);
    }
  });

  test('several record batches, and dictionaries that change between them', async () => {
    const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 1);
    const part = (values: readonly string[]) => new arrow.Table({ t: arrow.vectorFromArray(values, type) });
    const writer = arrow.RecordBatchStreamWriter.writeAll([...part(['a', 'b']).batches, ...part(['c', 'b', 'd']).batches]);
    const bytes = await writer.toUint8Array();
    expect(await plain(await openBytes('t.arrow', bytes), ['text'], 2)).toEqual([['a', 'b', 'c', 'b', 'd']]);
  });

  test.each([
    ['stream', ipc(vectors)],
    ['file', ipc(vectors, 'file')],
    ['file with a schema message', fileLikePyarrow(vectors)],
  ])('a %s cut short anywhere is a fault', async (_, bytes) => {
    for (let length = 8; length < bytes.length; length++) {
      const { message } = await failure(async () => plain(await openBytes('t.arrow', bytes.subarray(0, length))));
      expect(message).toMatch(/^t\.arrow: (the Arrow (data|file) is cut short|damaged Arrow data)/);
    }
  });

  test('big-endian numbers', async () => {
    const bytes = ipc(vectors);
    const root = 8 + bytes.readUInt32LE(8);
    const field = (table: number, k: number) => table + bytes.readUInt16LE(table - bytes.readInt32LE(table) + 4 + 2 * k);
    const header = field(root, 2);
    const schema = header + bytes.readUInt32LE(header);
    const vtable = schema - bytes.readInt32LE(schema);
    // Little-endian is the default and left out: point the field at bytes that are not 0.
    bytes.writeUInt16LE(4, vtable + 4);
    const { message } = await failure(async () => plain(await openBytes('t.arrow', bytes)));
    expect(message).toBe('t.arrow: holds big-endian numbers, which are not read');
  });

  test('bytes after the end', async () => {
    const { message } = await failure(async () =>
      plain(await openBytes('t.arrow', Buffer.concat([ipc(vectors), Buffer.from('x')]))),
    );
    expect(message).toMatch(/^t\.arrow: damaged Arrow data: bytes after the end of the stream, at byte \d+$/);
  });
});

describe('refuses', () => {
  test.each<[name: string, type: arrow.DataType, values: readonly unknown[], message: string]>([
    [
      'int64 beyond 2^53',
      new arrow.Int64(),
      [1n, 2n ** 53n + 1n],
      't.arrow: row 2, column 1: column "x": 9007199254740993 is an integer beyond 2^53, which a float64 does not hold exactly',
    ],
    [
      'uint64 beyond 2^53',
      new arrow.Uint64(),
      [2n ** 64n - 1n],
      't.arrow: row 1, column 1: column "x": 18446744073709551615 is an integer beyond 2^53, which a float64 does not hold exactly',
    ],
    ['a boolean', new arrow.Bool(), [true], 't.arrow: row 1, column 1: column "x": "true" is not a number'],
    ['a text', new arrow.Utf8(), ['1', 'cat'], 't.arrow: row 2, column 1: column "x": "cat" is not a number'],
    ['a date', new arrow.DateDay(), [new Date(0)], 't.arrow: column "x": values of type Date32<DAY> are not read'],
  ])('%s', async (_, type, values, message) => {
    expect((await failure(async () => plain(await openBytes('t.arrow', of(values, type))))).message).toBe(message);
  });

  test('a compressed buffer', async () => {
    // No codec is needed to be refused: only the mark of zstd, which the registry asks for.
    const encode = (bytes: Uint8Array) => Buffer.concat([Buffer.from('28b52ffd', 'hex'), bytes]);
    arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { encode });
    const writer = new arrow.RecordBatchStreamWriter({ compressionType: arrow.CompressionType.ZSTD });
    writer.write(new arrow.Table({ x: float([1, 2]) }));
    const bytes = await writer.finish().toUint8Array();
    expect(await failure(async () => plain(await openBytes('t.arrow', bytes)))).toEqual({
      message: 't.arrow: holds compressed Arrow buffers, which are not read yet',
      hint: "write it without compression: df.to_feather(path, compression='uncompressed')",
    });
  });
});

describe('damage', () => {
  test('no flipped byte of the metadata gives other numbers in silence', async () => {
    const bytes = ipc({ x: float([1, 2, 3]), y: float([4, null, 6]) });
    const expected = JSON.stringify(await plain(await openBytes('t.arrow', bytes)));
    const start = 8 + bytes.readInt32LE(4);
    const end = start + 8 + bytes.readInt32LE(start + 4);
    const silent: unknown[] = [];
    const said = new Set<string>();
    for (let i = start; i < end; i++) {
      const flipped = Buffer.from(bytes);
      flipped[i] = (flipped[i] as number) ^ 0xff;
      try {
        const got = JSON.stringify(await plain(await openBytes('t.arrow', flipped)));
        if (got !== expected) silent.push([i - start, got]);
      } catch (error) {
        expect((error as Error).name).toBe('Fault');
        said.add((error as Error).message.replace(/\d+/g, '0'));
      }
    }
    expect(silent).toEqual([]);
    expect([...said]).toEqual(
      expect.arrayContaining([
        't.arrow: damaged Arrow data: a column of 0 rows in a record batch of 0',
        't.arrow: damaged Arrow data: a buffer of 0 bytes at 0 in a body of 0 bytes',
        't.arrow: damaged Arrow data: metadata that points outside itself',
      ]),
    );
  });

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
