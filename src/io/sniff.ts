import type { ByteReader } from './bytes/reader.ts';
import { escapeText, Fault } from './fault.ts';

/** How far ahead the text is looked at. */
const SNIFF = 64 * 1024;

/**
 * The format of text, from how it begins. An extension decides, with one exception: many programs write one record a
 * line under the name `.json`.
 */
export async function sniffText(name: string, bytes: ByteReader, byExtension: string | undefined): Promise<string> {
  const head = await bytes.peek(SNIFF);
  if (head.includes(0)) {
    throw new Fault(
      `${escapeText(name)}: is not text: it holds a NUL byte at byte ${head.indexOf(0) + 1}`,
      'see lossctl list formats for what is read; UTF-16 needs its byte order mark, or iconv -f UTF-16 -t UTF-8 IN > OUT',
    );
  }
  if (byExtension !== undefined && byExtension !== 'json') return byExtension;
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (byExtension === undefined && !text.startsWith('{') && !startsJsonList(text)) return 'csv';
  return hasLineRecords(text) ? 'ndjson' : 'json';
}

/** A line such as `[0.1 0.9]` also begins with a bracket, but is a cell of delimited text. */
function startsJsonList(text: string): boolean {
  return /^\[\s*(?:[[{"\]]|(?:-?[\d.eE+-]+|null|true|false)\s*(?:,|\]\s*$))/.test(text);
}

/** Whether the first line is a complete JSON value and another one follows. */
function hasLineRecords(text: string): boolean {
  const end = text.indexOf('\n');
  if (end < 0 || text.slice(end).trim() === '') return false;
  // A record that Python wrote may hold NaN, which JSON does not have: brackets at both ends are enough to tell.
  const line = text.slice(0, end).trim();
  return /^(?:\{.+\}|\[.+\])$/.test(line) && !/^[\],}]/.test(text.slice(end).trimStart());
}
