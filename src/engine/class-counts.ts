/** Rows of each class in a column of labels, without any loss. */
import { place, type Table } from '../io/batch.ts';
import { escapeText, Fault, quote } from '../io/fault.ts';
import { classes as classTarget } from '../losses/inputs.ts';
import { candidates } from './infer.ts';
import { classCount, LabelTexts } from './labels.ts';
import { columnList, select } from './select.ts';

/** An id or a timestamp taken for a label must not fill the memory. */
const LARGEST_CLASS = 1_000_000;

export interface LabelColumn {
  /** As the user named it; a usual name of a target when not. */
  readonly target: string | undefined;
  readonly classes: readonly string[] | undefined;
  readonly batchRows: number;
}

/** Counts of the classes 0, 1, 2 ... up to the largest that occurs, or to the last named one. */
export async function countLabels(table: Table, { target, classes, batchRows }: LabelColumn): Promise<number[]> {
  const column = labelColumn(table, target);
  const labels = new LabelTexts({ classes }).for(classTarget('label'));
  const counts = new Array<number>(classes ? classCount(classes) : 0).fill(0);
  for await (const batch of table.read([{ column, as: 'number', ...(labels && { labels }) }], { batchRows })) {
    const [read] = batch.columns;
    if (read.kind !== 'number') throw new Error('labels were not read as numbers');
    const where = (row: number) => `${escapeText(place(table, batch, row, column))}: column ${quote(table.columns[column])}`;
    for (let row = 0; row < batch.rows; row++) {
      const label = read.values[row];
      if (read.width !== 1 || !Number.isSafeInteger(label) || label < 0) {
        throw new Fault(
          `${where(row)}: ${read.width === 1 ? label : 'a list'} is not a class index`,
          'class indices count from 0; name text classes with --classes',
        );
      }
      if (label > LARGEST_CLASS)
        throw new Fault(`${where(row)}: class ${label} is beyond ${LARGEST_CLASS}`, 'is this a column of labels?');
      while (counts.length <= label) counts.push(0);
      counts[label]++;
    }
  }
  if (counts.every((count) => count === 0)) throw new Fault(`${table.name}: there are no rows`, 'there is nothing to count');
  return counts;
}

function labelColumn(table: Table, target: string | undefined): number {
  const found =
    target === undefined
      ? candidates('target', table.columns).map(({ columns }) => columns)
      : [select(table.columns, target, '--target')];
  if (found.length === 1 && found[0].length === 1) return found[0][0];
  throw new Fault(
    found.length === 0 ? 'no column has a usual name for a target' : '--target must be one column',
    `name it with --target COLUMN; columns: ${columnList(table.columns)}`,
  );
}
