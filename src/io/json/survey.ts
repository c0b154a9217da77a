/** One look over JSON text before it is parsed: for what `JSON.parse` loses without a word. */

/** What was seen outside strings. Says nothing about text that is not JSON. */
export interface Survey {
  /** How many keys the objects have, all together. */
  readonly keys: number;
  /** How deep lists and objects lie within each other. */
  readonly depth: number;
  /** Integers that a float64 may not hold: begin and end of each, one behind the other. */
  readonly integers: readonly number[];
}

const QUOTE = 34;
const COLON = 58;
const BACKSLASH = 92;

/** Fewer digits are exact: 2^53 has 16. */
const LONG_INTEGER = 16;

export function survey(text: string): Survey {
  const integers: number[] = [];
  let keys = 0;
  let depth = 0;
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    else if (code === COLON) keys++;
    else if (isOpening(code)) depth = Math.max(depth, ++level);
    else if (isClosing(code)) level--;
    else if (isDigit(code)) {
      const end = numberEnd(text, at);
      if (end - at >= LONG_INTEGER && isInteger(text, at, end)) integers.push(at, end);
      at = end - 1;
    }
  }
  return { keys, depth, integers };
}

/** Long integers in quotes: as text all their digits are kept, and as a number they are read as from any text. */
export function quoteIntegers(text: string, { integers }: Survey): string {
  if (integers.length === 0) return text;
  const parts: string[] = [];
  let at = 0;
  for (let k = 0; k < integers.length; k += 2) {
    const [begin, end] = [integers[k] as number, integers[k + 1] as number];
    const start = text[begin - 1] === '-' ? begin - 1 : begin;
    parts.push(text.slice(at, start), `"${text.slice(start, end)}"`);
    at = end;
  }
  return parts.join('') + text.slice(at);
}

/** How many keys the objects of a parsed value have: fewer than the text where a key stands twice. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const inner of value) if (typeof inner === 'object') count += countKeys(inner);
    return count;
  }
  for (const key in value) {
    const inner = (value as Readonly<Record<string, unknown>>)[key];
    count += typeof inner === 'object' ? 1 + countKeys(inner) : 1;
  }
  return count;
}

/** The first key that an object has twice. */
export function repeatedKey(text: string): string | undefined {
  const levels: Set<string>[] = [];
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') levels.push(new Set());
    else if (token === '}' || token === ']') levels.pop();
    else if (colon !== undefined) {
      const key = JSON.parse(token.slice(0, token.length - colon.length)) as string;
      const known = levels.at(-1);
      if (known?.has(key)) return key;
      known?.add(key);
    }
  }
  return undefined;
}

/** Position of the quote that closes the string which opens at `at`, or the end of the text. */
function stringEnd(text: string, at: number): number {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function numberEnd(text: string, at: number): number {
  let end = at + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    // digits, point, sign, exponent
    if (!isDigit(code) && code !== 46 && code !== 43 && code !== 45 && (code | 32) !== 101) break;
  }
  return end;
}

/** Whether this is an integer of JSON: `012` is not, nor is a number in the place of a key. */
function isInteger(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isDigit(text.charCodeAt(at))) return false;
  let next = to;
  while (next < text.length && text.charCodeAt(next) <= 32) next++;
  return text[from] !== '0' && text.charCodeAt(next) !== COLON;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** `[` and `{` differ by one bit, and so do `]` and `}`. */
const isOpening = (code: number): boolean => (code | 32) === 123;
const isClosing = (code: number): boolean => (code | 32) === 125;
