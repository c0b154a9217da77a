/** What the threads of a run are told before the first piece: plain data, of which each makes the same losses and the same binding. */
import { batchTable } from '../../engine/batch-pieces.ts';
import { type Binding, type BindOptions, bind } from '../../engine/bind.ts';
import type { RunOptions } from '../../engine/options.ts';
import { Pass } from '../../engine/pass.ts';
import type { Chosen } from '../../engine/resolve.ts';
import type { Found, Job } from '../../engine/threads.ts';
import type { Piece, PieceTable } from '../../io/batch.ts';
import { Fault } from '../../io/fault.ts';
import { type Origin, openPiece } from '../../io/pieces.ts';
import { LOSSES } from '../../losses/index.ts';

/** A loss as it will be run, by its name. */
type Named = Omit<Chosen, 'loss'> & { readonly name: string };

export interface Assignment {
  readonly table: { readonly name: string; readonly format: string; readonly columns: readonly string[] };
  readonly chosen: readonly Named[];
  readonly bind: BindOptions;
  readonly options: Omit<RunOptions, 'onRow' | 'onBatch'>;
}

export function assign(
  { name, format, columns }: Assignment['table'],
  chosen: readonly Chosen[],
  bindOptions: BindOptions,
  { onRow: _onRow, onBatch: _onBatch, ...options }: RunOptions,
): Assignment {
  const named = chosen.map(({ loss, ...rest }): Named => ({ ...rest, name: loss.name }));
  return { table: { name, format, columns }, chosen: named, bind: bindOptions, options };
}

/** Evaluates a piece; its part is `null` where the thread that has the rows before it must. */
export async function evaluatePiece(assignment: Assignment, { origin, shapes }: Job, piece: Piece): Promise<Found> {
  const { table, options } = assignment;
  const chosen = assignment.chosen.map(({ name, ...rest }): Chosen => ({ ...rest, loss: lossNamed(name) }));
  const bound = bind(table, chosen, assignment.bind);
  const wanted = bound.wanted.map((one, k) => ({ ...one, ...(shapes[k] && { shape: shapes[k] }) }));
  const binding: Binding = { ...bound, wanted };
  const opened: PieceTable = piece.batches ? batchTable(piece.batches) : await openPiece(origin as Origin, piece);
  const pass = new Pass({ ...table, ...opened, close: async () => {} }, chosen, binding, options);
  try {
    for await (const batch of opened.read(wanted, { ...options, transient: true })) pass.see(batch);
  } catch (error) {
    if (error instanceof Fault) return { part: null }; // is found again, and told, by the thread that has the rows before it
    throw error;
  }
  return { part: pass.part(), extent: opened.extent?.() };
}

function lossNamed(name: string): Chosen['loss'] {
  const loss = LOSSES.find((one) => one.name === name);
  if (!loss) throw new Error(`there is no loss ${name}`);
  return loss;
}
