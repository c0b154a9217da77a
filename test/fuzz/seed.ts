/** What the fuzzer damages, and what it knows of it. */

import type { Table } from '../../src/io/batch.ts';
import type { Source } from '../../src/io/open.ts';

/** From the first byte to the one behind the last. */
export type Range = readonly [start: number, end: number];

/** What a file says, by a reader that has nothing in common with ours: values by the names of their columns. Throws where it is none. */
export type Reference = (bytes: Buffer) => ReadonlyMap<string, readonly unknown[]>;

export interface Seed {
  readonly name: string;
  /** What the file is called: its extension decides, as it does for users. */
  readonly file: string;
  readonly bytes: Buffer;
  /** Columns that hold no numbers. */
  readonly texts?: readonly string[];
  /** Bytes that are values, and of which nothing else in the file says what they should be: a change of them is another file. */
  readonly values?: readonly Range[];
  /** Bytes that say what the values are, as the name of their type does, and that nothing else in the file repeats. */
  readonly meaning?: readonly Range[];
  /** For formats that say each thing once, as text does: any byte may be a value, or what one means. */
  readonly reference?: Reference;
  /** In place of the reader that is tested: to test the fuzzer. */
  readonly open?: (source: Source) => Promise<Table>;
}

export function isWithin(at: number, ranges: readonly Range[] = []): boolean {
  return ranges.some(([start, end]) => at >= start && at < end);
}
