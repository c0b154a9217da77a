import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { utf8Chunks } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { RowSink } from '../row-sink.ts';
import { lines } from './lines.ts';
import { isObject, type JsonObject, orderedKeys, type ParseOptions, type Place, parseJson } from './parse.ts';
import { Paths } from './paths.ts';

const NOT_LINES = 'if this is one JSON value over several lines, add --input-format json';

/** Opens one JSON record a line. The columns are those of the first record; a key missing later is a missing value. */
export async function openNdjson(input: Input): Promise<Table> {
  const { name, bytes, format, lenientJson, limits } = input;
  const shown = escapeText(name);
  const source = lines(name, utf8Chunks(name, bytes), limits);
  const { done, value: first } = await source.next();
  if (done) throw new Fault(`${shown}: holds only blank lines`, 'it needs at least one JSON record');

  let current = first;
  const place = () => `${shown}:${current.line}`;
  const options: ParseOptions = { hint: NOT_LINES, lenient: lenientJson, limits };
  const record = parseRecord(first.text, place, options);
  const paths = new Paths(place(), limits);
  paths.add(record, orderedKeys(record, first.text, 1));
  const columns = paths.names;

  async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: true, limits });
    const getters = wanted.map(({ column }) => paths.getter(column));
    const take = (each: JsonObject) => {
      sink.begin(current.line);
      for (let k = 0; k < getters.length; k++) sink.builders[k]?.push(getters[k]?.(each, place));
      sink.end();
    };
    take(record);
    yield* sink.take();
    for await (const line of source) {
      current = line;
      take(parseRecord(line.text, place, options));
      yield* sink.take();
    }
    yield* sink.finish();
  }

  return { name, format, columns, read, close: () => bytes.close() };
}

function parseRecord(text: string, place: Place, options: ParseOptions): JsonObject {
  const value = parseJson(text, place, options);
  if (isObject(value)) return value;
  throw new Fault(
    `${place()}: ${text.startsWith('[') ? 'a list' : 'a single value'}, not a record such as {"y": 1, "pred": 0.9}`,
    NOT_LINES,
  );
}
