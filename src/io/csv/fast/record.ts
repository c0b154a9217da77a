import { Byte } from './byte.ts';
import type { TextWindow } from './window.ts';

/** A record of cells as text. */
export interface TextRecord {
  readonly cells: string[];
  readonly line: number;
}

/** The record goes on behind the window. */
export const INCOMPLETE = 'incomplete';
/** Its quotes do not stand where they should, or it is too long to be looked at twice. */
export const UNCLEAR = 'unclear';

/** Takes one record off the window, quotes or not. */
export function takeRecord(window: TextWindow, delimiter: string): TextRecord | typeof INCOMPLETE | typeof UNCLEAR {
  const { bytes, at: start, line } = window;
  let at = start;
  while (bytes[at] !== Byte.Newline && bytes[at] !== Byte.Return && bytes[at] !== Byte.Quote) at++;
  if (bytes[at] === Byte.Quote) return takeQuoted(window, delimiter.charCodeAt(0));
  const next = window.behindNewline(at);
  if (!window.holds(next)) return INCOMPLETE;
  if (next - start > window.longest) return UNCLEAR;
  window.advance(next, 1);
  return { cells: bytes.toString('utf8', start, at).split(delimiter), line };
}

/** A quote opens a cell as its first byte, and closes it before a delimiter or a newline; doubled, it is one within the cell. */
function takeQuoted(window: TextWindow, delimiter: number): TextRecord | typeof INCOMPLETE | typeof UNCLEAR {
  if (delimiter >= 0x80) return UNCLEAR;
  const { bytes, line, end } = window;
  const cells: string[] = [];
  let lines = 1;
  for (let at = window.at; ; at++) {
    const start = at;
    if (bytes[at] === Byte.Quote) {
      let doubled = false;
      for (at++; ; at += 2) {
        at = bytes.indexOf(Byte.Quote, at);
        if (at < 0 || at >= end) return window.complete ? UNCLEAR : INCOMPLETE;
        if (bytes[at + 1] !== Byte.Quote) break;
        doubled = true;
      }
      const text = bytes.toString('utf8', start + 1, at);
      cells.push(doubled ? text.replaceAll('""', '"') : text);
      lines += text.match(/\r\n|\n|\r/g)?.length ?? 0;
      at++;
    } else {
      for (; bytes[at] !== delimiter && bytes[at] !== Byte.Newline && bytes[at] !== Byte.Return; at++)
        if (bytes[at] === Byte.Quote) return UNCLEAR;
      cells.push(bytes.toString('utf8', start, at));
    }
    if (bytes[at] === delimiter) continue;
    if (bytes[at] !== Byte.Newline && bytes[at] !== Byte.Return) return UNCLEAR;
    const next = window.behindNewline(at);
    if (!window.holds(next)) return INCOMPLETE;
    if (next - window.at > window.longest) return UNCLEAR;
    window.advance(next, lines);
    return { cells, line };
  }
}
