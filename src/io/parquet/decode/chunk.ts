import type { Leaf } from './leaves.ts';

/** The values of one column in one row group, as the metadata describe them. */
export interface Chunk {
  readonly leaf: Leaf;
  readonly codec: string | undefined;
  /** Where it lies in the file. */
  readonly offset: number;
  readonly length: number;
  /** Values, and what stands for missing ones and empty lists. */
  readonly entries: number;
  readonly rows: number;
  /** Bytes of all its pages, decompressed. */
  readonly uncompressed: number;
}
