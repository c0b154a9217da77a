import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { utf8Chunks, withoutBom } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { RowSink } from '../row-sink.ts';
import { type Delimiter, DIALECT_SNIFF, sniffDelimiter, spelledDelimiter } from './dialect.ts';
import type { TextRecord } from './fast/record.ts';
import { Records } from './fast/records.ts';
import { RowScanner } from './fast/rows.ts';
import { columnNames } from './header.ts';
import { squeezed } from './squeeze.ts';

/** Opens delimited text: finds out the delimiter and reads as far as the header. */
export function openCsv(input: Input): Promise<Table> {
  return openDelimited(input);
}

/** `names`: of the columns, where the format fixes them. */
export async function openDelimited(input: Input, names?: readonly string[]): Promise<Table> {
  const { name, bytes, format, limits } = input;
  const head = withoutBom(await bytes.peek(DIALECT_SNIFF));
  const delimiter = input.delimiter === undefined ? sniff(head, format) : spelledDelimiter(input.delimiter);
  const chunks = utf8Chunks(name, bytes);
  const records = new Records({ name, delimiter, limits }, delimiter === ' ' ? squeezed(chunks) : chunks);

  let first = await records.read();
  while (first && input.header && isBlank(first.cells)) first = await records.read();
  if (!first) throw new Fault(`${escapeText(name)}: holds only blank lines`, 'it needs at least a line with column names');
  const { line: firstLine } = first;
  if (names && first.cells.length !== names.length) throw fieldsFault(input, first.cells.length, names, first.line);
  const columns = names ?? columnNames(input, first.cells, first.line, delimiter);
  const firstRow = input.header ? undefined : first;

  async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: true, limits });
    const layout = { delimiter, columns: columns.length, wanted, sink, limits };
    const plain = RowScanner.takes(delimiter) ? new RowScanner(layout) : undefined;
    const take = ({ cells, line }: TextRecord) => {
      if (cells.length !== columns.length) {
        if (isBlank(cells)) return;
        if (names) throw fieldsFault(input, cells.length, names, line);
        throw raggedFault(input, cells, columns.length, { line, delimiter, isFirst: line === firstLine + 1 });
      }
      sink.begin(line);
      for (let k = 0; k < wanted.length; k++) sink.builders[k]?.push(cells[(wanted[k] as Wanted).column]);
      sink.end();
    };
    if (firstRow) take(firstRow);
    do {
      plain?.scan(records.window);
      for (let record = records.next(); record; record = records.next()) {
        take(record);
        plain?.scan(records.window);
      }
      yield* sink.take();
    } while (await records.more());
    yield* sink.finish();
  }

  return { name, format, columns, read, close: () => bytes.close() };
}

/** Whether the source ends within the window; the byte order mark may be gone from it. */
function isWhole(head: Buffer): boolean {
  return head.length < DIALECT_SNIFF - 3;
}

function sniff(head: Buffer, format: string): Delimiter {
  return sniffDelimiter(head.toString('utf8'), isWhole(head), format === 'tsv');
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && (cells[0] as string).trim() === '';
}

interface RaggedRow {
  readonly line: number;
  readonly delimiter: Delimiter;
  /** It stands right below the header. */
  readonly isFirst: boolean;
}

function raggedFault(input: Input, cells: readonly string[], expected: number, { line, delimiter, isFirst }: RaggedRow): Fault {
  const found = cells.length;
  const shown = delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : `"${delimiter}"`;
  const rowNames = input.header && isFirst && found === expected + 1 && cells.at(-1) !== '';
  return new Fault(
    `${escapeText(input.name)}:${line}: ${found} ${found === 1 ? 'cell' : 'cells'}, but the ${input.header ? 'header' : 'first row'} has ${expected}`,
    rowNames
      ? `if the first cell is a row name without a header, as R's write.table writes it, write the file with row.names = FALSE or col.names = NA`
      : `cells are separated by ${shown}: quote a cell that holds one, or choose with --delimiter`,
  );
}

function fieldsFault({ name, format }: Input, found: number, names: readonly string[], line: number): Fault {
  return new Fault(
    `${escapeText(name)}:${line}: ${found} ${found === 1 ? 'field' : 'fields'}, but ${format} has ${names.length}: ${names.join(' ')}`,
    'fields are separated by spaces or tabs, and hold none',
  );
}
