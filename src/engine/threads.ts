/** One pass by many threads: pieces of the table go out, parts of the sums come back, and are added in the order of the table. */
import type { Batch, Column, Extent, Piece, Pieces, Shape, Table, Wanted } from '../io/batch.ts';
import { batchPieces, isPlaceless } from './batch-pieces.ts';
import type { Part } from './part.ts';
import type { Pass } from './pass.ts';

/** What other threads have to know, as plain data. */
export interface Job {
  /** How pieces are opened. */
  readonly origin: unknown;
  /** Of the wanted columns: decided by the first row of a table, whichever thread reads the others. */
  readonly shapes: readonly (Shape | undefined)[];
}

/** What a thread made of a piece. */
export interface Found {
  /** `null` where a thread cannot judge it alone. */
  readonly part: Part | null;
  readonly extent?: Extent | undefined;
}

/** Threads at work on one table, of which this one may be one. */
export interface Crew {
  /** Whether all of them have started, once what they had to say was heard. Until then, this thread works alone. */
  isReady(): Promise<boolean>;
  /** Whether one of them waits for a piece. */
  readonly isFree: boolean;
  /** Most pieces that may be out at a time, evaluated or not: they are held until those before them have been added. */
  readonly room: number;
  /** Before the first piece. */
  begin(job: Job): void;
  evaluate(piece: Piece): Promise<Found>;
  close(): Promise<void>;
}

/** Threads that are started once there is enough for them. */
export interface Crews {
  /** How large a piece is worth sending. */
  readonly pieceBytes: number;
  start(): Crew;
  /** A clock, in milliseconds. It decides which thread does the work, never what comes of it. */
  now(): number;
}

/** Milliseconds that this thread works before it starts others: as long as they take to start. For a table of so many pieces, none. */
const STARTING = 100;
const LONG = 32;
/** Pieces that this thread reads: after so many it is known how long that takes, and how long what others can do. */
const ALONE = 3;
/** How many times as long the latter has to take: handing on costs as well. */
const WORTH_HANDING_ON = 2;

/**
 * The batches that this thread has to see itself; all others are added to the pass on the way. It sees the first pieces, until the other threads have
 * started, and knows from them what holds for all rows. The first piece that another thread cannot judge, because it is at fault or does not fit
 * the rows before it, is seen here too, with all that follows: so a fault reads as if there were no threads.
 */
export async function* shared(
  pass: Pass,
  table: Table,
  wanted: readonly Wanted[],
  options: { readonly batchRows: number; readonly onBatch?: (rows: number) => Promise<void> },
  { pieceBytes, start, now }: Crews,
): AsyncGenerator<Batch> {
  const pieces = (await table.pieces?.(pieceBytes)) ?? batchPieces(table, wanted, options, pieceBytes);
  if (!pieces) {
    yield* table.read(wanted, options);
    return;
  }
  const total = table.progress?.()?.total ?? 0;
  let crew = !pieces.areRead && total >= LONG * pieceBytes ? start() : undefined;
  try {
    let shaped = wanted;
    const started = now();
    let piece = await pieces.next();
    let reading = now() - started;
    for (let seen = 1; piece && (seen === 1 || !(await crew?.isReady())); seen++) {
      const opened = pieces.open(piece, pass.rows);
      const began = now();
      for await (const batch of opened.read(shaped, options)) {
        shaped = wanted.map((one, k) => withShape(one, batch.columns[k] as Column));
        yield batch;
      }
      pieces.done(piece, opened.extent?.());
      piece = undefined;
      const seeing = now() - began;
      if (seen === ALONE && pieces.areRead && seeing < WORTH_HANDING_ON * reading) break;
      if ((seen >= ALONE || !pieces.areRead) && now() - started > STARTING) crew ??= start();
      const before = now();
      piece = await pieces.next();
      reading = now() - before;
    }
    let left = piece ? [piece] : [];
    if (crew && piece && !pass.hasGaps) {
      crew.begin({ origin: pieces.origin, shapes: shaped.map(({ shape }) => shape) });
      left = await share(pass, pieces, piece, crew, options.onBatch);
    }
    yield* pieces.rest(left, pass.rows).read(shaped, options);
  } finally {
    await crew?.close();
  }
}

/** Returns the pieces that were taken and not added: none when all went well. */
async function share(
  pass: Pass,
  pieces: Pieces,
  first: Piece,
  crew: Crew,
  onBatch: ((rows: number) => Promise<void>) | undefined,
): Promise<Piece[]> {
  let ahead: Piece | undefined = first;
  const out: Out[] = [];
  const add = (piece: Piece, { part, extent }: Found): boolean => {
    if (pieces.follows?.(piece, extent) === false) return false;
    if (!part || !pass.absorb(part, isPlaceless(piece))) return false;
    pieces.done(piece, extent);
    return true;
  };
  for (;;) {
    while (crew.isFree && out.length < crew.room) {
      const piece = ahead ?? (await pieces.next());
      ahead = undefined;
      if (!piece) break;
      out.push(sent(piece, crew));
    }
    const [next] = out;
    if (!next) return [];
    if (!next.found) {
      await Promise.race(out.filter(({ found }) => !found).map(({ answer }) => answer)); // whoever was first is free again
      continue;
    }
    if (!add(next.piece, next.found)) {
      const again = pieces.again?.(next.piece);
      if (again !== null && (!again || !add(again, await crew.evaluate(again)))) return out.map(({ piece }) => piece);
    }
    out.shift();
    await onBatch?.(pass.rows);
  }
}

/** A piece that a thread has. */
interface Out {
  readonly piece: Piece;
  readonly answer: Promise<void>;
  /** Once it has answered. */
  found?: Found;
}

function sent(piece: Piece, crew: Crew): Out {
  const answer = crew.evaluate(piece).then((found) => {
    out.found = found;
  });
  answer.catch(() => {}); // is heard when it is waited for, which may never be
  const out: Out = { piece, answer };
  return out;
}

function withShape(wanted: Wanted, column: Column): Wanted {
  if (column.kind === 'text') return wanted;
  const { width, dims } = column;
  return { ...wanted, shape: { width, ...(dims && { dims }) } };
}
