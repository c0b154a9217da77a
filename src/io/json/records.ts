/** Lines of JSON -> batches. */
import type { Batch, ReadOptions, Wanted } from '../batch.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Limits } from '../limits.ts';
import { RowSink } from '../row-sink.ts';
import { lines, type TextLine } from './lines.ts';
import { isObject, type JsonObject, orderedKeys, type ParseOptions, type Place, parseJson } from './parse.ts';
import { Paths } from './paths.ts';

const NOT_LINES = 'if this is one JSON value over several lines, add --input-format json';

/** What is known of a text once its first record is read; plain data. */
export interface Layout {
  readonly name: string;
  /** Whose keys are the columns. */
  readonly first: TextLine;
  /** JSON may hold NaN and Infinity, as Python writes them. */
  readonly lenient: boolean;
  readonly limits: Limits;
}

export function pathsOf({ name, first, lenient, limits }: Layout): Paths {
  const place = () => `${escapeText(name)}:${first.line}`;
  const record = parseRecord(first.text, place, { hint: NOT_LINES, lenient, limits });
  const paths = new Paths(place(), limits);
  paths.add(record, orderedKeys(record, first.text, 1));
  return paths;
}

/** `line` of the file that the text begins with, and index in the table of its first row. */
export async function* readRecords(
  layout: Layout,
  chunks: AsyncIterable<Buffer>,
  wanted: readonly Wanted[],
  reading: ReadOptions,
  { line = 1, first = 0 }: { readonly line?: number | undefined; readonly first?: number } = {},
): AsyncGenerator<Batch> {
  const { name, lenient, limits } = layout;
  const paths = pathsOf(layout);
  const sink = new RowSink({ ...reading, name, columns: paths.names, wanted, first, hasLines: true, limits });
  const getters = wanted.map(({ column }) => paths.getter(column));
  const shown = escapeText(name);
  let at = line;
  const place = () => `${shown}:${at}`;
  const options: ParseOptions = { hint: NOT_LINES, lenient, limits };
  const take = ({ text, line: current }: TextLine) => {
    at = current;
    const record = parseRecord(text, place, options);
    sink.begin(at);
    for (let k = 0; k < getters.length; k++) sink.builders[k]?.push(getters[k]?.(record, place));
    sink.end();
  };
  for await (const some of lines(name, chunks, limits, line)) {
    for (const one of some) {
      take(one);
      if (sink.hasBatches) yield* sink.take();
    }
  }
  yield* sink.finish();
}

function parseRecord(text: string, place: Place, options: ParseOptions): JsonObject {
  const value = parseJson(text, place, options);
  if (isObject(value)) return value;
  throw new Fault(
    `${place()}: ${text.startsWith('[') ? 'a list' : 'a single value'}, not a record such as {"y": 1, "pred": 0.9}`,
    NOT_LINES,
  );
}
