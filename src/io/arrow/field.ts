import type { NumberColumn } from '../batch.ts';

/** A column, or something inside one. */
export interface Field {
  readonly name: string;
  readonly type: Type;
  readonly nullable: boolean;
  /** Where the column holds indices of values that come in messages of their own. */
  readonly dictionary?: { readonly id: number; readonly values: Field };
}

/** Bytes that a buffer holds for so many rows; `undefined` where other values decide. */
export type Size = (rows: number) => number | undefined;

/** One type of Arrow: how it lies in a record batch, and how it is read. */
export interface Type {
  /** As pyarrow prints it. */
  readonly name: string;
  /** Whether its first buffer says which rows have a value. */
  readonly validity: boolean;
  /** Its buffers behind that one. */
  readonly buffers: readonly Size[];
  /** Bytes of a row in its one buffer, of a type whose values are numbers. */
  readonly rowBytes?: number;
  /** Whether more buffers follow, as many as the record batch says. */
  readonly variadic?: boolean;
  readonly children: readonly Field[];
  /** Rows that each child has; absent where offsets tell. */
  readonly childRows?: (rows: number) => number;
  /** Makes its values available, checked; absent for a type that is not read. */
  readonly read?: (parts: Parts) => Vector;
  /** For types whose values are no numbers: what to do instead. */
  readonly notNumbers?: string;
}

/** What a record batch holds of one field. */
export interface Parts {
  readonly rows: number;
  /** A bit for each row, set where it has a value; `undefined` where all have one. */
  readonly valid: Uint8Array | undefined;
  /** Behind the validity; no shorter than their type needs. */
  readonly buffers: readonly Uint8Array[];
  readonly children: readonly Vector[];
  /** The values that indices point to. */
  readonly dictionary: Entries | undefined;
}

export interface Entries {
  readonly length: number;
  cell(index: number): unknown;
}

/** The values of one field in one record batch. */
export interface Vector {
  readonly rows: number;
  /** As a reader of text would give it: number, bigint, boolean, text, list; `null` where there is no value. */
  cell(row: number): unknown;
  /** Bytes that the cells of these rows take, about; absent where they cannot be many more than the file holds. */
  size?(start: number, end: number): number;
  /** Rows at once, where they are numbers that need not be looked at one by one. */
  block?(start: number, end: number): Block | undefined;
}

export interface Block {
  readonly column: NumberColumn;
  /** Lengths of the lists, as in `2x3`; `undefined` for single values. */
  readonly shape: string | undefined;
}

export function isValid(valid: Uint8Array | undefined, row: number): boolean {
  return valid === undefined || ((valid[row >> 3] as number) & (1 << (row & 7))) !== 0;
}
