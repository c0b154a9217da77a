/** The bytes of an array, some rows at a time. */
import type { ByteReader } from '../bytes/reader.ts';
import { Fault } from '../fault.ts';
import { describe, type RowLayout } from './layout.ts';

export interface RowBytes {
  /** The next rows, one behind the other. */
  next(rows: number): Promise<Buffer>;
  /** Once all rows were read: fails when more follows, or a checksum differs. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

const REWRITE = 'copy or write the file again';

/** Rows as they come, from a reader that stands at the first of them. */
export function streamedRows(place: string, layout: RowLayout, bytes: ByteReader): RowBytes {
  let done = 0;
  return {
    async next(rows) {
      const length = rows * layout.rowBytes;
      const block = await bytes.read(length);
      done += block.length;
      if (block.length < length) throw sizeFault(place, layout, done);
      return block;
    },
    async finish() {
      if ((await bytes.peek(1)).length > 0) throw trailingFault(place, layout, bytes.consumed);
    },
    close: () => bytes.close(),
  };
}

export function sizeFault(place: string, layout: RowLayout, present: number): Fault {
  return new Fault(`${place}: is cut short: ${describe(layout)} takes ${layout.length} bytes, and ${present} are there`, REWRITE);
}

export function trailingFault(place: string, layout: RowLayout, end: number): Fault {
  return new Fault(
    `${place}: bytes after the end of the array, at byte ${end + 1}: ${describe(layout)} takes ${layout.length} bytes`,
    'a file holds one array: the header may be damaged, or several were saved to one file',
  );
}
