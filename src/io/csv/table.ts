import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { utf8Chunks, withoutBom } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { RowSink } from '../row-sink.ts';
import { type Delimiter, DIALECT_SNIFF, sniffDelimiter, spelledDelimiter } from './dialect.ts';
import { columnNames } from './header.ts';
import { Records } from './plain.ts';
import { SpaceSqueezer } from './squeeze.ts';

interface Row {
  readonly cells: string[];
  readonly line: number;
}

/** Opens delimited text: finds out the delimiter and reads as far as the header. */
export async function openCsv(input: Input): Promise<Table> {
  const { name, bytes, format } = input;
  const head = withoutBom(await bytes.peek(DIALECT_SNIFF));
  const delimiter = input.delimiter === undefined ? sniff(head, format) : spelledDelimiter(input.delimiter);
  const chunks = utf8Chunks(name, bytes);
  const squeezer = delimiter === ' ' ? new SpaceSqueezer() : undefined;

  /** Records of the first chunks, before it is known who wants which columns. */
  const begin: Row[] = [];
  const records = new Records({ name, delimiter }, (cells, line) => begin.push({ cells, line }));

  /** Feeds the next chunk; false when that was the last. */
  async function advance(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) await records.end();
    else await records.feed(squeezer ? squeezer.squeeze(value) : value);
    return !done;
  }

  const atHeader = () => begin.findIndex(({ cells }) => !(input.header && isBlank(cells)));
  let more = true;
  while (more && atHeader() < 0) more = await advance();
  const at = atHeader();
  if (at < 0) throw new Fault(`${escapeText(name)}: holds only blank lines`, 'it needs at least a line with column names');
  const first = begin[at] as Row;
  const columns = columnNames(input, first.cells, first.line, delimiter);
  begin.splice(0, input.header ? at + 1 : at);

  async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: true });
    const take = (cells: string[], line: number) => {
      if (cells.length !== columns.length) {
        if (isBlank(cells)) return;
        throw raggedFault(input, cells.length, columns.length, line, delimiter);
      }
      sink.begin(line);
      for (let k = 0; k < wanted.length; k++) sink.builders[k]?.push(cells[(wanted[k] as Wanted).column]);
      sink.end();
    };
    records.onRecord = take;
    for (const { cells, line } of begin.splice(0)) take(cells, line);
    yield* sink.take();
    while (more) {
      more = await advance();
      yield* sink.take();
    }
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

function raggedFault(input: Input, found: number, expected: number, line: number, delimiter: Delimiter): Fault {
  const shown = delimiter === '\t' ? 'tab' : delimiter === ' ' ? 'space' : `"${delimiter}"`;
  return new Fault(
    `${escapeText(input.name)}:${line}: ${found} ${found === 1 ? 'cell' : 'cells'}, but the ${input.header ? 'header' : 'first row'} has ${expected}`,
    `cells are separated by ${shown}: quote a cell that holds one, or choose with --delimiter`,
  );
}
