/** Collects rows until a group is complete: a column's groups and the whole file at the end, fixed sizes as they fill. */
import type { Matrix } from '../losses/define.ts';
import type { BoundMatrix } from './domain.ts';

/** Rows of one group, from one or more batches. */
export interface Rows {
  readonly n: number;
  readonly inputs: ReadonlyMap<string, BoundMatrix>;
  readonly weight: Matrix | null;
  readonly slices: Int32Array | null;
  /** Number of each row in the table, from 0; only where rows are printed. */
  readonly numbers: Float64Array | null;
}

/** The rows of several pieces, one after the other. Copies, so that the batches they came from can go. */
export function concatenate(pieces: readonly Rows[]): Rows {
  const [first] = pieces;
  const n = pieces.reduce((sum, piece) => sum + piece.n, 0);
  const join = (width: number, of: (piece: Rows) => ArrayLike<number>): Float64Array => {
    const joined = new Float64Array(n * width);
    let at = 0;
    for (const piece of pieces) {
      const values = of(piece);
      joined.set(values, at);
      at += values.length;
    }
    return joined;
  };
  const inputs = [...first.inputs].map(([name, matrix]): [string, BoundMatrix] => [
    name,
    {
      ...matrix,
      data: join(matrix.width, (piece) => (piece.inputs.get(name) as BoundMatrix).data.subarray(0, piece.n * matrix.width)),
    },
  ]);
  const { weight } = first;
  return {
    n,
    inputs: new Map(inputs),
    weight: weight && { data: join(weight.width, (piece) => (piece.weight as Matrix).data), width: weight.width },
    slices: first.slices && Int32Array.from(join(1, (piece) => piece.slices as Int32Array)),
    numbers: first.numbers && join(1, (piece) => piece.numbers as Float64Array),
  };
}

/** The rows from `start` to `end`, without copying. */
function cut(rows: Rows, start: number, end: number): Rows {
  const part = ({ data, width }: Matrix) => data.subarray(start * width, end * width);
  return {
    n: end - start,
    inputs: new Map([...rows.inputs].map(([name, matrix]) => [name, { ...matrix, data: part(matrix) }])),
    weight: rows.weight && { data: part(rows.weight), width: rows.weight.width },
    slices: rows.slices === null ? null : rows.slices.subarray(start, end),
    numbers: rows.numbers === null ? null : rows.numbers.subarray(start, end),
  };
}

/** Groups of `size` rows in file order, the last one shorter; `size` may be infinite. */
export class SizedGroups {
  readonly #size: number;
  #pieces: Rows[] = [];
  #held = 0;

  constructor(size: number) {
    this.#size = size;
  }

  /** The groups that are complete with these rows. */
  *add(rows: Rows): Generator<Rows> {
    let start = 0;
    while (this.#held + rows.n - start >= this.#size) {
      const end = start + this.#size - this.#held;
      yield concatenate([...this.#pieces, cut(rows, start, end)]);
      this.#pieces = [];
      this.#held = 0;
      start = end;
    }
    if (start === rows.n) return;
    this.#pieces.push(concatenate([cut(rows, start, rows.n)]));
    this.#held += rows.n - start;
  }

  *rest(): Generator<Rows> {
    if (this.#held > 0) yield concatenate(this.#pieces);
  }
}

/** Groups by a column's text. A group may stand anywhere in the file, so all rows are held until its end. */
export class NamedGroups {
  readonly #groups = new Map<string, Rows[]>();

  add(name: string, rows: Rows): void {
    const pieces = this.#groups.get(name) ?? [];
    pieces.push(rows);
    this.#groups.set(name, pieces);
  }

  *rest(): Generator<Rows> {
    for (const pieces of this.#groups.values()) yield concatenate(pieces);
  }
}
