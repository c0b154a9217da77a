import { type Batch, lineOf } from '../../src/io/batch.ts';

/** The line of each row of a format that has lines. */
export function linesOf(batch: Batch): number[] {
  return Array.from({ length: batch.rows }, (_, row) => lineOf(batch, row) as number);
}
