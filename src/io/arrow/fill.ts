import type { Data } from 'apache-arrow';
import type { Wanted } from '../batch.ts';
import { escapeText, Fault, quote } from '../fault.ts';
import { type ColumnBuilder, NumberBuilder } from '../number-builder.ts';
import type { RowSink } from '../row-sink.ts';
import { numberBlock } from './blocks.ts';
import { cellReader, TextDamage } from './cells.ts';
import { columnDamage } from './check.ts';

type Arrow = typeof import('apache-arrow');

/** The wanted columns of one record batch, checked. */
export interface Chunk {
  readonly column: string;
  readonly wanted: Wanted;
  readonly data: Data;
}

/** Checks the column of a record batch once, before any of its slices is read. */
export function checkedChunk(arrow: Arrow, name: string, column: string, wanted: Wanted, data: Data): Chunk {
  const damage = columnDamage(arrow, data);
  if (damage === undefined) return { column, wanted, data };
  throw new Fault(`${escapeText(name)}: column ${quote(column)}: damaged Arrow data: ${damage}`);
}

/** Adds rows `start` to `end` of one column. */
export function fillColumn(
  arrow: Arrow,
  name: string,
  chunk: Chunk,
  sink: RowSink,
  builder: ColumnBuilder,
  start: number,
  end: number,
): void {
  const { column, data, wanted } = chunk;
  const place = `${escapeText(name)}: column ${quote(column)}`;
  sink.seek(0);
  if (builder instanceof NumberBuilder && !wanted.labels) {
    const block = numberBlock(arrow, data, start, end);
    if (block) {
      builder.pushBlock(block.column, block.shape);
      return;
    }
  }
  const cell = cellReader(arrow, data);
  if (!cell)
    throw new Fault(
      `${place}: values of type ${data.type} are not read`,
      'convert the column to numbers or text when you write it',
    );
  try {
    for (let row = start; row < end; row++) {
      sink.seek(row - start);
      builder.push(cell(row));
    }
  } catch (error) {
    if (error instanceof TextDamage) throw new Fault(`${place}: ${error.message}`);
    throw error;
  }
}
