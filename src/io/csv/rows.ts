/** Records of delimited text -> batches. */
import type { Batch, ReadOptions, Wanted } from '../batch.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Limits } from '../limits.ts';
import { RowSink } from '../row-sink.ts';
import type { Delimiter } from './dialect.ts';
import type { TextRecord } from './fast/record.ts';
import type { Records } from './fast/records.ts';
import { RowScanner } from './fast/rows.ts';

/** What is known of a text once its header is read; plain data. */
export interface Layout {
  readonly name: string;
  readonly format: string;
  readonly delimiter: Delimiter;
  readonly columns: readonly string[];
  /** The format fixes the columns. */
  readonly fixed: boolean;
  /** The first line names the columns. */
  readonly header: boolean;
  /** Line of the header, or of the first row where there is none. */
  readonly firstLine: number;
  readonly limits: Limits;
}

export interface Start {
  /** Index of the first row in the table. */
  readonly first?: number;
  /** A row that was read already. */
  readonly firstRow?: TextRecord | undefined;
  /** It is known to be a long text, or a piece of one. */
  readonly isLong?: boolean;
}

export async function* readRows(
  layout: Layout,
  records: Records,
  wanted: readonly Wanted[],
  options: ReadOptions,
  { first = 0, firstRow, isLong = false }: Start = {},
): AsyncGenerator<Batch> {
  const { name, delimiter, columns, limits } = layout;
  const sink = new RowSink({ ...options, name, columns, wanted, first, hasLines: true, limits });
  const scanned = { delimiter, columns: columns.length, wanted, limits };
  const plain = RowScanner.takes(delimiter) ? new RowScanner(scanned, sink, isLong) : undefined;
  const take = ({ cells, line }: TextRecord) => {
    if (cells.length !== columns.length) {
      if (isBlank(cells)) return;
      throw raggedFault(layout, cells, line);
    }
    sink.begin(line);
    for (let k = 0; k < wanted.length; k++) sink.builders[k]?.push(cells[(wanted[k] as Wanted).column]);
    sink.end();
  };
  if (firstRow) take(firstRow);
  try {
    do {
      plain?.scan(records.window);
      for (let record = records.next(); record; record = records.next()) {
        take(record);
        plain?.scan(records.window);
      }
      yield* sink.take();
    } while (await records.more());
    yield* sink.finish();
  } finally {
    plain?.close();
  }
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] as string).trim() === '';
}

function raggedFault(layout: Layout, cells: readonly string[], line: number): Fault {
  if (layout.fixed) return fieldsFault(layout, cells.length, line);
  const { name, delimiter, columns, header, firstLine } = layout;
  const [found, expected] = [cells.length, columns.length];
  const shown = delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : `"${delimiter}"`;
  const rowNames = header && line === firstLine + 1 && found === expected + 1 && cells.at(-1) !== '';
  return new Fault(
    `${escapeText(name)}:${line}: ${found} ${found === 1 ? 'cell' : 'cells'}, but the ${header ? 'header' : 'first row'} has ${expected}`,
    rowNames
      ? `if the first cell is a row name without a header, as R's write.table writes it, write the file with row.names = FALSE or col.names = NA`
      : `cells are separated by ${shown}: quote a cell that holds one, or choose with --delimiter`,
  );
}

export function fieldsFault(
  { name, format, columns }: Pick<Layout, 'name' | 'format' | 'columns'>,
  found: number,
  line: number,
): Fault {
  return new Fault(
    `${escapeText(name)}:${line}: ${found} ${found === 1 ? 'field' : 'fields'}, but ${format} has ${columns.length}: ${columns.join(' ')}`,
    'fields are separated by spaces or tabs, and hold none',
  );
}
