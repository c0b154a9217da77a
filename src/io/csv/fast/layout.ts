import type { Labels, Wanted } from '../../batch.ts';
import { parseNumber, trimCell } from '../../cells.ts';
import type { Limits } from '../../limits.ts';
import type { PlainColumn } from '../../row-sink.ts';
import type { TextWindow } from './window.ts';

/** Rows that go to the sink at a time: few enough that they stay in the cache. */
export const BLOCK = 1024;

/** What rows look like, and what is wanted of them. */
export interface RowLayout {
  readonly delimiter: string;
  /** Number of columns of the table. */
  readonly columns: number;
  readonly wanted: readonly Wanted[];
  readonly limits: Limits;
}

/** Takes plain rows off a window, a block at a time. */
export interface Rows {
  readonly block: Block;
  /** Takes up to `room` rows off, into the block; returns how many. It stops before the first row that is not plain. */
  take(window: TextWindow, room: number): number;
  close?(): void;
}

/** What `BLOCK` rows hold: numbers or texts for each wanted column, texts perhaps as codes, and the line of each row. */
export interface Block {
  readonly columns: readonly PlainColumn[];
  readonly lines: Float64Array;
}

/** Texts as they are. */
export interface PlainBlock extends Block {
  readonly columns: readonly (Float64Array | string[])[];
}

/** `numbers` makes an array of `BLOCK` numbers. */
export function blockFor(wanted: readonly Wanted[], numbers = () => new Float64Array(BLOCK)): PlainBlock {
  return { columns: wanted.map((one) => (isNumeric(one) ? numbers() : [])), lines: numbers() };
}

/** What is done with one cell of every row. */
export interface Step {
  /** How many cells further than in the step before; 0 for the same cell. */
  readonly forward: number;
  /** Where its numbers go. */
  readonly numbers?: Float64Array;
  readonly labels?: Labels | undefined;
  /** Where its texts go. */
  readonly texts?: string[];
  /** What it is for, by its index in `wanted`. */
  readonly column?: number;
}

/** The steps in the order of the file; the last one goes to the last cell. */
export function stepsInto({ columns }: PlainBlock, { wanted, columns: cellsOfRow }: RowLayout): Step[] {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a].column - wanted[b].column);
  const cells = [0, ...order.map((k) => wanted[k].column), cellsOfRow - 1];
  return cells.slice(1).map((cell, i): Step => {
    const forward = cell - cells[i];
    const k = order[i];
    if (k === undefined) return { forward };
    const values = columns[k];
    if (values instanceof Float64Array) return { forward, numbers: values, labels: wanted[k].labels };
    return { forward, texts: values, column: k };
  });
}

/** Whether cells are tried as numbers before anyone asks for labels: there are none, or they are fixed and none of them is a number. */
function isNumeric({ as, labels }: Wanted): boolean {
  if (as !== 'number') return false;
  return !labels || (labels instanceof Map && [...labels.keys()].every((label) => parseNumber(trimCell(label)) === undefined));
}
