import { constants } from 'node:buffer';
import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { utf8Text } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { RowSink } from '../row-sink.ts';
import { type Grid, gridOf, type JsonSource } from './orient.ts';
import { isObject, parseJson } from './parse.ts';

/** Opens one JSON value that holds a table. It is read as a whole: its columns may stand one behind the other. */
export function openJson(input: Input): Promise<Table> {
  return openWhole(input, gridOf);
}

/** `grid` finds the table in the value. */
export async function openWhole(input: Input, grid: (value: unknown, source: JsonSource) => Grid): Promise<Table> {
  const { name, bytes, format, guessed, lenientJson, limits } = input;
  const place = escapeText(name);
  const text = await readText(name, utf8Text(name, bytes));
  const value = parseJson(text, () => place, { lenient: lenientJson, limits });
  if (guessed) refuseTwoReadings(value, text, place);
  const { columns, rows, cell } = grid(value, { text, place, limits });

  async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: false, limits });
    for (let row = 0; row < rows; row++) {
      sink.begin();
      for (let k = 0; k < wanted.length; k++) sink.builders[k]?.push(cell(row, (wanted[k] as Wanted).column));
      sink.end();
      yield* sink.take();
    }
    yield* sink.finish();
  }

  return { name, format, columns, read, close: () => bytes.close() };
}

/** One line of lists within lists is a record with vectors or a table of columns: other rows, and another loss. */
function refuseTwoReadings(value: unknown, text: string, place: string): void {
  if (text.trimEnd().includes('\n') || !isObject(value)) return;
  const lists = Object.values(value);
  if (!lists.every(Array.isArray) || !lists.some((list) => list.some(Array.isArray))) return;
  throw new Fault(
    `${place}: one line of lists can be one record or a table of columns`,
    'say which: --input-format ndjson for a record, --input-format json for columns',
  );
}

async function readText(name: string, chunks: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length > constants.MAX_STRING_LENGTH) {
      throw new Fault(
        `${escapeText(name)}: is more than ${constants.MAX_STRING_LENGTH} bytes of JSON, too large to be read as a whole`,
        "write one record a line (NDJSON), which is read as it streams: df.to_json(path, orient='records', lines=True)",
      );
    }
  }
  return Buffer.concat(parts).toString('utf8');
}
