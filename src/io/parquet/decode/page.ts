import { crc32 } from 'node:zlib';
import type { Memory } from '../../bytes/memory.ts';
import { Fault } from '../../fault.ts';
import type { Chunk } from './chunk.ts';
import { decompress } from './codecs.ts';
import { type DataPageHeader, type Encoding, type PageHeader, readPageHeader } from './format.ts';
import { readHybrid } from './hybrid.ts';
import { countLevel, readDefined, readLevels } from './levels.ts';
import type { Room } from './room.ts';
import { lengthBefore, readStored, type Stored } from './stored.ts';
import { whole } from './whole.ts';

/** Most values that a page may declare with less than a byte for each: a run of one value has no other limit than its count. */
const MOST_VALUES = 2 ** 25;

/** Longest header of a page: it may repeat the smallest and the largest text. */
const LONGEST_HEADER = 2 ** 20;

/** A page with its bytes, as they lie in the file. */
export interface RawPage {
  readonly header: PageHeader;
  /** Of what it holds, decompressed. */
  readonly size: number;
  readonly body: Uint8Array;
  /** Where the next one begins. */
  readonly end: number;
}

/** The values that pages refer to by number. */
export interface Dictionary {
  readonly stored: Stored;
  readonly size: number;
}

/** Some of the values of a column, decoded. */
export interface Page {
  /** Entries: values and what stands for missing ones and empty lists. */
  readonly count: number;
  /** `undefined` where every value is there, or no list is on the way. */
  readonly defined: Uint8Array | undefined;
  readonly repeated: Uint8Array | undefined;
  readonly stored: Stored;
  /** Which of the `stored` values each one is, where they are those of the dictionary. */
  readonly indices: Int32Array | undefined;
  /** Memory that it takes, about. */
  readonly bytes: number;
  /** Where it lies, where that can be used again. */
  readonly memory: Memory | undefined;
}

/** What the decoding of a page depends on. */
export interface PageContext {
  readonly chunk: Chunk;
  readonly room: Room;
  readonly dictionary: Dictionary | undefined;
  /** Entries that the column chunk still has. */
  readonly left: number;
  /** For what it holds, decompressed. */
  readonly memory: Memory | undefined;
}

/** For each value, its levels, its index and the number that it becomes. */
const PER_VALUE = 16;

/** The page that begins at `at`, its header checked against the bytes there are, and the `room` that its column has, decompressed. */
export function rawPage(bytes: Uint8Array, at: number, room: number): RawPage {
  const { header, end: start } = readPageHeader(bytes.subarray(0, at + LONGEST_HEADER), at);
  const stored = whole(header.compressed_page_size, 'compressed_page_size');
  if (stored > bytes.length - start) throw new Error(`a page of ${stored} bytes, where ${bytes.length - start} are left`);
  const size = whole(header.uncompressed_page_size, 'uncompressed_page_size');
  if (size > room) throw new Error(`a page of ${size} bytes, where its column has ${room} left`);
  const body = bytes.subarray(start, start + stored);
  if (header.crc !== undefined && header.crc >>> 0 !== crc32(body)) throw new Error('a page whose checksum does not match');
  return { header, size, body, end: start + stored };
}

export function readDictionary({ header, size: bytes, body }: RawPage, { codec, leaf }: Chunk, room: Room): Dictionary {
  const { num_values: values, encoding } = header.dictionary_page_header ?? {};
  const size = whole(values, 'num_values');
  if (encoding !== 'PLAIN' && encoding !== 'PLAIN_DICTIONARY') throw new Error(`a dictionary in the encoding ${encoding}`);
  room.take(bytes + size * PER_VALUE);
  return { stored: readStored(decompress(codec, body, bytes), 'PLAIN', leaf.element, size), size };
}

export function readPage(raw: RawPage, { chunk, room, dictionary, left, memory }: PageContext): Page {
  const { header } = raw;
  const own = header.type === 'DATA_PAGE' ? header.data_page_header : header.data_page_header_v2;
  const count = whole(own?.num_values, 'num_values');
  if (count > left) throw new Error(`a page of ${count} values, where ${left} are left`);
  if (count > Math.max(MOST_VALUES, raw.size)) {
    throw new Fault(
      `has a page of ${count} values, more than the ${MOST_VALUES} that are read at once`,
      'write it with row groups of fewer rows: df.to_parquet(path, row_group_size=1_000_000)',
    );
  }
  const bytes = raw.size + count * PER_VALUE;
  room.take(bytes);
  const parts = header.type === 'DATA_PAGE' ? firstVersion(raw, chunk, count, memory) : secondVersion(raw, chunk, count, memory);
  const { defined, repeated, values, encoding } = parts;
  const present = defined ? countLevel(defined, chunk.leaf.defined) : count;
  const common = { count, defined, repeated, bytes, memory };
  if (encoding !== 'PLAIN_DICTIONARY' && encoding !== 'RLE_DICTIONARY')
    return { ...common, stored: readStored(values, encoding, chunk.leaf.element, present), indices: undefined };
  if (!dictionary) throw new Error('a page that needs a dictionary, where there is none');
  return { ...common, stored: dictionary.stored, indices: readIndices(values, present, dictionary.size) };
}

interface Parts {
  readonly defined: Uint8Array | undefined;
  readonly repeated: Uint8Array | undefined;
  readonly values: Uint8Array;
  readonly encoding: Encoding | undefined;
}

/** Levels with their lengths before them, compressed together with the values. */
function firstVersion({ header, size, body }: RawPage, { codec, leaf }: Chunk, count: number, memory?: Memory): Parts {
  const own = header.data_page_header as DataPageHeader;
  let rest = decompress(codec, body, size, memory);
  const levels = (highest: number, encoding: Encoding | undefined, read: typeof readDefined) => {
    if (highest === 0) return undefined;
    if (encoding !== 'RLE')
      throw new Fault(
        `holds levels in ${encoding ?? 'an unknown encoding'}, which is not read`,
        'write it again with a newer program',
      );
    const { own: bytes, rest: after } = lengthBefore(rest);
    rest = after;
    return read(bytes, highest, count);
  };
  const repeated = levels(leaf.lists.length, own.repetition_level_encoding, readLevels);
  const defined = levels(leaf.defined, own.definition_level_encoding, readDefined);
  return { repeated, defined, values: rest, encoding: own.encoding };
}

/** Levels beside the values and never compressed, their lengths in the header. */
function secondVersion({ header, size, body }: RawPage, { codec, leaf }: Chunk, count: number, memory?: Memory): Parts {
  const own = header.data_page_header_v2 as NonNullable<PageHeader['data_page_header_v2']>;
  const first = whole(own.repetition_levels_byte_length, 'repetition_levels_byte_length');
  const second = whole(own.definition_levels_byte_length, 'definition_levels_byte_length');
  const rest = size - first - second;
  if (first + second > body.length || rest < 0) throw new Error('levels that do not fit into their page');
  const repeated = leaf.lists.length === 0 ? undefined : readLevels(body.subarray(0, first), leaf.lists.length, count);
  const defined = leaf.defined === 0 ? undefined : readDefined(body.subarray(first, first + second), leaf.defined, count);
  const missing = defined ? count - countLevel(defined, leaf.defined) : 0;
  if (missing !== own.num_nulls) throw new Error(`${missing} missing values, where ${own.num_nulls} are declared`);
  const rows = repeated ? countLevel(repeated, 0) : count;
  if (rows !== own.num_rows) throw new Error(`${rows} rows, where ${own.num_rows} are declared`);
  const compressed = own.is_compressed === false ? 'UNCOMPRESSED' : codec;
  return { repeated, defined, values: decompress(compressed, body.subarray(first + second), rest, memory), encoding: own.encoding };
}

function readIndices(bytes: Uint8Array, count: number, size: number): Int32Array {
  const indices = new Int32Array(count);
  if (count === 0) return indices;
  const width = bytes[0] ?? Infinity;
  if (width > 32) throw new Error(`dictionary indices of ${width} bits`);
  readHybrid(bytes.subarray(1), width, indices);
  for (let i = 0; i < count; i++) {
    // As unsigned: an index of 32 bits may look negative.
    if ((indices[i] as number) >>> 0 >= size) throw new Error(`an index outside its dictionary of ${size} values`);
  }
  return indices;
}
