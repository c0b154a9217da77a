import type { SchemaElement } from './format.ts';
import { whole } from './whole.ts';

/** Deepest nesting of groups. */
const DEEPEST = 64;

/** An element of the schema with those inside it. */
export interface Node {
  readonly element: SchemaElement;
  readonly children: readonly Node[];
}

/** The tree that Parquet writes as a list, each group with the number of its children. */
export function schemaTree(elements: readonly SchemaElement[]): Node {
  let next = 0;
  const node = (depth: number): Node => {
    const element = elements[next++];
    if (!element) throw new Error('a schema that is cut short');
    if (depth > DEEPEST) throw new Error(`a schema nested deeper than ${DEEPEST} levels`);
    const count = element.num_children === undefined ? 0 : whole(element.num_children, 'num_children');
    if (count > elements.length - next) throw new Error('a schema that is cut short');
    if (count > 0 === (element.type !== undefined) && depth > 0)
      throw new Error('a schema with a column that has no type, or is a group');
    const children: Node[] = [];
    for (let k = 0; k < count; k++) children.push(node(depth + 1));
    return { element, children };
  };
  const root = node(0);
  if (next !== elements.length) throw new Error('a schema with columns that belong to no group');
  return root;
}
