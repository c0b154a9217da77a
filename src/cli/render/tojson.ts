/**
 * JSON text. Not `JSON.stringify`, because keys come from data: a `Map` keeps `__proto__` and the order of `10` and `9`, which
 * objects do not. Also keeps `-0`, and spells characters that could restyle a terminal as `\u202e`: the parsed value is exact.
 */
import { fullDigits } from './numbers.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject | ReadonlyMap<string, Json>;

/** Keys known at compile time; `undefined` leaves the key out. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** `JSON.stringify` leaves these as they are: C1 controls, bidirectional overrides, other invisible ones, `##[` and `##vso[`. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]|#(?=#\w*\[)/gu;

function unicodeEscape(char: string): string {
  let text = '';
  for (let i = 0; i < char.length; i++) text += `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`;
  return text;
}

export function jsonString(text: string): string {
  return JSON.stringify(text).replace(UNSAFE, unicodeEscape);
}

/** `indent` spaces per level; 0 gives one line. A number that is not finite becomes `null`. */
export function toJson(value: Json, indent: number, level = 0): string {
  if (typeof value === 'string') return jsonString(value);
  if (typeof value === 'number') return Number.isFinite(value) ? fullDigits(value) : 'null';
  if (typeof value !== 'object' || value === null) return String(value);
  if (isList(value))
    return block(
      '[',
      value.map((item) => toJson(item, indent, level + 1)),
      ']',
      indent,
      level,
    );
  const colon = indent ? ': ' : ':';
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const lines = entries
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => jsonString(key) + colon + toJson(item, indent, level + 1));
  return block('{', lines, '}', indent, level);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function block(open: string, items: readonly string[], close: string, indent: number, level: number): string {
  if (!items.length || !indent) return open + items.join(',') + close;
  const pad = `\n${' '.repeat(indent * (level + 1))}`;
  return `${open}${pad}${items.join(`,${pad}`)}\n${' '.repeat(indent * level)}${close}`;
}
