import { quote } from '../../fault.ts';
import type { Chunk } from './chunk.ts';
import { type ColumnChunk, type FileMetaData, type RowGroup, readFileMetaData } from './format.ts';
import { type Leaf, leavesOf } from './leaves.ts';
import { whole } from './whole.ts';

/** `PAR1` at the beginning; at the end also the length of the metadata. */
const MAGIC = 4;
const TRAILER = 8;

export interface Metadata {
  /** The columns of the table. */
  readonly leaves: readonly Leaf[];
  readonly groups: readonly Group[];
}

export interface Group {
  readonly rows: number;
  /** The chunk of a column; an error where it cannot be read. */
  readonly chunk: (leaf: Leaf) => Chunk;
}

/** Reads the metadata that stand at the end of a file of this size, and holds them to it. */
export function readMetadata(footer: Uint8Array, size: number): Metadata {
  const metadata = parsed(footer);
  const { leaves, chunks } = leavesOf(metadata.schema);
  const groups = metadata.row_groups.map((group, g) => groupOf(group, g, chunks));
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  const declared = whole(metadata.num_rows, 'num_rows');
  if (rows !== declared) throw new Error(`row groups of ${rows} rows together, where ${declared} are declared`);
  checkPlaces(metadata, size - footer.length);
  return { leaves, groups };
}

function parsed(footer: Uint8Array): FileMetaData {
  const { metadata, end } = readFileMetaData(footer.subarray(0, -TRAILER));
  if (end !== footer.length - TRAILER) throw new Error(`metadata of ${end} bytes, where ${footer.length - TRAILER} are declared`);
  return metadata;
}

function groupOf(group: RowGroup, g: number, chunks: readonly Leaf[]): Group {
  const rows = whole(group.num_rows, 'num_rows');
  if (group.columns.length !== chunks.length)
    throw new Error(`${group.columns.length} columns in row group ${g + 1}, where the schema has ${chunks.length}`);
  return { rows, chunk: (leaf) => chunkOf(group.columns[leaf.chunk] as ColumnChunk, leaf, rows) };
}

function chunkOf(column: ColumnChunk, leaf: Leaf, rows: number): Chunk {
  const meta = column.meta_data;
  if (column.file_path) throw new Error(`values in another file, ${quote(column.file_path)}`);
  if (!meta || column.isEncrypted) throw new Error('no metadata, or encrypted values');
  if (meta.type !== leaf.element.type || meta.path_in_schema.join('\0') !== leaf.path.join('\0'))
    throw new Error(`metadata of another column, ${quote(meta.path_in_schema.join('.'))}`);
  const entries = whole(meta.num_values, 'num_values');
  if (leaf.lists.length === 0 ? entries !== rows : entries < rows)
    throw new Error(`${entries} values, where the row group has ${rows} rows`);
  const { offset, length } = placeOf(column);
  return {
    leaf,
    codec: meta.codec,
    offset,
    length,
    entries,
    rows,
    uncompressed: whole(meta.total_uncompressed_size, 'total_uncompressed_size'),
  };
}

/** The first page is that of the dictionary, if there is one; some writers do not say where, or say 0. */
function placeOf({ meta_data: meta }: ColumnChunk): { offset: number; length: number } {
  const data = whole(meta?.data_page_offset, 'data_page_offset');
  const dictionary = whole(meta?.dictionary_page_offset ?? 0, 'dictionary_page_offset');
  const offset = dictionary > 0 && dictionary < data ? dictionary : data;
  return { offset, length: whole(meta?.total_compressed_size, 'total_compressed_size') };
}

/**
 * Every column chunk lies between the magic and the metadata, and no two share a byte. The metadata begin where the last thing ends
 * that they list: were it elsewhere, bytes came in between, and all values behind them would be others.
 */
function checkPlaces({ row_groups }: FileMetaData, end: number): void {
  const columns = row_groups.flatMap((group) => group.columns);
  const here = columns.filter((column) => column.meta_data && !column.file_path).map(placeOf);
  let before = MAGIC;
  for (const { offset, length } of here.sort((a, b) => a.offset - b.offset)) {
    if (length === 0) continue;
    if (offset < before) throw new Error(`a column chunk at byte ${offset}, where another one ends at ${before}`);
    before = offset + length;
    if (before > end) throw new Error(`a column chunk of ${length} bytes at byte ${offset}, where the data end at ${end}`);
  }
  const last = columns.reduce((most, column) => Math.max(most, indexesEnd(column)), before);
  if (last < end) throw new Error(`${end - last} bytes before the metadata, at byte ${last}, that they do not list`);
}

/** Where the last index of a column chunk ends: anywhere, where it is encrypted or a filter does not say how long it is. */
function indexesEnd(column: ColumnChunk): number {
  const { bloom_filter_offset: filter, bloom_filter_length: length } = column.meta_data ?? {};
  if (!column.meta_data || column.file_path || (filter !== undefined && length === undefined)) return Infinity;
  return Math.max(
    whole(filter ?? 0, 'bloom_filter_offset') + whole(length ?? 0, 'bloom_filter_length'),
    whole(column.offset_index_offset ?? 0, 'offset_index_offset') + whole(column.offset_index_length ?? 0, 'offset_index_length'),
    whole(column.column_index_offset ?? 0, 'column_index_offset') + whole(column.column_index_length ?? 0, 'column_index_length'),
  );
}
