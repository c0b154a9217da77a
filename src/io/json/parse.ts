import { escapeText, Fault } from '../fault.ts';

/** Strings are matched so that what looks like a number inside them is left alone. */
const STRING_OR_NUMBER_NAME = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * Parses JSON. Python's json writes `NaN` and `Infinity`, which JSON does not have: they become strings, which are read as
 * the same values.
 */
export function parseJson(text: string, place: string, hint?: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = text.replace(STRING_OR_NUMBER_NAME, (token) => (token.startsWith('"') ? token : `"${token}"`));
    if (quoted !== text) {
      try {
        return JSON.parse(quoted);
      } catch {
        // The first error is about the text as it stands.
      }
    }
    throw syntaxFault(text, place, (error as Error).message, hint);
  }
}

function syntaxFault(text: string, place: string, message: string, hint: string | undefined): Fault {
  const position = / at position (\d+)/.exec(message);
  const at = position ? ` at ${lineAndColumn(text, Number(position[1]))}` : '';
  if (/Unexpected end/.test(message) || Number(position?.[1]) >= text.length)
    return new Fault(`${place}: the JSON ends too early`, hint ?? 'the file may be cut short');
  const reason = escapeText(message.replace(/ in JSON at position \d+.*$| at position \d+.*$|, ".*$|, \.\.\..*$/s, ''));
  const lines = /after JSON/.test(message) ? 'if this is one record a line, add --input-format ndjson' : undefined;
  return new Fault(`${place}: is not valid JSON${at}: ${reason}`, hint ?? lines);
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
export function orderedKeys(object: JsonObject, text: () => string, depth: number): string[] {
  const keys = Object.keys(object);
  return keys.some((key) => /^\d+$/.test(key)) ? keysInOrder(text(), depth) : keys;
}
