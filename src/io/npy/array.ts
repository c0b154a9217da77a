/** An array in the npy format, alone in a file or as a member of an archive. */
import { gatheredRows } from '../arrays/fortran.ts';
import { type RowLayout, rowLayout } from '../arrays/layout.ts';
import { placedRows, type RowBytes, streamedRows, trailingFault } from '../arrays/rows.ts';
import type { OpenArray } from '../arrays/table.ts';
import type { PlainFile } from '../bytes/plain.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { ByteReader } from '../bytes/reader.ts';
import type { Limits } from '../limits.ts';
import { npyHeader } from './header.ts';

/** Where the bytes of an array are. */
export interface ArraySource {
  /** They begin with the header. */
  readonly bytes: ByteReader;
  /** The same bytes in any order. Of what is no plain file, that holds all of them in memory. */
  readonly random: () => Promise<RandomBytes>;
  readonly file: PlainFile | null;
}

/** `place` says which array it is, for messages. */
export async function openNpyArray(place: string, source: ArraySource, limits: Limits): Promise<OpenArray> {
  const { bytes, random, file } = source;
  const { layout: declared, length: start } = await npyHeader(place, bytes, limits);
  const layout = rowLayout(place, declared, limits);
  const close = () => bytes.close();
  if (layout.fortran && layout.width > 1) {
    return { layout, bytes: { ...gatheredRows(place, layout, await random(), start), close } };
  }
  if (file) return { layout, bytes: { ...plainRows(place, layout, await random(), start), close } };
  await bytes.read(start);
  return { layout, bytes: streamedRows(place, layout, bytes) };
}

/** The rows of an array that is alone in its file. */
function plainRows(place: string, layout: RowLayout, source: RandomBytes, start: number): RowBytes {
  const rows = placedRows(place, layout, source, start);
  const end = start + layout.length;
  return {
    ...rows,
    async finish() {
      if (end < source.size) throw trailingFault(place, layout, end);
      await rows.finish();
    },
  };
}
