/** How many rows a batch has. */

/** Where nobody asks for another number: many of the widest usual rows, or the cache would not hold them. */
export const USUAL_ROWS = 8192;

/** What each batch takes beside its rows is a tenth of the time at 8192 of two numbers, and what V8 compiles because it is done so often as much again. */
const MOST_ROWS = 65_536;
const MOST_BYTES = 1024 * 1024;

/** Most rows in one batch of a format that knows how many bytes they take. More than usual where they are narrow, unless a number was asked for. */
export function rowsInBatch(batchRows: number, rowBytes: number): number {
  if (batchRows !== USUAL_ROWS) return batchRows;
  let rows = MOST_ROWS; // halved, so that batches of two tables end at the same rows
  while (rows > USUAL_ROWS && rows * rowBytes > MOST_BYTES) rows /= 2;
  return rows;
}
