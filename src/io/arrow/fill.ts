import type { Wanted } from '../batch.ts';
import { quote } from '../fault.ts';
import { type ColumnBuilder, NumberBuilder } from '../number-builder.ts';
import type { RowSink } from '../row-sink.ts';
import type { Leaf } from './columns.ts';
import type { Vector } from './field.ts';
import { Refusal } from './refusal.ts';
import { checkSize } from './size.ts';

/** A wanted column of one record batch. */
export interface Chunk {
  readonly leaf: Leaf;
  readonly wanted: Wanted;
  readonly vector: Vector;
  readonly builder: ColumnBuilder;
}

/** Adds rows `start` to `end` of one column; `first` is the row of the table with which the record batch begins. */
export function fillColumn(
  { leaf, wanted, vector, builder }: Chunk,
  sink: RowSink,
  start: number,
  end: number,
  first: number,
): void {
  sink.seek(0);
  if (builder instanceof NumberBuilder && !wanted.labels) {
    const block = inColumn(leaf.name, () => vector.block?.(start, end));
    if (block) {
      builder.pushBlock(block.column, block.shape);
      return;
    }
  }
  inColumn(leaf.name, () => checkSize(vector, start, end));
  for (let row = start; row < end; row++) {
    sink.seek(row - start);
    const cell = inColumn(leaf.name, () => vector.cell(row), first + row + 1);
    builder.push(wanted.as === 'text' && Array.isArray(cell) ? listText(cell) : cell);
  }
}

/** Refuses a column that is asked for as numbers and holds none, whatever its values. */
export function checkUse({ name, field: { type } }: Leaf, { as, labels }: Wanted): void {
  if (as !== 'number' || labels || type.notNumbers === undefined) return;
  throw new Refusal(`column ${quote(name)}: holds ${type.name}, which is no number`, type.notNumbers);
}

/** Adds the name of a column to what is refused there, and the row where it is known. */
export function inColumn<T>(name: string, work: () => T, row?: number): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(`${row === undefined ? '' : `row ${row}, `}column ${quote(name)}: ${error.message}`, error.hint);
  }
}

/** A list as JSON, but for integers of any size, which JSON.stringify does not take. */
function listText(cell: unknown): string {
  if (Array.isArray(cell)) return `[${cell.map(listText).join(',')}]`;
  return typeof cell === 'string' ? JSON.stringify(cell) : String(cell);
}
