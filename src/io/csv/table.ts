import type { Pieces, Table } from '../batch.ts';
import { utf8Text, withoutBom } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { type Delimiter, DIALECT_SNIFF, sniffDelimiter, spelledDelimiter } from './dialect.ts';
import { Records } from './fast/records.ts';
import { columnNames } from './header.ts';
import { csvPieces } from './pieces.ts';
import { CsvRanges, fileText } from './ranges.ts';
import { fieldsFault, isBlank, readRows } from './rows.ts';
import { squeezed } from './squeeze.ts';

/** Opens delimited text: finds out the delimiter and reads as far as the header. */
export function openCsv(input: Input): Promise<Table> {
  return openDelimited(input);
}

/** `names`: of the columns, where the format fixes them. */
export async function openDelimited(input: Input, names?: readonly string[]): Promise<Table> {
  const { name, bytes, format, limits } = input;
  const begin = await bytes.peek(DIALECT_SNIFF);
  const head = withoutBom(begin);
  const delimiter = input.delimiter === undefined ? sniff(head, format) : spelledDelimiter(input.delimiter);
  const file = delimiter === ' ' ? null : input.file; // squeezed, no byte stands where it stood
  const start = begin.length - head.length;
  const text = file ? fileText(file, start) : utf8Text(name, bytes);
  const records = new Records({ name, delimiter, limits }, delimiter === ' ' ? squeezed(text) : text);

  let first = await records.read();
  while (first && input.header && isBlank(first.cells)) first = await records.read();
  if (!first) throw new Fault(`${escapeText(name)}: holds only blank lines`, 'it needs at least a line with column names');
  const { cells, line: firstLine } = first;
  if (names && cells.length !== names.length) throw fieldsFault({ name, format, columns: names }, cells.length, firstLine);
  const columns = names ?? columnNames(input, cells, firstLine, delimiter);
  const { header } = input;
  const layout = { name, format, delimiter, columns, fixed: names !== undefined, header, firstLine, limits };
  const firstRow = header ? undefined : first;
  const at = () => start + records.window.offset;
  let ranges: CsvRanges | undefined;
  const divided = (size: number): Pieces => {
    if (!file) return csvPieces(layout, records, firstRow, size);
    ranges = new CsvRanges(layout, file, at(), records.window.line, firstRow, size);
    return ranges;
  };
  return {
    name,
    format,
    columns,
    read: (wanted, options) => readRows(layout, records, wanted, options, { firstRow }),
    pieces: async (size) => (isWhole(head) || records.handedOver ? null : divided(size)),
    ...(file && { progress: () => ({ bytes: ranges?.at ?? at(), total: file.size }) }),
    close: () => bytes.close(),
  };
}

/** Whether the source ends within the window; the byte order mark may be gone from it. */
function isWhole(head: Buffer): boolean {
  return head.length < DIALECT_SNIFF - 3;
}

function sniff(head: Buffer, format: string): Delimiter {
  return sniffDelimiter(head.toString('utf8'), isWhole(head), format === 'tsv');
}
