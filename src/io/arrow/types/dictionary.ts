import type { Entries, Field, Parts, Type, Vector } from '../field.ts';
import { damage } from '../refusal.ts';
import { checkSize } from '../size.ts';

/** Indices of values, which come in messages of their own. */
export function dictionaryType(indices: Type, values: Field): Type {
  const { notNumbers, read } = values.type;
  return {
    name: `dictionary<values=${values.type.name}, indices=${indices.name}>`,
    validity: true,
    buffers: indices.buffers,
    children: [],
    ...(notNumbers !== undefined && { notNumbers }),
    // A dictionary of lists would let a few bytes stand for any number of values.
    ...(read && values.type.children.length === 0 && { read: (parts: Parts) => vector(parts, indices) }),
  };
}

function vector(parts: Parts, indices: Type): Vector {
  const { dictionary, rows } = parts;
  if (!dictionary) throw damage('a dictionary that is missing');
  const index = (indices.read as NonNullable<Type['read']>)(parts);
  for (let row = 0; row < rows; row++) {
    const entry = index.cell(row);
    if (entry !== null && !(Number(entry) >= 0 && Number(entry) < dictionary.length))
      throw damage('an index outside its dictionary');
  }
  return {
    rows,
    cell(row) {
      const entry = index.cell(row);
      return entry === null ? null : dictionary.cell(Number(entry));
    },
  };
}

interface Stretch {
  /** Index of its first value. */
  readonly first: number;
  readonly values: Vector;
}

/** The values of one dictionary, which may grow. Each is made once: many rows share a text. */
export class Dictionary implements Entries {
  readonly #stretches: Stretch[] = [];
  readonly #cells = new Map<number, unknown>();
  #length = 0;

  get length(): number {
    return this.#length;
  }

  append(values: Vector): void {
    checkSize(values, 0, values.rows);
    this.#stretches.push({ first: this.#length, values });
    this.#length += values.rows;
  }

  cell(index: number): unknown {
    const known = this.#cells.get(index);
    if (known !== undefined) return known;
    const { first, values } = this.#stretchOf(index);
    const cell = values.cell(index - first);
    this.#cells.set(index, cell);
    return cell;
  }

  /** The last one that begins no later than this index. */
  #stretchOf(index: number): Stretch {
    let [low, high] = [0, this.#stretches.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#stretches[middle] as Stretch).first <= index) low = middle;
      else high = middle;
    }
    return this.#stretches[low] as Stretch;
  }
}
