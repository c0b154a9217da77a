/** A batch -> the rows one loss evaluates: what is missing or ignored taken out, labels and boxes in one form, domains checked. */
import { Fault } from '../io/fault.ts';
import type { Input, Matrix, Numbers } from '../losses/define.ts';
import type { BoundInput } from './bind.ts';
import { type ConventionFacts, divided, divisorOf, LabelConvention, toCorners } from './convert.ts';
import { type BoundMatrix, checkClasses, checkDomain, checkLists, checkWidths } from './domain.ts';
import { layOutMasks } from './masks.ts';
import type { Chosen } from './resolve.ts';
import { INFINITE, MISSING, type View } from './view.ts';

export type NanPolicy = 'error' | 'skip' | 'propagate';

/** What became of a row. */
export const KEPT = 0;
export const SKIPPED = 1;
export const IGNORED = 2;

/** Rows ready for a kernel. */
export interface Chunk {
  readonly n: number;
  readonly inputs: ReadonlyMap<string, BoundMatrix>;
  /** Width 1, or a weight for each element. */
  readonly weight: Matrix | null;
  /** Position in the batch of each row; `null` when they are all there, in order. */
  readonly rows: Int32Array | null;
  /** For each row of the batch, KEPT, SKIPPED or IGNORED; `null` when all are kept. */
  readonly fate: Uint8Array | null;
}

/** A column one loss reads, and which flaws it cannot take. */
export interface Check {
  readonly part: number;
  readonly bits: number;
}

const WEIGHT: Input = { shape: 'element', holds: 'real', doc: 'weight of the row', min: 0, hint: 'weights are 0 or more' };

export class Preparer {
  readonly checks: readonly Check[];
  readonly #chosen: Chosen;
  readonly #bound: readonly BoundInput[];
  readonly #weight: readonly number[] | null;
  readonly #skip: boolean;
  readonly #conventions = new Map<string, LabelConvention>();

  constructor(
    chosen: Chosen,
    bound: readonly BoundInput[],
    weight: readonly number[] | null,
    options: { nan: NanPolicy; allowInf: boolean },
  ) {
    this.#chosen = chosen;
    this.#bound = bound;
    this.#weight = weight;
    this.#skip = options.nan === 'skip';
    const takesInfinity = ({ holds }: Input) => options.allowInf && (holds === 'logit' || holds === 'log-prob');
    this.checks = [
      ...bound.flatMap(({ input, parts }) =>
        parts.map((part) => ({ part, bits: takesInfinity(input) ? MISSING : MISSING | INFINITE })),
      ),
      ...(weight ?? []).map((part) => ({ part, bits: MISSING | INFINITE })),
    ];
  }

  /** How the columns seen so far write a negative label, by their input. */
  get conventions(): ReadonlyMap<string, ConventionFacts> {
    return new Map([...this.#conventions].map(([name, { facts }]) => [name, facts]));
  }

  /** Adds what was found in the rows that come next; false where they contradict those before. */
  absorbConventions(next: ReadonlyMap<string, ConventionFacts>): boolean {
    return [...next].every(([name, facts]) => this.#convention(name).absorb(facts));
  }

  prepare(view: View): Chunk {
    const fate = this.#fates(view);
    const rows = fate && keptRows(fate);
    const n = rows ? rows.length : view.batch.rows;
    const inputs = new Map<string, BoundMatrix>();
    for (const { name, role, input, parts } of this.#bound) {
      const overrides = this.#chosen.loss.domain?.(this.#chosen.params)[role];
      const where = (row: number, element: number) => view.where(parts, rows ? rows[row] : row, element);
      const packed = view.matrix(parts);
      const matrix = { ...packed, ...take(packed, rows), role, input: overrides ? { ...input, ...overrides } : input, where };
      inputs.set(name, matrix);
    }
    if (n > 0) {
      layOutMasks(this.#chosen, inputs, this.#bound[0]?.classes, n);
      checkWidths(this.#chosen.loss.name, inputs.values());
      checkLists(this.#chosen.loss, this.#chosen.params, inputs.values());
    }
    for (const [name, matrix] of inputs) inputs.set(name, this.#convertAndCheck(name, matrix, n, inputs));
    return { n, inputs, weight: this.#weights(view, rows, n, inputs), rows, fate };
  }

  #fates(view: View): Uint8Array | null {
    let fate: Uint8Array | null = null;
    if (this.#skip) {
      for (const { part, bits } of this.checks) {
        const flaws = view.flawsOf(part);
        if (!flaws) continue;
        fate ??= new Uint8Array(view.batch.rows);
        for (let row = 0; row < flaws.length; row++) if (flaws[row] & bits) fate[row] = SKIPPED;
      }
    }
    const { ignoreIndex } = this.#chosen.params;
    const target = this.#bound.find(({ role }) => role === 'target');
    if (typeof ignoreIndex !== 'number' || !target) return fate;
    const { data, width } = view.matrix(target.parts);
    if (width !== 1 && target.input.holds === 'classes') return fate; // probabilities have no index to ignore
    for (let row = 0; row < view.batch.rows; row++) {
      if (!areAll(data, row * width, (row + 1) * width, ignoreIndex)) continue;
      fate ??= new Uint8Array(view.batch.rows);
      if (fate[row] === KEPT) fate[row] = IGNORED;
    }
    return fate;
  }

  #convertAndCheck(name: string, matrix: BoundMatrix, n: number, all: ReadonlyMap<string, BoundMatrix>): BoundMatrix {
    const { holds } = matrix.input;
    if (holds === 'classes') {
      const scores = [...all.values()].find(({ input }) => input.shape === 'vector' && input.holds !== 'classes');
      // one score per row is that of class 1 of two
      checkClasses(matrix, n, scores ? (scores.channels ?? Math.max(2, scores.width)) : Number.POSITIVE_INFINITY);
      return matrix;
    }
    const converted = this.#converted(name, matrix, n);
    checkDomain(converted, n);
    return converted;
  }

  #converted(name: string, matrix: BoundMatrix, n: number): BoundMatrix {
    const { holds } = matrix.input;
    if (holds === 'binary' || holds === 'sign') return this.#convention(name).apply(matrix, n, holds === 'sign' ? -1 : 0);
    if (holds === 'box') return toCorners(matrix, n, String(this.#chosen.params.boxes));
    const divisor = divisorOf(this.#chosen, holds);
    return divisor === 1 ? matrix : divided(matrix, n, divisor);
  }

  #convention(name: string): LabelConvention {
    const known = this.#conventions.get(name) ?? new LabelConvention();
    this.#conventions.set(name, known);
    return known;
  }

  #weights(view: View, rows: Int32Array | null, n: number, inputs: ReadonlyMap<string, BoundMatrix>): Matrix | null {
    if (!this.#weight) return null;
    const parts = this.#weight;
    const where = (row: number, element: number) => view.where(parts, rows ? rows[row] : row, element);
    const matrix = take(view.matrix(parts), rows);
    checkDomain({ ...matrix, role: 'weight', input: WEIGHT, where }, n);
    const perRow = elementsPerRow(this.#chosen, inputs);
    if (matrix.width === 1 || matrix.width === perRow) return matrix;
    throw new Fault(
      `${this.#chosen.loss.name}: --weight has ${matrix.width} values a row`,
      perRow === 1 ? 'name one column: this loss has one value a row' : `name one column, or ${perRow}: one for each element`,
      'D19',
    );
  }
}

/** How many values the kernel gives for a row. */
export function elementsPerRow({ loss }: Chosen, inputs: ReadonlyMap<string, BoundMatrix>): number {
  if (loss.kind !== 'row' || !loss.elements) return 1;
  return Math.max(1, ...[...inputs.values()].map(({ width }) => width));
}

/** Whether nothing but this value is left: a row, or every pixel of a mask. */
function areAll(data: Numbers, start: number, end: number, value: number): boolean {
  for (let i = start; i < end; i++) if (data[i] !== value) return false;
  return true;
}

function keptRows(fate: Uint8Array): Int32Array {
  const rows = new Int32Array(fate.length);
  let n = 0;
  for (let row = 0; row < fate.length; row++) if (fate[row] === KEPT) rows[n++] = row;
  return rows.subarray(0, n);
}

/** The given rows of a matrix, copied; the matrix itself for all rows. */
export function take(matrix: Matrix, rows: Int32Array | null): Matrix {
  if (!rows) return matrix;
  const { data, width } = matrix;
  const taken: Numbers = new Float64Array(rows.length * width);
  for (let i = 0; i < rows.length; i++) {
    for (let j = 0; j < width; j++) taken[i * width + j] = data[rows[i] * width + j];
  }
  return { data: taken, width };
}
