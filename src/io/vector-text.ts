/** A list as text: what a program finds in `[0.1, 0.9]` (JSON, Python) or `[0.1 0.9]` (numpy prints no commas). */

import { DEFAULT_LIMITS } from './limits.ts';

/** Texts and lists of them. */
export type Nested = readonly (string | Nested)[];

/** What is wrong with a list that passes the limit of nesting. */
export const TOO_DEEP = 'is nested too deep';

/** What is wrong with a list that a printing library shortened. */
export const SHORTENED = 'was shortened with "..." when it was printed';

type Separator = 'comma' | 'space';

/** The nested elements of a trimmed text that begins with `[`, or a string that says what is wrong with it. */
export function parseVector(text: string, deepest = DEFAULT_LIMITS.depth): Nested | string {
  const stack: (string | Nested)[][] = [];
  let separator: Separator | undefined;
  let expectsElement = false; // after a comma
  let at = 0;
  const tokens = /\s+|[[\],]|[^\s[\],]+/g;
  for (let match = tokens.exec(text); match; match = tokens.exec(text)) {
    const token = match[0];
    const open = stack.at(-1);
    if (/^\s/.test(token)) continue;
    if (token === '...' || token === '…') return SHORTENED;
    if (token === ',') {
      if (!open || open.length === 0 || expectsElement) return 'has a comma without a value before it';
      if (separator === 'space') return 'mixes commas and spaces between its values';
      separator = 'comma';
      expectsElement = true;
      continue;
    }
    if (token === ']') {
      if (!open || expectsElement) return 'has a comma without a value after it';
      stack.pop();
      at = tokens.lastIndex;
      const parent = stack.at(-1);
      if (parent) continue;
      return text.slice(at).trim() === '' ? open : 'has text after its closing bracket';
    }
    if (open && open.length > 0 && !expectsElement) {
      if (separator === 'comma') return 'mixes commas and spaces between its values';
      separator = 'space';
    }
    expectsElement = false;
    if (token !== '[') open?.push(token);
    else if (stack.length >= deepest) return TOO_DEEP;
    else {
      const list: (string | Nested)[] = [];
      open?.push(list);
      stack.push(list);
    }
  }
  return 'has no closing bracket';
}

/** A list in row-major order, and its shape: `2x3` for two lists of three. */
export interface Flat {
  readonly shape: string;
  readonly elements: readonly unknown[];
}

/** Flattens nested lists, or says what is wrong with them. All lists of one level must have the same length. */
export function flatten(list: readonly unknown[], deepest = DEFAULT_LIMITS.depth): Flat | string {
  const sizes: number[] = [];
  let level = list;
  let groups = 1;
  for (;;) {
    if (level.length === 0) return 'is an empty list';
    sizes.push(level.length / groups);
    if (!level.some(Array.isArray)) return { shape: sizes.join('x'), elements: level };
    if (sizes.length >= deepest) return TOO_DEEP;
    const lists = level.filter(Array.isArray);
    const size = lists[0].length;
    if (lists.length < level.length) return 'mixes lists and single values';
    if (lists.some((inner) => inner.length !== size)) return 'holds lists of different lengths';
    groups = level.length;
    level = lists.flat();
  }
}
