import type { Progress } from '../batch.ts';
import { Memory } from '../bytes/memory.ts';
import type { Field } from './field.ts';
import type { Region } from './layout.ts';
import type { Message } from './message.ts';
import { Refusal } from './refusal.ts';

/** A stream or a file: its columns, then its messages, all of them checked to be there. */
export interface Source {
  readonly fields: readonly Field[];
  messages(): AsyncGenerator<{ readonly message: Message; readonly body: Body }>;
  /** Absent in a stream, which is read in order. */
  progress?(): Progress;
}

/** What follows the metadata of a message. */
export interface Body {
  /** In the memory given where that is wanted. */
  read(offset: number, length: number, memory?: Memory): Promise<Uint8Array>;
  /** Whether it is asked for in ascending order, because a stream cannot go back. */
  readonly inOrder: boolean;
}

/** Buffers with less than this between them are read in one go, up to a sum. */
const NEAR = 64 * 1024;
const MOST_IN_ONE_GO = 64 * 1024 * 1024;
/** Node reads no more at once. */
const LARGEST = 2 ** 31 - 1;

/** The bytes of some buffers of a body, and hardly any others; in `memories` where they are given, which may grow in number. */
export async function readRegions(
  body: Body,
  regions: Iterable<Region>,
  memories?: Memory[],
): Promise<ReadonlyMap<Region, Uint8Array>> {
  const bytes = new Map<Region, Uint8Array>();
  for (const [k, stretch] of stretchesOf(regions).entries()) {
    if (memories) memories[k] ??= new Memory();
    addMembers(stretch, await body.read(stretch.start, stretch.end - stretch.start, memories?.[k]), bytes);
  }
  return bytes;
}

function addMembers({ start, members }: Stretch, all: Uint8Array, bytes: Map<Region, Uint8Array>): void {
  for (const region of members) bytes.set(region, all.subarray(region.offset - start, region.offset - start + region.length));
}

interface Stretch {
  readonly start: number;
  end: number;
  readonly members: Region[];
}

function stretchesOf(regions: Iterable<Region>): readonly Stretch[] {
  const ordered = [...regions].filter(({ length }) => length > 0).sort((a, b) => a.offset - b.offset);
  const stretches: Stretch[] = [];
  for (const region of ordered) {
    const end = region.offset + region.length;
    if (region.length > LARGEST) throw tooLarge(region.length);
    const last = stretches.at(-1);
    if (last && region.offset - last.end <= NEAR && end - last.start <= MOST_IN_ONE_GO) {
      last.members.push(region);
      last.end = end;
    } else stretches.push({ start: region.offset, end, members: [region] });
  }
  return stretches;
}

function tooLarge(length: number): Refusal {
  return new Refusal(
    `a column of ${length} bytes in one record batch is more than can be read at once`,
    'write smaller record batches: pyarrow.feather.write_feather(table, path, chunksize=1_000_000)',
  );
}
