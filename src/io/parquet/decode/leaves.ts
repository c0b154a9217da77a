import type { SchemaElement } from './format.ts';
import { type Node, schemaTree } from './schema.ts';

/** A column of the table, and where its values come from. */
export interface Leaf {
  /** Names of the groups on the way to it, and its own, joined by dots. */
  readonly name: string;
  /** Position among the column chunks of a row group. */
  readonly chunk: number;
  /** Names down to the value itself, as a column chunk repeats them. */
  readonly path: readonly string[];
  readonly element: SchemaElement;
  /** Level at which a value is there: one for each thing on the way that may be missing. */
  readonly defined: number;
  /** For each list that it lies in, from outside: the level at which that list has an element. */
  readonly lists: readonly number[];
  /** Why it is not read; found out here, said when it is asked for. */
  readonly refusal: string | undefined;
}

/** The columns, in file order. What has several values in one cell, a map or a list of structs, is one column that is not read. */
export function leavesOf(schema: readonly SchemaElement[]): { leaves: Leaf[]; chunks: Leaf[] } {
  const chunks: Leaf[] = [];
  const leaves: Leaf[] = [];
  for (const child of schemaTree(schema).children) visit(child, { names: [], path: [], defined: 0, lists: [] });
  return { leaves, chunks };

  function visit(node: Node, above: Above): void {
    const here = step(node, { ...above, names: [...above.names, node.element.name] });
    const { element, children } = node;
    if (children.length === 0) leaves.push(add(here, element, undefined));
    else if (isList(node)) inside(node, here);
    else if (isMap(element)) refuse(node, here, 'a map');
    else if (element.logical_type?.type === 'VARIANT') refuse(node, here, 'values of any type (VARIANT)');
    else if (element.repetition_type === 'REPEATED') refuse(node, here, 'a list of structs');
    else for (const child of children) visit(child, here);
  }

  /** The elements of a list, which keep its name. */
  function inside(list: Node, above: Above): void {
    const [repeated] = list.children as [Node];
    const here = step(repeated, above);
    const element = wrapped(list.element.name, repeated);
    if (element) value(element, step(element, here));
    else value(repeated, here);
  }

  function value(node: Node, here: Above): void {
    if (node.children.length === 0) leaves.push(add(here, node.element, undefined));
    else if (isList(node)) inside(node, here);
    else refuse(node, here, isMap(node.element) ? 'a list of maps' : 'a list of structs');
  }

  function add({ names, path, defined, lists }: Above, element: SchemaElement, refusal: string | undefined): Leaf {
    const leaf = { name: names.join('.'), chunk: chunks.length, path, element, defined, lists, refusal };
    chunks.push(leaf);
    return leaf;
  }

  /** One column that stands for all that is in a group. */
  function refuse(node: Node, here: Above, refusal: string): void {
    const first = chunks.length;
    const count = (each: Node, at: Above): void => {
      if (each.children.length === 0) add(at, each.element, refusal);
      for (const child of each.children) count(child, step(child, at));
    };
    count(node, here);
    leaves.push(chunks[first] as Leaf);
  }
}

interface Above {
  readonly names: readonly string[];
  readonly path: readonly string[];
  readonly defined: number;
  readonly lists: readonly number[];
}

function step({ element }: Node, above: Above): Above {
  const defined = above.defined + (element.repetition_type === 'REQUIRED' ? 0 : 1);
  const lists = element.repetition_type === 'REPEATED' ? [...above.lists, defined] : above.lists;
  return { names: above.names, path: [...above.path, element.name], defined, lists };
}

function isMap({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type === 'MAP' || converted_type === 'MAP_KEY_VALUE' || logical_type?.type === 'MAP';
}

function isList({ element, children }: Node): boolean {
  if (children.length !== 1 || children[0]?.element.repetition_type !== 'REPEATED') return false;
  // A group around one repeated field that does not say what it is, as in lists of lists that Avro wrote.
  return element.converted_type === 'LIST' || element.logical_type?.type === 'LIST' || element.repetition_type === 'REPEATED';
}

/**
 * The element inside the repeated group of the usual three levels; `undefined` where the repeated field is the element itself.
 *
 * Source: Parquet's LogicalTypes.md, backward-compatibility rules of lists.
 */
function wrapped(list: string, repeated: Node): Node | undefined {
  const [only, ...others] = repeated.children;
  if (!only || others.length > 0 || only.element.repetition_type === 'REPEATED') return undefined;
  const { name } = repeated.element;
  return name === 'array' || name === `${list}_tuple` ? undefined : only;
}
