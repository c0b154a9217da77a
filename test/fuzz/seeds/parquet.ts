/** Parquet files of several writers, in every compression. The pages are values: hardly a writer gives them checksums. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parquetMetadata } from 'hyparquet';
import { deserializeTCompactProtocol } from 'hyparquet/src/thrift.js';
import { doubles, page, parquetFile } from '../../support/parquet.ts';
import type { Range, Seed } from '../seed.ts';

const FOLDER = join(import.meta.dirname, '../../../fixtures/formats/parquet');

const FILES = [
  'table-duckdb-uncompressed',
  'table-duckdb-snappy',
  'table-duckdb-gzip',
  'table-duckdb-zstd',
  'table-duckdb-brotli',
  'table-duckdb-lz4',
  'table-duckdb-v2',
  'table-rust-v2',
  'table-rust-lz4_raw',
  'table-hyparquet-lz4',
  'table-polars',
  'pandas',
  'nested',
];

/** What follows the header of each page. */
function pages(bytes: Buffer): Range[] {
  const file = new Uint8Array(bytes).buffer;
  const ranges: Range[] = [];
  for (const { meta_data } of parquetMetadata(file).row_groups.flatMap((group) => group.columns)) {
    const { dictionary_page_offset, data_page_offset = 0n, total_compressed_size = 0n } = meta_data ?? {};
    let at = Number(dictionary_page_offset || data_page_offset);
    for (const end = at + Number(total_compressed_size); at < end; ) {
      const reader = { view: new DataView(file, at), offset: 0 };
      const { field_3: length } = deserializeTCompactProtocol(reader);
      ranges.push([at + reader.offset, at + reader.offset + Number(length)]);
      at += reader.offset + Number(length);
    }
  }
  return ranges;
}

const TEXTS = ['text', 'flag', 'split', 'ragged', 'deep', 'words'];

const seed = (name: string, bytes: Buffer, values = pages(bytes)): Seed => ({
  name,
  file: 'table.parquet',
  bytes,
  texts: TEXTS,
  values,
});

export const parquetSeeds = (): Seed[] => [
  ...FILES.map((name) => seed(name, readFileSync(join(FOLDER, `${name}.parquet`)))),
  seed(
    'checksums',
    parquetFile({
      columns: ['x', 'y'].map((name, k) => ({ name, pages: [page({ body: doubles(1.5, k, -2), values: 3, crc: true })] })),
    }),
    [],
  ),
];
