/** What the two sides of the guard, or of what is decoded without it, say to each other about one Parquet file. */
import type { Numbers } from '../batch.ts';

/** The end of the file: metadata, its length and the magic. */
export interface Opening {
  readonly footer: ArrayBuffer;
  readonly size: number;
}

export interface Contents {
  readonly columns: readonly string[];
}

/** `cells` gives every value as JSON would; `number` gives typed arrays wherever that is exact. */
export interface Choice {
  readonly column: number;
  readonly as: 'number' | 'cells';
}

export interface Choices {
  readonly choices: readonly Choice[];
  /** Whoever asks is done with a piece before asking for the next one: it may lie in memory that is used again. */
  readonly lends: boolean;
}

/** Where a row group's bytes lie, for each chosen column: offset and length. */
export interface GroupPlan {
  readonly rows: number;
  readonly ranges: readonly (readonly [offset: number, length: number])[];
  /** Of all chosen columns together: values, and bytes when decompressed. */
  readonly values: number;
  readonly bytes: number;
  /** Only single numbers, as they are or in a compression that takes no longer than its bytes: no guard is needed. */
  readonly isPlain: boolean;
}

export interface GroupBytes {
  readonly group: number;
  readonly chunks: readonly Uint8Array[];
}

/** Rows of one column as numbers. */
export interface NumberPiece {
  readonly values: Numbers;
  readonly width: number;
  /** Lengths of the lists, as in `2x3`; `undefined` for single values. */
  readonly shape: string | undefined;
  /** Indices of NaN in `values`, ascending, and which of them are nulls. */
  readonly missing: Uint32Array;
  readonly nulls: Uint8Array;
}

/** Rows of one column as cells; what a dictionary holds once is here once. */
export interface CellPiece {
  readonly cells: readonly unknown[];
  /** Which of the cells each row has, -1 for `null`. Without it, they are those of the rows. */
  readonly at?: Int32Array;
}

export interface Piece {
  readonly rows: number;
  readonly columns: readonly (NumberPiece | CellPiece)[];
}
