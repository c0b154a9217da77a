/**
 * Text from data, made harmless for where it is shown. Column names, groups and file names can hold anything: terminal
 * escapes, workflow commands of a CI service, spreadsheet formulas, markup.
 */
import { escapeText } from '../../io/fault.ts';

/** For a terminal or a log. GitHub's runner obeys `::` at the start of a line, blanks before it or not: it becomes `\x3a:`. */
export function printable(text: string): string {
  return escapeText(text).replace(/^(\s*):(?=:)/, '$1\\x3a');
}

/** An ASCII character as `\x60`. */
function spelled(char: string): string {
  return `\\x${char.charCodeAt(0).toString(16)}`;
}

/** Printable, and at most `most` characters wide: one long name must not stretch a whole table. */
export function shortened(text: string, most = 80): string {
  const chars = Array.from(text);
  return printable(chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : text);
}

/** What spreadsheets take as the start of a formula, full-width forms included, and the whitespace they skip before it. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/;

/** A text cell of CSV or TSV: one line, and never a formula. Numbers do not come through here: `-1.5` stays one. */
export function textCell(text: string, separator: ',' | '\t'): string {
  const safe = FORMULA.test(text) ? `'${printable(text)}` : printable(text);
  return safe.includes('"') || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Letters, digits and punctuation that mean nothing to markdown inside a code span. */
const PLAIN = /^(?! )[\p{L}\p{M}\p{N} .,;:=%+/()_-]+(?<! )$/u;

/**
 * A markdown code span, where neither mentions, links nor emphasis work. What could end the span or the table cell is
 * written as entities, which backticks would show as they stand: hence the HTML form.
 */
export function codeSpan(text: string): string {
  const safe = printable(text);
  if (PLAIN.test(safe)) return `\`${safe}\``;
  return `<code>${safe.replace(/[!"#$&'*/:;<>?@[\\\]^_`{|}~]|\.(?!\d)/g, (char) => `&#${char.charCodeAt(0)};`)}</code>`;
}

/** Prose of our own in markdown: its brackets and stars mean themselves. */
export function prose(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|~&]/g, '\\$&');
}

/** For a tool that puts names into tables and comments of its own as they are: nothing in it can end a code span or a cell. */
export function plainName(text: string): string {
  return printable(text).replace(/[`|<>&@[\]]/g, spelled);
}
