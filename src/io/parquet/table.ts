import { type Batch, type Progress, type ReadOptions, rowsInBatch, type Table, type Wanted } from '../batch.ts';
import type { RandomBytes } from '../bytes/random.ts';
import type { Input } from '../formats.ts';
import { Guard } from '../guard/guard.ts';
import { RowSink } from '../row-sink.ts';
import { fillColumn } from './fill.ts';
import { readFooter } from './footer.ts';
import type { Choice, Contents, GroupBytes, GroupPlan, Opening, Piece } from './protocol.ts';

/** Most values, and bytes in the file, of all columns in one piece: none is large, and few messages are needed. */
const MOST_VALUES = 2 ** 19;
const MOST_BYTES = 2 ** 24;

/**
 * Opens a Parquet file. Its bytes are decoded behind the guard; of these only the wanted columns are read. The compressed bytes of
 * one row group are in memory, and of each column one page and one piece of rows.
 */
export async function openParquet({ name, bytes, random, format, limits }: Input): Promise<Table> {
  const source = await random();
  const footer = await readFooter(name, source);
  const guard = new Guard({ name, task: 'parquet', what: 'Parquet' });
  try {
    const opening: Opening = { footer: ownMemory(footer), size: source.size };
    const { columns } = await guard.call<Contents>('open', opening, footer.length, [opening.footer]);
    let progress: Progress | undefined;

    async function* read(wanted: readonly Wanted[], { batchRows }: ReadOptions): AsyncGenerator<Batch> {
      const sink = new RowSink({ name, columns, wanted, batchRows, hasLines: false, limits });
      const note = (now: Progress) => {
        progress = now;
      };
      for await (const piece of oneAhead(pieces(guard, source, wanted, batchRows, note))) {
        for (let start = 0; start < piece.rows; start += piece.batchRows) {
          const end = Math.min(start + piece.batchRows, piece.rows);
          for (const [k, column] of piece.columns.entries()) fillColumn(column, sink, k, start, end);
          sink.endBlock(end - start);
          yield* sink.take();
        }
      }
      await source.verify();
      yield* sink.finish();
    }

    const close = async () => {
      await guard.close();
      await bytes.close();
    };
    return { name, format, columns, read, progress: () => progress, close };
  } catch (error) {
    await guard.close();
    throw error;
  }
}

/** The rows of all row groups, one piece after the other. */
async function* pieces(
  guard: Guard,
  source: RandomBytes,
  wanted: readonly Wanted[],
  batchRows: number,
  note: (progress: Progress) => void,
): AsyncGenerator<Piece & { readonly batchRows: number }> {
  const choices = wanted.map(({ column, as, labels }): Choice => ({ column, as: as === 'number' && !labels ? 'number' : 'cells' }));
  const groups = await guard.call<readonly GroupPlan[]>('plan', choices);
  const total = groups.reduce((sum, { ranges }) => sum + sizeOf(ranges), 0);
  let before = 0;
  for (const [group, plan] of groups.entries()) {
    const { rows, ranges } = plan;
    if (rows === 0) continue;
    const chunks: ArrayBuffer[] = [];
    for (const [offset, length] of ranges) chunks.push(ownMemory(await source.read(offset, length)));
    await guard.call('group', { group, chunks } satisfies GroupBytes, 0, chunks);
    const size = sizeOf(ranges);
    const rowsOfBatch = rowsInBatch(batchRows, plan.values / rows);
    const most = pieceRows(plan, rowsOfBatch);
    for (let done = 0; done < rows; done += most) {
      note({ bytes: before + (size * done) / rows, total });
      yield { ...(await guard.call<Piece>('take', Math.min(most, rows - done), size)), batchRows: rowsOfBatch };
    }
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
