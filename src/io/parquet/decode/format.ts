/**
 * What the metadata of a Parquet file say, by the names and numbers of its own description.
 *
 * Source: apache/parquet-format, parquet.thrift.
 */
import type { TimeUnit } from '../../time-text.ts';
import { readThrift, type Struct } from './thrift.ts';

const TYPES = ['BOOLEAN', 'INT32', 'INT64', 'INT96', 'FLOAT', 'DOUBLE', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'] as const;
const REPETITIONS = ['REQUIRED', 'OPTIONAL', 'REPEATED'] as const;
const CONVERTED = (
  'UTF8 MAP MAP_KEY_VALUE LIST ENUM DECIMAL DATE TIME_MILLIS TIME_MICROS TIMESTAMP_MILLIS TIMESTAMP_MICROS ' +
  'UINT_8 UINT_16 UINT_32 UINT_64 INT_8 INT_16 INT_32 INT_64 JSON BSON INTERVAL'
).split(' ');
const CODECS = ['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'LZO', 'BROTLI', 'LZ4', 'ZSTD', 'LZ4_RAW'] as const;
const PAGES = ['DATA_PAGE', 'INDEX_PAGE', 'DICTIONARY_PAGE', 'DATA_PAGE_V2'] as const;
const ENCODINGS = [
  'PLAIN',
  'GROUP_VAR_INT',
  'PLAIN_DICTIONARY',
  'RLE',
  'BIT_PACKED',
  'DELTA_BINARY_PACKED',
  'DELTA_LENGTH_BYTE_ARRAY',
  'DELTA_BYTE_ARRAY',
  'RLE_DICTIONARY',
  'BYTE_STREAM_SPLIT',
] as const;
const UNITS: readonly TimeUnit[] = ['MILLIS', 'MICROS', 'NANOS'];

export type Encoding = (typeof ENCODINGS)[number];

/** What values mean, in the new way. */
export type Logical =
  | { readonly type: 'DECIMAL'; readonly scale: number | undefined }
  | { readonly type: 'TIME' | 'TIMESTAMP'; readonly unit: TimeUnit; readonly isAdjustedToUTC: boolean }
  | { readonly type: 'INTEGER'; readonly bitWidth: number | undefined; readonly isSigned: boolean }
  | { readonly type: (typeof PLAIN_LOGICAL)[keyof typeof PLAIN_LOGICAL] };

/** Those that have nothing more to say. */
const PLAIN_LOGICAL = {
  1: 'STRING',
  2: 'MAP',
  3: 'LIST',
  4: 'ENUM',
  6: 'DATE',
  11: 'NULL',
  12: 'JSON',
  13: 'BSON',
  14: 'UUID',
  15: 'FLOAT16',
  16: 'VARIANT',
  17: 'GEOMETRY',
  18: 'GEOGRAPHY',
} as const;

export interface SchemaElement {
  readonly type: (typeof TYPES)[number] | undefined;
  readonly type_length: number | undefined;
  readonly repetition_type: (typeof REPETITIONS)[number] | undefined;
  readonly name: string;
  readonly num_children: number | undefined;
  readonly converted_type: string | undefined;
  readonly scale: number | undefined;
  readonly logical_type: Logical | undefined;
}

export interface ColumnMetaData {
  readonly type: SchemaElement['type'];
  readonly path_in_schema: readonly string[];
  readonly codec: (typeof CODECS)[number] | undefined;
  readonly num_values: number | undefined;
  readonly total_uncompressed_size: number | undefined;
  readonly total_compressed_size: number | undefined;
  readonly data_page_offset: number | undefined;
  readonly dictionary_page_offset: number | undefined;
  readonly bloom_filter_offset: number | undefined;
  readonly bloom_filter_length: number | undefined;
}

export interface ColumnChunk {
  readonly file_path: string | undefined;
  readonly meta_data: ColumnMetaData | undefined;
  readonly offset_index_offset: number | undefined;
  readonly offset_index_length: number | undefined;
  readonly column_index_offset: number | undefined;
  readonly column_index_length: number | undefined;
  readonly isEncrypted: boolean;
}

export interface RowGroup {
  readonly columns: readonly ColumnChunk[];
  readonly num_rows: number | undefined;
}

export interface FileMetaData {
  readonly schema: readonly SchemaElement[];
  readonly num_rows: number | undefined;
  readonly row_groups: readonly RowGroup[];
}

/** The metadata of a file, and where they end. */
export function readFileMetaData(bytes: Uint8Array): { readonly metadata: FileMetaData; readonly end: number } {
  const { value, end } = readThrift(bytes, 0);
  const metadata = {
    schema: needed(value.structs(2)).map(schemaElement),
    num_rows: value.number(3),
    row_groups: needed(value.structs(4)).map((group) => ({
      columns: needed(group.structs(1)).map(columnChunk),
      num_rows: group.number(3),
    })),
  };
  return { metadata, end };
}

function needed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('metadata without what must be in them');
  return value;
}

function schemaElement(element: Struct): SchemaElement {
  return {
    type: TYPES[element.number(1) ?? -1],
    type_length: element.number(2),
    repetition_type: REPETITIONS[element.number(3) ?? -1],
    name: element.text(4) ?? '',
    num_children: element.number(5),
    converted_type: CONVERTED[element.number(6) ?? -1],
    scale: element.number(7),
    logical_type: logicalType(element.struct(10)),
  };
}

/** A union: a struct with one field. */
function logicalType(union: Struct | undefined): Logical | undefined {
  if (!union) return undefined;
  for (const [field, type] of Object.entries(PLAIN_LOGICAL)) if (union.struct(Number(field))) return { type };
  const decimal = union.struct(5);
  if (decimal) return { type: 'DECIMAL', scale: decimal.number(1) };
  const integer = union.struct(10);
  if (integer) return { type: 'INTEGER', bitWidth: integer.number(1), isSigned: integer.truth(2) ?? false };
  const [time, timestamp] = [union.struct(7), union.struct(8)];
  const point = time ?? timestamp;
  if (!point) return undefined;
  const unit = UNITS.find((_, k) => point.struct(2)?.struct(k + 1));
  return { type: time ? 'TIME' : 'TIMESTAMP', unit: needed(unit), isAdjustedToUTC: point.truth(1) ?? false };
}

function columnChunk(column: Struct): ColumnChunk {
  const meta = column.struct(3);
  return {
    file_path: column.text(1),
    meta_data: meta && columnMetaData(meta),
    offset_index_offset: column.number(4),
    offset_index_length: column.number(5),
    column_index_offset: column.number(6),
    column_index_length: column.number(7),
    isEncrypted: column.struct(8) !== undefined,
  };
}

function columnMetaData(meta: Struct): ColumnMetaData {
  return {
    type: TYPES[meta.number(1) ?? -1],
    path_in_schema: needed(meta.texts(3)),
    codec: CODECS[meta.number(4) ?? -1],
    num_values: meta.number(5),
    total_uncompressed_size: meta.number(6),
    total_compressed_size: meta.number(7),
    data_page_offset: meta.number(9),
    dictionary_page_offset: meta.number(11),
    bloom_filter_offset: meta.number(14),
    bloom_filter_length: meta.number(15),
  };
}

export interface PageHeader {
  readonly type: (typeof PAGES)[number] | undefined;
  readonly uncompressed_page_size: number | undefined;
  readonly compressed_page_size: number | undefined;
  readonly crc: number | undefined;
  readonly data_page_header: DataPageHeader | undefined;
  readonly dictionary_page_header: Pick<DataPageHeader, 'num_values' | 'encoding'> | undefined;
  readonly data_page_header_v2: DataPageHeaderV2 | undefined;
}

export interface DataPageHeader {
  readonly num_values: number | undefined;
  readonly encoding: Encoding | undefined;
  readonly definition_level_encoding: Encoding | undefined;
  readonly repetition_level_encoding: Encoding | undefined;
}

export interface DataPageHeaderV2 {
  readonly num_values: number | undefined;
  readonly num_nulls: number | undefined;
  readonly num_rows: number | undefined;
  readonly encoding: Encoding | undefined;
  readonly definition_levels_byte_length: number | undefined;
  readonly repetition_levels_byte_length: number | undefined;
  readonly is_compressed: boolean;
}

/** The header of the page that begins at `start`, and where it ends. */
export function readPageHeader(bytes: Uint8Array, start: number): { readonly header: PageHeader; readonly end: number } {
  const { value, end } = readThrift(bytes, start);
  const [data, dictionary, second] = [value.struct(5), value.struct(7), value.struct(8)];
  const encoding = (of: Struct, field: number) => ENCODINGS[of.number(field) ?? -1];
  const header = {
    type: PAGES[value.number(1) ?? -1],
    uncompressed_page_size: value.number(2),
    compressed_page_size: value.number(3),
    crc: value.number(4),
    data_page_header: data && {
      num_values: data.number(1),
      encoding: encoding(data, 2),
      definition_level_encoding: encoding(data, 3),
      repetition_level_encoding: encoding(data, 4),
    },
    dictionary_page_header: dictionary && { num_values: dictionary.number(1), encoding: encoding(dictionary, 2) },
    data_page_header_v2: second && {
      num_values: second.number(1),
      num_nulls: second.number(2),
      num_rows: second.number(3),
      encoding: encoding(second, 4),
      definition_levels_byte_length: second.number(5),
      repetition_levels_byte_length: second.number(6),
      is_compressed: second.truth(7) ?? true,
    },
  };
  return { header, end };
}
