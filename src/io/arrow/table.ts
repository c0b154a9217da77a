import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { escapeText } from '../fault.ts';
import type { Input } from '../formats.ts';
import { limitFault } from '../limits.ts';
import { RowSink } from '../row-sink.ts';
import { recordBatches } from './batches.ts';
import { leavesOf } from './columns.ts';
import { MAGIC, openFile } from './file.ts';
import { type Chunk, fillColumn } from './fill.ts';
import { located } from './refusal.ts';
import { openStream } from './stream.ts';

/**
 * Opens an Arrow IPC file or stream. Memory: the wanted columns of one record batch, and their dictionaries.
 *
 * Read here and not by apache-arrow, which takes what a damaged or hostile file says: it gives other numbers, hangs or ends the process.
 */
export async function openArrow(input: Input): Promise<Table> {
  const { name, bytes, format, limits } = input;
  const isFile = (await bytes.peek(MAGIC.length)).toString('latin1') === MAGIC;
  const source = await inFile(name, async () => (isFile ? openFile(await input.random(), limits) : openStream(bytes, limits)));
  const leaves = leavesOf(source.fields);
  const columns = leaves.map((leaf) => leaf.name);
  if (columns.length > limits.columns)
    throw limitFault(`${escapeText(name)}: more than ${limits.columns} columns`, 'columns', limits);

  async function* read(wanted: readonly Wanted[], options: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows: options.batchRows, hasLines: false, limits });
    let first = 0;
    try {
      for await (const { rows, batchRows, chunks } of recordBatches(source, leaves, wanted, sink.builders, options)) {
        for (let start = 0; start < rows; start += batchRows)
          yield* batchesOf(chunks, sink, start, Math.min(start + batchRows, rows), first);
        first += rows;
      }
    } catch (error) {
      throw located(name, error);
    }
    yield* sink.finish();
  }

  const { progress } = source;
  return { name, format, columns, read, ...(progress && { progress }), close: () => bytes.close() };
}

/** The rows of a batch, and those that waited for them. */
function batchesOf(chunks: readonly Chunk[], sink: RowSink, start: number, end: number, first: number): Iterable<Batch> {
  for (const chunk of chunks) fillColumn(chunk, sink, start, end, first);
  sink.endBlock(end - start);
  return sink.take();
}

/** Errors are about the data of this file. */
async function inFile<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw located(name, error);
  }
}
