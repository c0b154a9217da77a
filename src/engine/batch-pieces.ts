/** Any table in pieces: this thread reads, others evaluate what it has read. */
import type { Batch, NumberColumn, Numbers, Piece, Pieces, PieceTable, Table, Wanted } from '../io/batch.ts';

/**
 * `null` where texts are wanted: copying them for another thread takes as long as evaluating their rows. Memory: the pieces that are
 * out, of `bytes` or one batch.
 */
export function batchPieces(
  table: Table,
  wanted: readonly Wanted[],
  options: { readonly batchRows: number },
  bytes: number,
): Pieces | null {
  if (wanted.some(({ as }) => as !== 'number')) return null;
  const source = table.read(wanted, options)[Symbol.asyncIterator]();
  const memory = new SharedMemory();
  let failure: { readonly error: unknown } | undefined;

  async function read(): Promise<Batch | undefined> {
    if (failure) return undefined;
    try {
      const { done, value } = await source.next();
      return done ? undefined : memory.hold(value);
    } catch (error) {
      failure = { error };
      return undefined;
    }
  }

  async function* rest(pieces: readonly Piece[]): AsyncGenerator<Batch> {
    for (const { batches = [] } of pieces) yield* batches;
    if (failure) throw failure.error;
    yield* { [Symbol.asyncIterator]: () => source };
  }

  return {
    origin: null,
    areRead: true,
    async next() {
      const batches: Batch[] = [];
      for (let size = 0; size < bytes; size += sizeOf(batches.at(-1) as Batch)) {
        const batch = await read();
        if (!batch) break;
        batches.push(batch);
      }
      return batches.length > 0 ? { batches } : undefined;
    },
    done({ batches = [] }) {
      for (const batch of batches) memory.release(batch);
    },
    open: ({ batches = [] }) => batchTable(batches),
    rest: (pieces) => ({ read: () => rest(pieces) }),
  };
}

/** Batches that have been read. */
export function batchTable(batches: readonly Batch[]): PieceTable {
  return {
    async *read() {
      yield* batches;
    },
  };
}

/** The piece without what cannot go to another thread: functions. */
export function sendable(piece: Piece): Piece {
  return piece.batches ? { ...piece, batches: piece.batches.map(({ place, ...batch }) => batch) } : piece;
}

/** Whether another thread cannot tell where a row of the piece came from. */
export function isPlaceless({ batches = [], range }: Piece): boolean {
  return batches.some(({ place }) => place !== undefined) || (range !== undefined && range.line === undefined);
}

function numbersOf({ columns }: Batch): NumberColumn[] {
  return columns.flatMap((column) => (column.kind === 'number' ? [column] : []));
}

function sizeOf(batch: Batch): number {
  return numbersOf(batch).reduce((sum, { values }) => sum + Math.ceil(values.byteLength / 8) * 8, 0);
}

/** Most blocks of memory that wait for a batch of their size. */
const MOST_FREE = 64;

/** Numbers where all threads can read them. Blocks are used again: those that are not go to waste faster than they are collected. */
class SharedMemory {
  readonly #free: SharedArrayBuffer[] = [];

  /** The same batch, its numbers in one block. */
  hold(batch: Batch): Batch {
    const size = sizeOf(batch);
    const known = this.#free.findIndex(({ byteLength }) => byteLength === size);
    const block = known < 0 ? new SharedArrayBuffer(size) : (this.#free.splice(known, 1)[0] as SharedArrayBuffer);
    let at = 0;
    const columns = batch.columns.map((column) => {
      if (column.kind !== 'number') return column;
      const values = copied(column.values, block, at);
      at += Math.ceil(values.byteLength / 8) * 8;
      return { ...column, values };
    });
    return { ...batch, columns };
  }

  release(batch: Batch): void {
    const buffer = numbersOf(batch)[0]?.values.buffer;
    if (buffer instanceof SharedArrayBuffer && this.#free.length < MOST_FREE) this.#free.push(buffer);
  }
}

function copied(values: Numbers, block: SharedArrayBuffer, at: number): Numbers {
  const Kind = values.constructor as new (buffer: SharedArrayBuffer, at: number, length: number) => Numbers;
  const copy = new Kind(block, at, values.length);
  copy.set(values);
  return copy;
}
