import type { Seed } from '../seed.ts';

/** Seeds of each format, as the table of results has them. Loaded only where they are used: apache-arrow alone takes a second. */
export const SEEDS: Readonly<Record<string, () => Promise<readonly Seed[]>>> = {
  csv: async () => (await import('./text.ts')).csv(),
  tsv: async () => (await import('./text.ts')).tsv(),
  spaces: async () => (await import('./text.ts')).spaces(),
  trec: async () => (await import('./text.ts')).trec(),
  json: async () => (await import('./text.ts')).jsonSeeds(),
  ndjson: async () => (await import('./text.ts')).ndjson(),
  coco: async () => (await import('./text.ts')).coco(),
  npy: async () => (await import('./arrays.ts')).npySeeds(),
  npz: async () => (await import('./arrays.ts')).npzSeeds(),
  safetensors: async () => (await import('./arrays.ts')).safetensorsSeeds(),
  arrow: async () => (await import('./arrow.ts')).arrowSeeds(),
  parquet: async () => (await import('./parquet.ts')).parquetSeeds(),
  gzip: async () => (await import('./compressed.ts')).gzip(),
  zstd: async () => (await import('./compressed.ts')).zstd(),
};

/** A reader that does all that one must not do, by which the fuzzer itself is tested. */
export const FAULTY = { faulty: async () => (await import('./faulty.ts')).faulty() };
