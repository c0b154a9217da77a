import { escapeText, Fault, quote } from '../fault.ts';
import { type Limits, limitFault } from '../limits.ts';
import { countKeys, quoteIntegers, repeatedKey, survey } from './survey.ts';

/** Where a text stands, for messages: asked for only when there is one. */
export type Place = () => string;

export interface ParseOptions {
  /** What helps where the text is no JSON at all. */
  readonly hint?: string;
  /** Take NaN and Infinity for the values of these names. */
  readonly lenient: boolean;
  readonly limits: Limits;
}

/**
 * Parses JSON. A key that stands twice in an object is a fault, because only one of its values would be left; integers that a float64
 * may not hold become strings of their digits.
 */
export function parseJson(text: string, place: Place, options: ParseOptions): unknown {
  const { limits } = options;
  const seen = survey(text);
  if (seen.depth > limits.depth) throw limitFault(`${place()}: JSON nested deeper than ${limits.depth} levels`, 'depth', limits);
  const value = parsed(quoteIntegers(text, seen), text, place, options);
  if (countKeys(value) === seen.keys) return value;
  throw new Fault(
    `${place()}: the key ${quote(repeatedKey(text) ?? '')} stands twice in one object`,
    'only one of its values could be read: write it once',
  );
}

function parsed(exact: string, text: string, place: Place, { hint, lenient }: ParseOptions): unknown {
  try {
    return JSON.parse(exact);
  } catch {
    const python = withPythonNumbers(exact);
    if (python === undefined) throw syntaxFault(text, place(), hint);
    if (lenient) return python;
    throw new Fault(
      `${place()}: is not valid JSON: NaN and Infinity, which Python writes, are not part of it`,
      'read them all the same, NaN as a missing value: --lenient-json',
    );
  }
}

/** Strings are matched so that what looks like a number inside them is left alone. */
const STRING_OR_NUMBER_NAME = /"(?:[^"\\]|\\.)*"|(?:-?\bInfinity|\bNaN)\b(?!\s*:)/g;

/** The value of text that holds `NaN` or `Infinity`, as strings, which are read as the same values. */
function withPythonNumbers(text: string): unknown {
  const quoted = text.replace(STRING_OR_NUMBER_NAME, (token) => (token.startsWith('"') ? token : `"${token}"`));
  if (quoted === text) return undefined;
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined; // the first error is about the text as it stands
  }
}

function syntaxFault(text: string, place: string, hint: string | undefined): Fault {
  const message = syntaxError(text);
  const position = / at position (\d+)/.exec(message);
  const at = position ? ` at ${lineAndColumn(text, Number(position[1]))}` : '';
  if (/Unexpected end/.test(message) || Number(position?.[1]) >= text.length)
    return new Fault(`${place}: the JSON ends too early`, hint ?? 'the file may be cut short');
  const reason = escapeText(message.replace(/ in JSON at position \d+.*$| at position \d+.*$|, ".*$|, \.\.\..*$/s, ''));
  const lines = /after JSON/.test(message) ? 'if this is one record a line, add --input-format ndjson' : undefined;
  return new Fault(`${place}: is not valid JSON${at}: ${reason}`, hint ?? lines);
}

/** What the parser says of the text as it stands. */
function syntaxError(text: string): string {
  try {
    JSON.parse(text);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function lineAndColumn(text: string, position: number): string {
  const before = text.slice(0, position);
  const column = `column ${position - before.lastIndexOf('\n')}`;
  return text.includes('\n') ? `line ${before.split('\n').length}, ${column}` : column;
}

/** A plain object of parsed JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Keys of the objects at one depth of the text, in its order and without repeats. `Object.keys` gives keys that look like integers
 * first and sorted, so an index 5, 2, 9 would come back as 2, 5, 9 and rows would no longer pair with another file's.
 * Only the first object at that depth is looked at.
 */
export function keysInOrder(text: string, depth: number): string[] {
  const keys = new Set<string>();
  let level = 0;
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') level++;
    else if (token === '}' || token === ']') {
      if (level === depth) break;
      level--;
    } else if (colon !== undefined && level === depth) keys.add(JSON.parse(token.slice(0, token.length - colon.length)));
  }
  return [...keys];
}

/** Keys in the order of the text, which is only scanned where `Object.keys` may have lost it. */
export function orderedKeys(object: JsonObject, text: string, depth: number): string[] {
  const keys = Object.keys(object);
  return keys.some((key) => /^\d+$/.test(key)) ? keysInOrder(text, depth) : keys;
}
