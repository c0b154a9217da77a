/** Predictions and targets row by row: the first row of one belongs to the first row of the other. */
import { type Batch, place, type ReadOptions, type Table, type Wanted } from '../batch.ts';
import { escapeText, Fault } from '../fault.ts';
import { Cursor } from './cursor.ts';
import { besides, type Sides, split } from './sides.ts';

export function zipped(left: Table, right: Table): Table {
  const sides = besides(left, right, []);

  async function* read(wanted: readonly Wanted[], options: ReadOptions): AsyncGenerator<Batch> {
    const parts = split(sides, wanted);
    const targets = new Cursor(right, right.read(parts.right, options));
    let rows = 0;
    try {
      for await (const batch of left.read(parts.left, options)) {
        const portion = await targets.take(batch.rows);
        if (portion.rows < batch.rows) {
          throw countFault(sides, rows + batch.rows, 'or more', rows + portion.rows);
        }
        rows += batch.rows;
        yield {
          rows: batch.rows,
          first: batch.first,
          columns: parts.join(batch.columns, portion.columns),
          place: (row, column) =>
            column !== undefined && column >= sides.border
              ? portion.place(row, sides.rightColumn(column))
              : place(left, batch, row, column),
        };
      }
      const rest = await targets.rest();
      if (rest > 0) throw countFault(sides, rows, '', rows + rest);
    } finally {
      await targets.close();
    }
  }

  return sides.table(read);
}

function countFault({ left, right }: Sides, leftRows: number, orMore: string, rightRows: number): Fault {
  return new Fault(
    `${escapeText(left.name)} has ${leftRows} rows${orMore && ` ${orMore}`}, ${escapeText(right.name)} has ${rightRows}`,
    'rows that belong together by a key are joined with --on COLUMN',
    'D19',
  );
}
