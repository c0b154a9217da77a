/** The bytes of an array, some rows at a time. */
import { Memory } from '../bytes/memory.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { ByteReader } from '../bytes/reader.ts';
import { Fault } from '../fault.ts';
import { describe, type RowLayout } from './layout.ts';

export interface RowBytes {
  /** The next rows, one behind the other. */
  next(rows: number): Promise<Buffer>;
  /** Keeps what `next` gave last, where the next rows would come in the same memory. */
  keep?(): void;
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

/** Rows where they lie, from byte `start` on. */
export function placedRows(place: string, layout: RowLayout, source: RandomBytes, start: number): RowBytes {
  const memory = new Memory();
  let done = 0;
  return {
    async next(rows) {
      const length = rows * layout.rowBytes;
      if (start + done + length > source.size) throw sizeFault(place, layout, source.size - start);
      const block = await source.read(start + done, length, memory);
      done += length;
      return block;
    },
    keep: () => memory.leave(),
    finish: () => source.verify(),
    close: async () => {},
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
