import type { Data, RecordBatchReader } from 'apache-arrow';
import type { Batch, ReadOptions, Table, Wanted } from '../batch.ts';
import { ByteReader, memoryBytes } from '../bytes/reader.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import type { ColumnBuilder } from '../number-builder.ts';
import { RowSink } from '../row-sink.ts';
import { checkedChunk, fillColumn } from './fill.ts';
import { frames, readAll, schemaInFooter } from './frames.ts';

type Arrow = typeof import('apache-arrow');

/** Opens an Arrow IPC file or stream, record batch after record batch. */
export async function openArrow({ name, bytes, format }: Input): Promise<Table> {
  const arrow = await import('apache-arrow');
  const messages = frames(name, bytes);
  const reader = await guard(name, () => openReader(arrow, name, bytes, messages));
  const columns = reader.schema.fields.map((field) => field.name);

  async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
    const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: false });
    for (;;) {
      const { done, value: batch } = await guard(name, async () => reader.next());
      if (done) break;
      const chunks = wanted.map((each) =>
        checkedChunk(arrow, name, columns[each.column] as string, each, batch.data.children[each.column] as Data),
      );
      for (let start = 0; start < batch.numRows; start += batchRows) {
        const end = Math.min(start + batchRows, batch.numRows);
        for (const [k, chunk] of chunks.entries())
          fillColumn(arrow, name, chunk, sink, sink.builders[k] as ColumnBuilder, start, end);
        sink.endBlock(end - start);
        yield* sink.take();
      }
    }
    // apache-arrow stops at the end-of-stream marker; the checks of what follows it are still to be made.
    for (let rest = await messages.next(); !rest.done; rest = await messages.next());
    yield* sink.finish();
  }

  return { name, format, columns, read, close: () => bytes.close() };
}

async function openReader(
  arrow: Arrow,
  name: string,
  bytes: ByteReader,
  messages: AsyncGenerator<Uint8Array>,
): Promise<RecordBatchReader> {
  if (await schemaInFooter(bytes)) {
    await messages.return(undefined); // the bytes are read here instead, for the end must be known before the beginning
    const all = await readAll(bytes);
    for await (const _ of frames(name, new ByteReader(memoryBytes(all))));
    return arrow.RecordBatchReader.from(all).open();
  }
  // Without `return`, so that apache-arrow does not end the generator before its last checks.
  const source = { [Symbol.asyncIterator]: () => ({ next: () => messages.next() }) };
  const reader = await arrow.RecordBatchReader.from(source as AsyncIterable<Uint8Array>);
  return (await reader.open()) as RecordBatchReader;
}

/** Errors of apache-arrow are about the data, not about lossctl. */
async function guard<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(`${escapeText(name)}: damaged Arrow data: ${escapeText((error as Error).message)}`);
  }
}
