/** Arrow data of every kind, for tests: apache-arrow writes it, apart from what it gets wrong. */
import * as arrow from 'apache-arrow';
import * as lz4 from 'lz4js';
import { readMessage } from '../../src/io/arrow/message.ts';

export type IpcKind = 'file' | 'stream';
export type Codec = 'lz4' | 'zstd';

export const ipc = (vectors: Record<string, arrow.Vector>, kind: IpcKind = 'stream') =>
  Buffer.from(arrow.tableToIPC(new arrow.Table(vectors), kind));

export const of = <T extends arrow.DataType>(values: readonly unknown[], type: T) =>
  ipc({ x: arrow.vectorFromArray(values, type) });

export const item = <T extends arrow.DataType>(type: T) => new arrow.Field('item', type, true);

/** Record batches with compressed buffers, apart from those that `encode` does not make smaller: they are stored. */
export function compressedIpc(
  batches: readonly arrow.RecordBatch[],
  kind: IpcKind,
  codec: Codec = 'lz4',
  encode: (bytes: Uint8Array) => Uint8Array = lz4.compress,
): Buffer {
  const lengths: number[] = [];
  const type = codec === 'lz4' ? arrow.CompressionType.LZ4_FRAME : arrow.CompressionType.ZSTD;
  const noted = (bytes: Uint8Array) => {
    lengths.push(bytes.length);
    return encode(bytes);
  };
  arrow.compressionRegistry.set(type, { encode: noted });
  lengths.length = 0; // the registry tries the codec
  const Writer = kind === 'file' ? arrow.RecordBatchFileWriter : arrow.RecordBatchStreamWriter;
  const writer = new Writer({ compressionType: type });
  for (const batch of batches) writer.write(batch);
  return withLengths(Buffer.from(writer.finish().toUint8Array(true)), kind, lengths);
}

/** apache-arrow 21.2 writes the compressed length in front of each buffer, where the length without compression belongs. */
function withLengths(bytes: Buffer, kind: IpcKind, lengths: readonly number[]): Buffer {
  let at = kind === 'file' ? 8 : 0;
  let next = 0;
  for (let metadata = bytes.readInt32LE(at + 4); metadata > 0; metadata = bytes.readInt32LE(at + 4)) {
    const message = readMessage(bytes.subarray(at + 8, at + 8 + metadata));
    const body = at + 8 + metadata;
    at = body + message.bodyLength;
    if (message.kind === 'schema') continue;
    const { regions } = message.records;
    for (let k = 0; k < regions.length; k++) {
      if (regions.int64(k, 8) === 0) continue;
      const prefix = body + regions.int64(k, 0);
      const length = lengths[next++] as number;
      if (bytes.readBigInt64LE(prefix) !== -1n) bytes.writeBigInt64LE(BigInt(length), prefix);
    }
  }
  return bytes;
}
