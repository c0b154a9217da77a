import { type Batch, type Progress, type ReadOptions, rowsInBatch, type Table, type Wanted } from '../batch.ts';
import { Memory } from '../bytes/memory.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { Input } from '../formats.ts';
import { RowSink } from '../row-sink.ts';
import { Decoders, type Planned } from './decoders.ts';
import { fillColumn } from './fill.ts';
import { readFooter } from './footer.ts';
import type { Choice, GroupBytes, GroupPlan, Piece } from './protocol.ts';

/** Most values, and bytes in the file, of all columns in one piece that another thread decodes: none is large, and few messages are needed. */
const MOST_VALUES = 2 ** 19;
const MOST_BYTES = 2 ** 24;

/**
 * Opens a Parquet file; of these only the wanted columns are read. The compressed bytes of one row group are in memory, and of each column
 * one page and one piece of rows.
 */
export async function openParquet({ name, bytes, random, format, limits }: Input): Promise<Table> {
  const source = await random();
  const footer = await readFooter(name, source);
  const decoders = new Decoders(name, { footer: ownMemory(footer), size: source.size });
  try {
    const { columns } = await decoders.contents();
    let progress: Progress | undefined;

    async function* read(wanted: readonly Wanted[], { batchRows, transient = false }: ReadOptions): AsyncGenerator<Batch> {
      const choices = wanted.map(
        ({ column, as, labels }): Choice => ({ column, as: as === 'number' && !labels ? 'number' : 'cells' }),
      );
      const planned = await decoders.plan({ choices, lends: transient });
      const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: false, limits });
      const note = (now: Progress) => {
        progress = now;
      };
      const all = piecesOf(openGroups(planned, source, batchRows, note));
      for await (const piece of planned.isGuarded ? oneAhead(all) : all) {
        for (let start = 0; start < piece.rows; start += piece.batchRows) yield* batchesOf(piece, sink, start);
      }
      await source.verify();
      yield* sink.finish();
    }

    const close = async () => {
      await decoders.close();
      await bytes.close();
    };
    return { name, format, columns, read, progress: () => progress, close };
  } catch (error) {
    await decoders.close();
    throw error;
  }
}

/** The rows of a batch, and those that waited for them. */
function batchesOf(piece: BatchedPiece, sink: RowSink, start: number): Iterable<Batch> {
  const end = Math.min(start + piece.batchRows, piece.rows);
  for (const [k, column] of piece.columns.entries()) fillColumn(column, sink, k, start, end);
  sink.endBlock(end - start);
  return sink.take();
}

interface BatchedPiece extends Piece {
  /** Most of its rows in one batch. */
  readonly batchRows: number;
}

/** A row group whose bytes the decoder has. */
interface OpenGroup {
  readonly rows: number;
  /** Most rows in a piece. */
  readonly most: number;
  /** The piece that comes next, behind so many rows. */
  take(done: number): Promise<BatchedPiece>;
}

/** The rows of all row groups, one piece after the other. So short because V8 compiles long generators that go on often, for 30 ms. */
async function* piecesOf(groups: AsyncIterable<OpenGroup>): AsyncGenerator<BatchedPiece> {
  for await (const group of groups) for (let done = 0; done < group.rows; done += group.most) yield group.take(done);
}

async function* openGroups(
  { decoder, groups, isGuarded }: Planned,
  source: RandomBytes,
  batchRows: number,
  note: (progress: Progress) => void,
): AsyncGenerator<OpenGroup> {
  const total = groups.reduce((sum, { ranges }) => sum + sizeOf(ranges), 0);
  const memories = groups[0]?.ranges.map(() => new Memory());
  let before = 0;
  for (const [group, plan] of groups.entries()) {
    const { rows, ranges } = plan;
    if (rows === 0) continue;
    const chunks: Uint8Array[] = [];
    for (const [k, [offset, length]] of ranges.entries()) {
      const chunk = await source.read(offset, length, isGuarded ? undefined : memories?.[k]);
      chunks.push(isGuarded ? new Uint8Array(ownMemory(chunk)) : chunk);
    }
    const memory = chunks.map(({ buffer }) => buffer as ArrayBuffer);
    await decoder.call('group', { group, chunks } satisfies GroupBytes, 0, memory);
    const size = sizeOf(ranges);
    const inBatch = rowsInBatch(batchRows, plan.values / rows);
    const most = isGuarded ? pieceRows(plan, inBatch) : inBatch;
    yield {
      rows,
      most,
      async take(done) {
        note({ bytes: before + (size * done) / rows, total });
        return { ...(await decoder.call<Piece>('take', Math.min(most, rows - done), size)), batchRows: inBatch };
      },
    };
    before += size;
  }
}

function sizeOf(ranges: GroupPlan['ranges']): number {
  return ranges.reduce((sum, [, length]) => sum + length, 0);
}

/** Whole batches, as many as fit into a piece. */
function pieceRows({ rows, values, bytes }: GroupPlan, batchRows: number): number {
  const share = Math.min(1, MOST_VALUES / values, MOST_BYTES / bytes);
  const fit = Math.max(1, Math.floor(share * rows));
  return fit <= batchRows ? fit : fit - (fit % batchRows);
}

/** Asks for the next piece before the last one is used: it is decoded meanwhile. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const ask = () => {
    const next = source.next();
    next.catch(() => {}); // is heard when it is waited for, which may never be
    return next;
  };
  for (let next = ask(); ; ) {
    const { done, value } = await next;
    if (done) return;
    next = ask();
    yield value;
  }
}

/** Memory that can move to the thread: small buffers share theirs. */
function ownMemory(bytes: Buffer): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  return (byteLength === buffer.byteLength ? buffer : new Uint8Array(bytes).buffer) as ArrayBuffer;
}
