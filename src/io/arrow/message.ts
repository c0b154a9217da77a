import { FlatTable, type Structs } from './flatbuffer.ts';
import { damage, parsed, Refusal } from './refusal.ts';
import { SCHEMA } from './schema.ts';

/** What a record batch says of itself; a dictionary is one of a single column. */
export interface Records {
  readonly rows: number;
  /** For each column and what is inside it, depth first: rows and nulls. */
  readonly nodes: Structs;
  /** Offset in the body and length. */
  readonly regions: Structs;
  readonly compression: 'lz4' | 'zstd' | undefined;
  /** For each field of variadic type: how many buffers it has more. */
  readonly variadic: Structs;
}

export type Message = { readonly bodyLength: number } & (
  | { readonly kind: 'schema'; readonly schema: FlatTable }
  | { readonly kind: 'records'; readonly records: Records }
  | { readonly kind: 'dictionary'; readonly id: number; readonly delta: boolean; readonly records: Records }
);

/** Versions since Arrow 0.8 (2017); what came before lies otherwise. */
const OLDEST = 3;
const NEWEST = 4;

/** Tables of `Message.fbs`. */
const MESSAGE = [2, 1, 4, 8, 4];
const RECORD_BATCH = [8, 4, 4, 4, 4];
const DICTIONARY_BATCH = [8, 4, 1];
const BODY_COMPRESSION = [1, 1];

const CODECS = ['lz4', 'zstd'] as const;

/** Reads the metadata of a message, from `Message.fbs`. */
export function readMessage(metadata: Uint8Array): Message {
  return parsed(() => messageOf(metadata));
}

function messageOf(metadata: Uint8Array): Message {
  const message = FlatTable.root(metadata, MESSAGE);
  checkVersion(message.int16(0));
  const bodyLength = message.int64(3);
  if (bodyLength < 0) throw damage(`a body of ${bodyLength} bytes`);
  const type = message.uint8(1);
  if (type < 1 || type > 3) throw damage(`a message of type ${type}`);
  if (type === 1) {
    if (bodyLength > 0) throw damage(`a schema with ${bodyLength} bytes behind it`);
    return { kind: 'schema', schema: message.table(2, SCHEMA), bodyLength };
  }
  if (type === 3) return { kind: 'records', records: recordsOf(message.table(2, RECORD_BATCH)), bodyLength };
  const header = message.table(2, DICTIONARY_BATCH);
  return {
    kind: 'dictionary',
    id: header.int64(0),
    records: recordsOf(header.table(1, RECORD_BATCH)),
    delta: header.bool(2),
    bodyLength,
  };
}

export function checkVersion(version: number): void {
  if (version >= OLDEST && version <= NEWEST) return;
  throw new Refusal(`is Arrow data of version ${version + 1}, which is not read`, `versions ${OLDEST + 1} and ${NEWEST + 1} are`);
}

function recordsOf(batch: FlatTable): Records {
  const rows = batch.int64(0);
  if (rows < 0) throw damage(`a record batch of ${rows} rows`);
  return {
    rows,
    nodes: batch.structs(1, 16),
    regions: batch.structs(2, 16),
    compression: batch.has(3) ? codecOf(batch.table(3, BODY_COMPRESSION)) : undefined,
    variadic: batch.structs(4, 8),
  };
}

function codecOf(compression: FlatTable): (typeof CODECS)[number] {
  const codec = CODECS[compression.uint8(0)];
  if (!codec || compression.uint8(1) !== 0) throw damage(`a compression ${compression.uint8(0)}, which there is not`);
  return codec;
}
