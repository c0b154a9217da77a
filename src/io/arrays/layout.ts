/** How an array becomes a column: rows along its first axis, and all that lies behind one row as a list. */
import { Fault } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';
import type { ElementType } from './types.ts';

/** As numpy has it. */
export const MOST_AXES = 64;

/** What a header says of an array. */
export interface Layout {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly littleEndian: boolean;
  /** The first index runs fastest: what belongs to a row lies scattered. */
  readonly fortran: boolean;
}

export interface RowLayout extends Layout {
  readonly rows: number;
  /** Shape of a row; empty for single values. */
  readonly dims: readonly number[];
  /** Elements of a row. */
  readonly width: number;
  readonly rowBytes: number;
  /** Bytes of the whole array. */
  readonly length: number;
}

/** `place` says which array it is, for messages. Refuses what has no rows, and sizes that cannot be. */
export function rowLayout(place: string, layout: Layout, limits: Limits): RowLayout {
  const { shape, type } = layout;
  const [rows, ...dims] = shape;
  if (rows === undefined) {
    throw new Fault(`${place}: is a single value, of shape (), not a column`, 'a column has one row for each prediction');
  }
  if (shape.length > MOST_AXES) throw new Fault(`${place}: has ${shape.length} axes, more than ${MOST_AXES}`);
  const width = dims.reduce((product, size) => product * size, 1);
  const rowBytes = width * type.size;
  const length = rows * rowBytes;
  if (width === 0) throw new Fault(`${place}: ${describe(layout)} has no values in a row`);
  if (!(length <= Number.MAX_SAFE_INTEGER)) throw new Fault(`${place}: ${describe(layout)} is more than any file holds`);
  if (rowBytes > limits.row) {
    const what = `${place}: ${describe(layout)} has rows of ${rowBytes} bytes, more than ${limitText('row', limits)}`;
    throw limitFault(what, 'row', limits, 'rows run along the first axis: reshape or transpose the array when you write it');
  }
  return { ...layout, rows, dims, width, rowBytes, length };
}

/** `shape (1797, 10) of float64`. */
export function describe({ shape, type }: Pick<Layout, 'shape' | 'type'>): string {
  return `shape ${shapeText(shape)} of ${type.name}`;
}

/** As Python writes it: `(1797, 10)`, `(5,)`. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}
