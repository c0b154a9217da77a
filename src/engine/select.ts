/** A user's words for columns -> positions: a name, a comma list, a glob, `#3`. */
import { escapeText, Fault, quote } from '../io/fault.ts';
import { didYouMean } from './suggest.ts';

const SHOWN = 20;

/** The columns a file has, for messages. */
export function columnList(columns: readonly string[]): string {
  const shown = columns.slice(0, SHOWN).map(quote).join(', ');
  return columns.length > SHOWN ? `${shown} and ${columns.length - SHOWN} more` : shown;
}

/** A column selection as it has to be typed in a shell. */
export function shellWord(text: string): string {
  return /^[\w.,/-]+$/.test(text) ? text : `'${escapeText(text).replaceAll("'", "'\\''")}'`;
}

/**
 * Positions of the columns that `text` names, in the order a vector takes them. A header name wins over every other reading,
 * so that names with commas or stars can be used. `what` is the flag, for messages.
 */
export function select(columns: readonly string[], text: string, what: string): number[] {
  const named = positions(columns, text);
  if (named.length === 1) return named;
  if (named.length > 1) {
    const places = named.map((column) => `#${column + 1}`).join(' and ');
    throw new Fault(`${what}: ${named.length} columns are named ${quote(text)}`, `choose by position: ${places}`);
  }
  if (/^#\d+$/.test(text)) return [byPosition(columns, text, what)];
  if (text.includes(',')) return text.split(',').flatMap((part) => select(columns, part.trim(), what));
  if (text.includes('*')) return byGlob(columns, text, what);
  throw new Fault(`${what}: there is no column ${quote(text)}`, didYouMean(text, columns, `columns: ${columnList(columns)}`));
}

function positions(columns: readonly string[], name: string): number[] {
  return columns.flatMap((column, index) => (column === name ? [index] : []));
}

function byPosition(columns: readonly string[], text: string, what: string): number {
  const position = Number(text.slice(1));
  if (position >= 1 && position <= columns.length) return position - 1;
  throw new Fault(`${what}: there is no column ${text}`, `the file has ${columns.length} columns, #1 to #${columns.length}`);
}

function byGlob(columns: readonly string[], glob: string, what: string): number[] {
  const star = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${star.join('(.*)')}$`, 'su');
  const matches = columns.flatMap((name, column) => {
    const match = pattern.exec(name);
    return match ? [{ column, name, part: match.slice(1).join('') }] : [];
  });
  if (matches.length === 0) throw new Fault(`${what}: no column matches ${quote(glob)}`, `columns: ${columnList(columns)}`);
  return matches.every(({ part }) => /^\d+$/.test(part))
    ? numbered(matches, `${what}: ${quote(glob)}`)
    : matches.map(({ column }) => column);
}

/** Columns that differ by a number, in numeric order: 10 after 9. A gap or a repeat means that a class is lost. */
export function numbered(matches: readonly { column: number; name: string; part: string }[], what: string): number[] {
  const sorted = [...matches].sort((a, b) => Number(a.part) - Number(b.part));
  for (let i = 1; i < sorted.length; i++) {
    const step = Number(sorted[i].part) - Number(sorted[i - 1].part);
    if (step === 1) continue;
    const between = `${quote(sorted[i - 1].name)} and ${quote(sorted[i].name)}`;
    const wrong = step === 0 ? `${between} have the same number` : `a column is missing between ${between}`;
    throw new Fault(`${what}: ${wrong}`, 'name the columns in a comma list if that is meant');
  }
  return sorted.map(({ column }) => column);
}
