import { Fault } from '../../fault.ts';
import type { CellPiece } from '../protocol.ts';
import type { Run } from './cursor.ts';
import type { Leaf } from './leaves.ts';
import { Lists } from './lists.ts';
import type { Meaning } from './meaning.ts';
import type { Page } from './page.ts';

/** Most values in lists, and most characters, that become cells at once: unlike numbers, they must fit into the thread's heap. */
const MOST_VALUES = 2 ** 22;
const MOST_TEXT = 2 ** 25;

/** Rows as JSON would have them: values, lists of them, `null`. */
export function cellPiece(runs: readonly Run[], leaf: Leaf, meaning: Meaning): CellPiece {
  const count = new Counter();
  if (leaf.lists.length > 0) return { cells: listCells(runs, leaf, meaning, count) };
  const cells: unknown[] = [];
  const at = new Int32Array(runs.reduce((sum, { from, to }) => sum + to - from, 0));
  let row = 0;
  for (const { page, from, to, value } of runs) {
    const place = placer(page, meaning, cells, count);
    let next = value;
    for (let i = from; i < to; i++) at[row++] = page.defined && page.defined[i] !== leaf.defined ? -1 : place(next++);
  }
  return { cells, at };
}

/** Puts a value among the cells, and gives its place there; one of the dictionary only once. */
function placer({ stored, indices }: Page, meaning: Meaning, cells: unknown[], count: Counter): (value: number) => number {
  const add = (i: number) => cells.push(count.seen(meaning.cell(stored, i))) - 1;
  if (!indices) return add;
  const places = new Map<number, number>();
  return (value) => {
    const index = indices[value] as number;
    let place = places.get(index);
    if (place === undefined) {
      place = add(index);
      places.set(index, place);
    }
    return place;
  };
}

function listCells(runs: readonly Run[], leaf: Leaf, meaning: Meaning, count: Counter): unknown[] {
  const entries = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  if (entries > MOST_VALUES) {
    throw new Fault(
      `has ${entries} values one behind the other in lists that are not all numbers and of one length`,
      'a list of numbers must have the same length in every row',
    );
  }
  const lists = new Lists(leaf.lists);
  for (const { page, from, to, value } of runs) {
    const { stored, indices } = page;
    let next = value;
    for (let i = from; i < to; i++) {
      const defined = page.defined?.[i] ?? leaf.defined;
      const here = defined === leaf.defined ? next++ : -1;
      const cell = here < 0 ? null : count.seen(meaning.cell(stored, indices ? (indices[here] as number) : here));
      lists.add(page.repeated?.[i] as number, defined, cell);
    }
  }
  return lists.rows;
}

class Counter {
  #text = 0;

  seen(cell: unknown): unknown {
    if (typeof cell !== 'string') return cell;
    this.#text += cell.length;
    if (this.#text <= MOST_TEXT) return cell;
    throw new Fault(
      `has more than ${MOST_TEXT} characters of text in rows that are read at once`,
      'name a column of shorter texts, such as an identifier',
    );
  }
}
