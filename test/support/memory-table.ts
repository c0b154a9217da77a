/** A table made of arrays, and a run over it: the engine without files. */
import { findConstants } from '../../src/engine/best-constant.ts';
import { type BindOptions, bind } from '../../src/engine/bind.ts';
import type { RunOptions } from '../../src/engine/options.ts';
import type { Part } from '../../src/engine/part.ts';
import { type Outcome, Pass } from '../../src/engine/pass.ts';
import { resolve } from '../../src/engine/resolve.ts';
import type { Result, RowValues, Warning } from '../../src/engine/result.ts';
import { run } from '../../src/engine/run.ts';
import type { Batch, Column, PieceTable, Table, Wanted } from '../../src/io/batch.ts';
import type { Reduction } from '../../src/losses/define.ts';
import { LOSSES } from '../../src/losses/index.ts';
import type { LibraryName } from '../../src/losses/libraries.ts';
import { pretendedCrews } from './crews.ts';

/** A number, a text, a vector, lists of vectors, or nothing. */
export type Cell = number | string | null | Lists;
export type Lists = readonly (number | Lists)[];
export type Columns = Readonly<Record<string, readonly Cell[]>>;

/** Numbers of a batch that is done with are spoilt: whoever has kept them computes something else. */
function memoryPart(columns: Columns, [from, to]: readonly [number, number]): PieceTable {
  return {
    async *read(wanted, { batchRows, transient }) {
      for (let first = from; first < to; first += batchRows) {
        const batch = batchOf(columns, Object.keys(columns), wanted, first, Math.min(to, first + batchRows));
        yield batch;
        if (transient) for (const column of batch.columns) if (column.kind === 'number') column.values.fill(Number.NaN);
      }
    },
  };
}

export function memoryTable(columns: Columns): Table {
  const names = Object.keys(columns);
  const rows = columns[names[0]].length;
  return {
    name: 'memory',
    format: 'memory',
    columns: names,
    ...memoryPart(columns, [0, rows]),
    async pieces(size) {
      let at = 0;
      return {
        origin: null,
        async next() {
          const from = at;
          at = Math.min(rows, at + size);
          return from < rows ? { rows: [from, at] } : undefined;
        },
        done() {},
        open: (piece) => memoryPart(columns, piece.rows as [number, number]),
        rest: (pieces) => memoryPart(columns, [pieces[0]?.rows?.[0] ?? at, rows]),
      };
    },
    async close() {},
  };
}

function batchOf(columns: Columns, names: readonly string[], wanted: readonly Wanted[], first: number, end: number): Batch {
  const lines = Float64Array.from({ length: end - first }, (_, i) => first + i + 2); // as in a CSV file with a header
  return {
    rows: end - first,
    first,
    lines,
    columns: wanted.map((one) => columnOf(columns[names[one.column]].slice(first, end), one)),
  };
}

function columnOf(cells: readonly Cell[], { as, labels }: Wanted): Column {
  if (as === 'text') return { kind: 'text', values: cells.map((cell) => (cell === null ? '' : String(cell))) };
  const missing = new Map<number, string>();
  const vectors = cells.map((cell) => (typeof cell === 'object' && cell !== null ? flatten(cell) : null));
  const width = vectors.reduce((widest, vector) => Math.max(widest, vector?.length ?? 1), 1);
  const dims = dimsOf(cells[0]);
  const values = cells.flatMap((cell, row) => {
    const vector = vectors[row];
    if (vector) return vector;
    if (cell === null || Number.isNaN(cell)) missing.set(row, cell === null ? '' : 'NaN');
    return [cell === null ? Number.NaN : (labels?.get(String(cell)) ?? Number(cell))];
  });
  return { kind: 'number', values: Float64Array.from(values), width, missing, ...(dims.length > 1 && { dims }) };
}

function flatten(lists: Lists): number[] {
  return lists.flatMap((inner) => (typeof inner === 'number' ? [inner] : flatten(inner)));
}

/** Lengths of lists within lists, by the first of each. */
function dimsOf(cell: Cell | undefined): number[] {
  return Array.isArray(cell) ? [cell.length, ...dimsOf(cell[0])] : [];
}

export interface Evaluation extends Partial<BindOptions>, Partial<RunOptions> {
  readonly loss: string | readonly string[];
  readonly params?: Readonly<Record<string, string>>;
  readonly columnsOf?: Readonly<Record<string, string>>;
  readonly reduction?: Reduction;
  readonly compat?: LibraryName;
  /** Evaluates pieces of so many rows apart, as threads do. */
  readonly pieceRows?: number;
  /** What becomes of their parts on the way. */
  readonly tamper?: (part: Part) => Part;
}

/** Runs `lossctl eval` without its command line. */
export async function evaluate(columns: Columns, evaluation: Evaluation): Promise<Result[]> {
  return [...(await outcomeOf(columns, evaluation)).results];
}

export async function evaluateFindings(columns: Columns, evaluation: Evaluation): Promise<Warning[]> {
  return [...(await outcomeOf(columns, evaluation)).findings];
}

/** The same with `--relative`. */
export async function evaluateRelative(columns: Columns, evaluation: Evaluation): Promise<Result[]> {
  return [...(await outcomeOf(columns, evaluation, true)).results];
}

/** All that a run gives. */
export async function outcomeOf(columns: Columns, evaluation: Evaluation, relative = false): Promise<Outcome> {
  const specs = typeof evaluation.loss === 'string' ? [evaluation.loss] : evaluation.loss;
  const chosen = resolve(LOSSES, {
    specs,
    flags: new Map(Object.entries(evaluation.params ?? {})),
    reduction: evaluation.reduction,
    compat: evaluation.compat,
  });
  const table = memoryTable(columns);
  const bound = () => bind(table, chosen, { by: [], ...evaluation, roles: new Map(Object.entries(evaluation.columnsOf ?? {})) });
  const binding = bound();
  const options = {
    nan: 'error',
    allowInf: false,
    batchRows: 8192,
    groupSize: Number.POSITIVE_INFINITY,
    allow: new Set<string>(),
    ...evaluation,
  } as const;
  const constants = relative ? await findConstants(table, chosen, binding, options) : undefined;
  const how = { ...options, ...(constants && { constants }) };
  const { pieceRows } = evaluation;
  if (pieceRows === undefined) return run(table, chosen, binding, how);
  const crews = pretendedCrews(
    pieceRows,
    async ({ rows }) => {
      const own = bound();
      const pass = new Pass(table, chosen, own, how);
      for await (const batch of memoryPart(columns, rows as [number, number]).read(own.wanted, how)) pass.see(batch);
      return { part: pass.part() };
    },
    evaluation.tamper,
  );
  return run(table, chosen, binding, how, crews);
}

export async function evaluateRows(columns: Columns, evaluation: Evaluation): Promise<RowValues[]> {
  const rows: RowValues[] = [];
  await evaluate(columns, { ...evaluation, reduction: 'none', onRow: (row) => rows.push(row) });
  return rows;
}
