import type { Field } from './field.ts';
import type { Piece } from './layout.ts';

/** One column as the user sees it: a field, or one inside of structs, named by its path `output.scores`. */
export interface Leaf {
  readonly name: string;
  /** Positions on the way to it, from the top. */
  readonly path: readonly number[];
  readonly field: Field;
}

/** All columns in their order. A field whose own name reads like a path wins over that path. */
export function leavesOf(fields: readonly Field[]): readonly Leaf[] {
  const own = new Set(fields.filter((field) => !isStruct(field)).map(({ name }) => name));
  return [...leaves(fields, '', [])].filter(({ name, path }) => path.length === 1 || !own.has(name));
}

function* leaves(fields: readonly Field[], prefix: string, path: readonly number[]): Generator<Leaf> {
  for (const [k, field] of fields.entries()) {
    const name = prefix + field.name;
    if (isStruct(field)) yield* leaves(field.type.children, `${name}.`, [...path, k]);
    else yield { name, path: [...path, k], field };
  }
}

function isStruct({ type }: Field): boolean {
  return type.name === 'struct';
}

/** The pieces on the way to a column, the column's own last. */
export function piecesTo({ path }: Leaf, pieces: readonly Piece[]): readonly Piece[] {
  const way: Piece[] = [];
  for (const k of path) way.push((way.at(-1)?.children ?? pieces)[k] as Piece);
  return way;
}
