/** Losses with a value per row: straight from the batch, or once a group is complete. */
import { Fault } from '../io/fault.ts';
import type { GroupLoss, RowLoss } from '../losses/define.ts';
import { NamedGroups, type Rows, SizedGroups } from './gather.ts';
import { type Chunk, elementsPerRow, take } from './prepare.ts';
import type { Chosen } from './resolve.ts';
import { Scratch } from './scratch.ts';
import { rowsBySlice, takeIds } from './split.ts';
import { Tally } from './tally.ts';
import type { Totals } from './totals.ts';
import { kernelValues } from './values.ts';
import type { View } from './view.ts';

/** Drives one chosen loss over the batches. */
export interface Runner extends Totals {
  push(chunk: Chunk, view: View, slices: Int32Array | null): void;
  /** After the last batch. */
  end(): void;
}

/** Gets the values of rows one by one, beside the sums. */
export interface RowTaker {
  /** `value` has one entry for each of the rows, `out` and `norm` one for each of their `perRow` elements; `norm` is `null` where it is 1. */
  take(rows: Rows, value: Float64Array, out: Float64Array, norm: Float64Array | null, perRow: number): void;
}

function rowsOf({ n, inputs, weight, rows }: Chunk, view: View, slices: Int32Array | null, numbered: boolean): Rows {
  const numbers = numbered ? rowNumbers(view, rows, n) : null;
  return { n, inputs, weight, slices: slices && rows ? takeIds(slices, rows) : slices, numbers };
}

function rowNumbers(view: View, rows: Int32Array | null, n: number): Float64Array {
  const numbers = new Float64Array(n);
  for (let i = 0; i < n; i++) numbers[i] = view.batch.first + (rows ? rows[i] : i);
  return numbers;
}

const FIRST = Int32Array.of(0);
const NONE = new Float64Array(0);

function componentsOf(loss: RowLoss | GroupLoss): NonNullable<RowLoss['components']> {
  return (loss.kind === 'row' && loss.components) || {};
}

/** What kernels write: of one loss at a time. */
const outs = new Scratch();
const norms = new Scratch();

/** Most kernels take no `norm`: it need not be filled, nor looked at. */
function takesNorm({ kernel }: Pick<RowLoss, 'kernel'>): boolean {
  return kernel.length !== 4;
}

class Evaluation {
  readonly tally = new Tally();
  readonly components: ReadonlyMap<string, Tally>;
  readonly #chosen: Chosen;
  readonly #loss: RowLoss | GroupLoss;
  readonly #taker: RowTaker | null;
  readonly #hasNorm: boolean;

  constructor(chosen: Chosen, loss: RowLoss | GroupLoss, taker: RowTaker | null) {
    this.#chosen = chosen;
    this.#loss = loss;
    this.#taker = taker;
    this.components = new Map(Object.keys(componentsOf(loss)).map((name) => [name, new Tally()]));
    this.#hasNorm = [loss, ...Object.values(componentsOf(loss))].some(takesNorm);
  }

  run(rows: Rows): void {
    const { n, inputs, weight, slices } = rows;
    const perRow = elementsPerRow(this.#chosen, inputs);
    const elements = n * perRow;
    const out = outs.of(elements);
    const norm = this.#hasNorm ? norms.of(elements).fill(1, 0, elements) : null;
    const values = kernelValues(this.#loss, inputs);
    this.#loss.kernel(values, this.#chosen.params, elements, out, norm ?? NONE);
    if (this.#loss.kind === 'group' && this.#loss.values === 'group') this.#addGroup(rows, out, norm);
    else {
      this.tally.add({ rows: n, n, perRow, out, norm, weight, slices });
      this.#taker?.take(rows, this.#perRowValues(out, n, perRow), out, norm, perRow);
    }
    for (const [name, tally] of this.components) {
      componentsOf(this.#loss)[name].kernel(values, this.#chosen.params, elements, out, norm ?? NONE);
      tally.add({ rows: n, n, perRow, out, norm, weight, slices });
    }
  }

  /** One value for all these rows: they must agree on what a value carries. Under `none` it stands at the first of them. */
  #addGroup(rows: Rows, out: Float64Array, norm: Float64Array | null): void {
    const single = pick(rows, FIRST);
    if (rows.weight && !rows.weight.data.every((weight) => weight === rows.weight?.data[0])) {
      throw new Fault(
        `${this.#loss.name}: the rows of a group have different weights`,
        'a group has one value: give its rows one weight',
      );
    }
    if (rows.slices && !rows.slices.every((slice) => slice === rows.slices?.[0])) {
      throw new Fault(
        `${this.#loss.name}: a group has rows in different slices`,
        'a group has one value: slice by a column that is the same in all its rows',
      );
    }
    this.tally.add({
      rows: rows.n,
      n: 1,
      perRow: 1,
      out,
      norm,
      weight: single.weight,
      slices: single.slices,
    });
    this.#taker?.take(single, out, out, norm, 1);
  }

  /** How a row reads under `none`: its value, or the mean or sum of its elements. */
  #perRowValues(out: Float64Array, n: number, perRow: number): Float64Array {
    if (perRow === 1) return out.subarray(0, n);
    const mean = this.#loss.kind === 'row' && this.#loss.elements === 'mean';
    return Float64Array.from({ length: n }, (_, row) => {
      let sum = 0;
      for (let i = row * perRow; i < (row + 1) * perRow; i++) sum += out[i];
      return mean ? sum / perRow : sum;
    });
  }
}

/** A loss whose rows do not know of each other: each batch is evaluated as it comes. */
export function rowRunner(chosen: Chosen, loss: RowLoss | GroupLoss, taker: RowTaker | null): Runner {
  const evaluation = new Evaluation(chosen, loss, taker);
  return {
    tally: evaluation.tally,
    components: evaluation.components,
    slots: null,
    groups: null,
    push(chunk, view, slices) {
      if (chunk.n > 0) evaluation.run(rowsOf(chunk, view, slices, taker !== null));
    },
    end() {},
  };
}

/** `size` rows a group, or the groups of a column, whose part in the binding is `column`. `seeGroup` gets each when it is complete. */
export function groupRunner(
  chosen: Chosen,
  loss: GroupLoss,
  taker: RowTaker | null,
  by: { size: number; column: number | null },
  seeGroup: (rows: Rows) => void,
): Runner {
  const evaluation = new Evaluation(chosen, loss, taker);
  const named = new NamedGroups();
  const sized = new SizedGroups(by.size);
  const sizes = { count: 0, smallest: Number.POSITIVE_INFINITY, largest: 0 };
  const run = (rows: Rows) => {
    sizes.count++;
    sizes.smallest = Math.min(sizes.smallest, rows.n);
    sizes.largest = Math.max(sizes.largest, rows.n);
    seeGroup(rows);
    evaluation.run(rows);
  };
  return {
    tally: evaluation.tally,
    components: evaluation.components,
    slots: null,
    groups: sizes,
    push(chunk, view, slices) {
      if (chunk.n === 0) return;
      const rows = rowsOf(chunk, view, slices, taker !== null);
      if (by.column === null) {
        for (const group of sized.add(rows)) run(group);
        return;
      }
      const names = view.texts(by.column);
      for (const [name, members] of membersByName(names, chunk.rows, chunk.n)) named.add(name, pick(rows, members));
    },
    end() {
      for (const group of by.column === null ? sized.rest() : named.rest()) run(group);
    },
  };
}

function membersByName(names: readonly string[], rows: Int32Array | null, n: number): [string, Int32Array][] {
  const ids = new Map<string, number>();
  const idOf = Int32Array.from({ length: n }, (_, i) => {
    const name = names[rows ? rows[i] : i];
    const id = ids.get(name) ?? ids.size;
    ids.set(name, id);
    return id;
  });
  const members = rowsBySlice(idOf);
  return [...ids].map(([name, id]) => [name, members.get(id) as Int32Array]);
}

function pick(rows: Rows, members: Int32Array): Rows {
  return {
    n: members.length,
    inputs: new Map([...rows.inputs].map(([name, matrix]) => [name, { ...matrix, ...take(matrix, members) }])),
    weight: rows.weight && take(rows.weight, members),
    slices: rows.slices && takeIds(rows.slices, members),
    numbers: rows.numbers && (take({ data: rows.numbers, width: 1 }, members).data as Float64Array),
  };
}
