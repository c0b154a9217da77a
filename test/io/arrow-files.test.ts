import * as arrow from 'apache-arrow';
import { describe, expect, test } from 'vitest';
import { compressedIpc, ipc } from './arrow-write.ts';
import { failure, openBytes, plain } from './read.ts';

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

  test('a dictionary that grows', async () => {
    const builder = arrow.makeBuilder({ type: new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32()), nullValues: [null] });
    const schema = new arrow.Schema([new arrow.Field('t', builder.type, true)]);
    const parts = [
      ['a', 'b'],
      ['c', 'b', 'd'],
    ].map((values) => {
      for (const value of values) builder.append(value);
      const data = builder.flush();
      return new arrow.RecordBatch(
        schema,
        arrow.makeData({ type: new arrow.Struct(schema.fields), length: values.length, children: [data] }),
      );
    });
    const bytes = arrow.RecordBatchStreamWriter.writeAll(parts).toUint8Array(true);
    expect(await plain(await openBytes('t.arrows', bytes), ['text'], 2)).toEqual([['a', 'b', 'c', 'b', 'd']]);
  });

  test('only the columns that are asked for are looked at', async () => {
    const bytes = ipc({ x: float([1, 2]), d: arrow.vectorFromArray([new Uint8Array(3), new Uint8Array(2)], new arrow.Binary()) });
    const table = await openBytes('t.arrow', bytes);
    const values: unknown[] = [];
    for await (const batch of table.read([{ column: 0, as: 'number' }], { batchRows: 9 }))
      values.push(...(batch.columns[0]?.values ?? []));
    expect(values).toEqual([1, 2]);
  });

  test.each([
    ['stream', ipc(vectors)],
    ['compressed stream', compressedIpc(new arrow.Table({ z: arrow.makeVector(new Float64Array(64)) }).batches, 'stream')],
    ['file', ipc(vectors, 'file')],
    ['file with a schema message', fileLikePyarrow(vectors)],
  ])('a %s cut short anywhere is a fault', async (_, bytes) => {
    for (let length = 8; length < bytes.length; length++) {
      const { message } = await failure(async () => plain(await openBytes('t.arrow', bytes.subarray(0, length))));
      expect(message).toMatch(/^t\.arrow: (the Arrow (data|file) is cut short|damaged Arrow data)/);
    }
  });

  test('big-endian numbers', async () => {
    // A message (version 5, a schema) at byte 16 and the schema (endianness 1) at byte 36, each behind its vtable.
    const metadata = Int16Array.of(16, 0, 10, 12, 4, 6, 8, 0, 12, 0, 4, 1, 12, 0, 6, 6, 4, 0, 8, 0, 1, 0, 0, 0);
    const bytes = Buffer.concat([Buffer.from('ffffffff30000000', 'hex'), Buffer.from(metadata.buffer)]);
    expect(await failure(async () => openBytes('t.arrow', bytes))).toEqual({
      message: 't.arrow: holds big-endian numbers, which are not read',
      hint: 'write it again on a little-endian machine',
    });
  });

  test('numbers that do not lie at multiples of their size', async () => {
    const bytes = ipc(vectors);
    for (let cut = 1; cut < 8; cut++) {
      // A chunk that begins inside of an allocation of its own.
      const chunk = Buffer.alloc(bytes.length + 8).subarray(cut, cut + bytes.length);
      bytes.copy(chunk);
      expect(await plain(await openBytes('t', [chunk]))).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ]);
    }
  });

  test('bytes after the end', async () => {
    const { message } = await failure(async () =>
      plain(await openBytes('t.arrow', Buffer.concat([ipc(vectors), Buffer.from('x')]))),
    );
    expect(message).toMatch(/^t\.arrow: damaged Arrow data: bytes after the end of the stream, at byte \d+$/);
  });
});
