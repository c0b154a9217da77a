/** An array in the npy format, alone in a file or as a member of an archive. */
import { gatheredRows } from '../arrays/fortran.ts';
import { rowLayout } from '../arrays/layout.ts';
import { streamedRows } from '../arrays/rows.ts';
import type { OpenArray } from '../arrays/table.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { ByteReader } from '../bytes/reader.ts';
import type { Limits } from '../limits.ts';
import { npyHeader } from './header.ts';

/**
 * `bytes` begin with the header. Arrays in C order stream; only for those in Fortran order `random` is asked for, the same bytes in
 * any order. `place` says which array it is, for messages.
 */
export async function openNpyArray(
  place: string,
  bytes: ByteReader,
  random: () => Promise<RandomBytes>,
  limits: Limits,
): Promise<OpenArray> {
  const header = await npyHeader(place, bytes, limits);
  const layout = rowLayout(place, header.layout, limits);
  if (layout.fortran && layout.width > 1) {
    const rows = gatheredRows(place, layout, await random(), header.length);
    return { layout, bytes: { ...rows, close: () => bytes.close() } };
  }
  await bytes.read(header.length);
  return { layout, bytes: streamedRows(place, layout, bytes) };
}
