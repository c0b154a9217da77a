/** Rows of an array in Fortran order, where the values of one element of all rows lie together. */
import type { RandomBytes } from '../bytes/random.ts';
import type { RowLayout } from './layout.ts';
import { type RowBytes, sizeFault, trailingFault } from './rows.ts';

/** Bytes that are held at a time: only long pieces are read fast. */
const PANEL = 16 * 1024 * 1024;
/** A piece of this length is read about as fast as two short ones at its ends. */
const NEAR = 128 * 1024;

/** Rows gathered from the array that begins at `start`. Memory: a panel of rows, up to 16 MiB or one row. */
export function gatheredRows(
  place: string,
  layout: RowLayout,
  source: RandomBytes,
  start: number,
): Pick<RowBytes, 'next' | 'finish'> {
  const { rows: all, width, rowBytes, length } = layout;
  const { size } = layout.type;
  if (start + length > source.size) throw sizeFault(place, layout, source.size - start);
  if (start + length < source.size) throw trailingFault(place, layout, start + length);
  const positions = fortranPositions(layout.dims, width);
  const most = Math.min(all, Math.max(1, Math.floor(PANEL / rowBytes)));
  const together = Math.max(1, Math.floor(NEAR / (all * size)));
  let first = 0;
  let end = 0; // of the panel
  let panel: Panel = { rows: 0, bytes: Buffer.alloc(0) };

  async function readPanel(from: number): Promise<Panel> {
    const rows = Math.min(most, all - from);
    const bytes = Buffer.allocUnsafe(rows * rowBytes);
    for (let k = 0; k < width; k += together) {
      const last = Math.min(k + together, width) - 1;
      const span = await source.read(start + (k * all + from) * size, ((last - k) * all + rows) * size);
      for (let i = k; i <= last; i++) {
        const at = (i - k) * all * size;
        bytes.set(span.subarray(at, at + rows * size), i * rows * size);
      }
    }
    return { rows, bytes };
  }

  return {
    async next(rows) {
      const block = Buffer.allocUnsafe(rows * rowBytes);
      for (let done = 0; done < rows; ) {
        if (first === end) {
          panel = await readPanel(first);
          end += panel.rows;
        }
        const count = Math.min(rows - done, end - first);
        const into = block.subarray(done * rowBytes, (done + count) * rowBytes);
        transpose(panel, first - (end - panel.rows), into, positions, layout);
        first += count;
        done += count;
      }
      return block;
    },
    finish: () => source.verify(),
  };
}

/** Some rows of an array in Fortran order, in that order themselves. */
interface Panel {
  readonly rows: number;
  readonly bytes: Buffer;
}

/** For each element of a row, in C order, its place in Fortran order. */
function fortranPositions(dims: readonly number[], width: number): Uint32Array {
  const strides = dims.map((_, axis) => dims.slice(0, axis).reduce((product, size) => product * size, 1));
  return Uint32Array.from({ length: width }, (_, element) => {
    let rest = element;
    let position = 0;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const size = dims[axis] as number;
      position += (rest % size) * (strides[axis] as number);
      rest = Math.floor(rest / size);
    }
    return position;
  });
}

/** Fills `into` with rows of a panel, from its row `first`. */
function transpose(panel: Panel, first: number, into: Buffer, positions: Uint32Array, layout: RowLayout): void {
  const { rowBytes, type } = layout;
  const { size } = type;
  for (let k = 0; k < positions.length; k++) {
    let from = ((positions[k] as number) * panel.rows + first) * size;
    for (let to = k * size; to < into.length; to += rowBytes) {
      for (let i = 0; i < size; i++) into[to + i] = panel.bytes[from++] as number;
    }
  }
}
