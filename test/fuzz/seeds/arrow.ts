/** Arrow files and streams of several writers. The bodies of messages are values. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as arrow from 'apache-arrow';
import { readMessage } from '../../../src/io/arrow/message.ts';
import { type IpcKind, ipc, item } from '../../io/arrow-write.ts';
import type { Range, Seed } from '../seed.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/formats/arrow');

const x = [0.1, 5e-324, null, -0, 1e10, 1 / 3];
const n = [0n, 1n, null, 2147483647n, -5n, 9007199254740991n];
const text = ['plain', '', 'é 漢字', '010', null, ' x '];
const flag = [true, false, null, true, true, false];
const vec = [[1, 2], [0.1, null], null, [-0, 3], [4, 5], [6, 7]];

const made = (kind: IpcKind) =>
  ipc(
    {
      x: arrow.vectorFromArray(x, new arrow.Float64()),
      n: arrow.vectorFromArray(n, new arrow.Int64()),
      flag: arrow.vectorFromArray(flag, new arrow.Bool()),
      text: arrow.vectorFromArray(text, new arrow.Utf8()),
      vec: arrow.vectorFromArray(vec, new arrow.List(item(new arrow.Float32()))),
      label: arrow.vectorFromArray(['a', 'b', 'a', null, 'c', 'b'], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8())),
      time: arrow.vectorFromArray([0, 1e12, null, -1, 5, 86_400_000], new arrow.TimestampMillisecond()),
      small: arrow.vectorFromArray([1, 2, 3, null, 255, 0], new arrow.Uint8()),
    },
    kind,
  );

const FILES = [
  'table-polars-uncompressed.arrow',
  'table-polars-lz4.arrow',
  'table-polars-zstd.arrow',
  'table-polars-lz4.arrows',
  'table-polars-zstd.arrows',
  'table-rust.arrows',
  'types-polars.arrow',
];

const TEXTS = ['flag', 'text', 'label', 'time', 'category', 'date', 'stamp', 'zoned', 'output.inner.label', 'long'];

/** The buffers of all messages; where they are compressed, without the length in front of each. */
function buffers(bytes: Buffer, kind: IpcKind): Range[] {
  const ranges: Range[] = [];
  let at = kind === 'file' ? 8 : 0;
  for (let metadata = bytes.readInt32LE(at + 4); metadata > 0; metadata = bytes.readInt32LE(at + 4)) {
    const message = readMessage(bytes.subarray(at + 8, at + 8 + metadata));
    const body = at + 8 + metadata;
    at = body + message.bodyLength;
    if (message.kind === 'schema') continue;
    const { regions, compression } = message.records;
    for (let k = 0; k < regions.length; k++) {
      const start = body + regions.int64(k, 0);
      ranges.push([start + (compression === undefined ? 0 : 8), start + regions.int64(k, 8)]);
    }
  }
  return ranges;
}

/** The columns are said once in a stream, and in the files of apache-arrow for JavaScript, which has them in the footer only. */
function schema(bytes: Buffer, kind: IpcKind): Range[] {
  if (kind === 'stream') return [[8, 8 + bytes.readInt32LE(4)]];
  const end = bytes.length - 10;
  const isFirst = readMessage(bytes.subarray(16, 16 + bytes.readInt32LE(12))).kind === 'schema';
  return isFirst ? [] : [[end - bytes.readInt32LE(end), end]];
}

function seed(name: string, bytes: Buffer): Seed {
  const kind = name.endsWith('.arrow') ? 'file' : 'stream';
  const file = kind === 'file' ? 'table.arrow' : 'table.arrows';
  return { name, file, bytes, texts: TEXTS, values: buffers(bytes, kind), meaning: schema(bytes, kind) };
}

export const arrowSeeds = (): Seed[] => [
  seed('made.arrow', made('file')),
  seed('made.arrows', made('stream')),
  ...FILES.map((name) => seed(name, readFileSync(join(FOLDER, name)))),
];
