import { Fault, quote } from '../fault.ts';

/** What separates cells; a space stands for any run of spaces. */
export type Delimiter = string;

/** How far ahead the lines are compared, and how many of them at most: looking at each character takes its time. */
export const DIALECT_SNIFF = 64 * 1024;
const MOST_LINES = 200;

/**
 * In the order that decides between equals. A comma comes after the three before it: `1,5;2,5` has commas in every line
 * too, whereas comma-separated files hardly have a semicolon in each.
 */
const CANDIDATES: readonly Delimiter[] = ['\t', ';', '|', ',', ' '];

const SPELLINGS = new Map([
  ['\\t', '\t'],
  ['tab', '\t'],
  ['space', ' '],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
]);

/** The delimiter that an option asks for. */
export function spelledDelimiter(option: string): Delimiter {
  const delimiter = SPELLINGS.get(option) ?? option;
  if (delimiter.length === 1 && !/["\r\n]/.test(delimiter)) return delimiter;
  throw new Fault(`${quote(option)} cannot separate cells`, 'give one character, or a word: tab, space, comma, semicolon, pipe');
}

/**
 * The delimiter whose number in the first line most lines repeat; a comma when there is but one column. Spaces also where every other
 * line has one more, as R's write.table gives row names no header: the reader then says what is wrong.
 */
export function sniffDelimiter(text: string, complete: boolean, preferTab: boolean): Delimiter {
  const lines = countByLine(text, complete);
  const first = lines[0];
  if (!first) return ',';
  let best: Delimiter = ',';
  let bestShare = 0;
  CANDIDATES.forEach((candidate, k) => {
    const count = first[k] as number;
    if (count === 0) return;
    let share = lines.filter((line) => line[k] === count).length / lines.length;
    // Single tabs are no runs of spaces: a line with two in a row has an empty cell, or one cell too many.
    if (candidate === ' ' && count === first[CANDIDATES.indexOf('\t')]) return;
    // One column may well have a header of two words, above values of one.
    if (candidate === ' ' && share <= 0.5 && !lines.slice(1).every((line) => line[k] === count + 1)) return;
    if (candidate === '\t' && preferTab) share = 2;
    if (share > bestShare) {
      best = candidate;
      bestShare = share;
    }
  });
  return best;
}

/** For each line that is not blank, the number of each candidate outside quotes and brackets. */
function countByLine(text: string, complete: boolean): number[][] {
  const lines: number[][] = [];
  let counts = CANDIDATES.map(() => 0);
  let quoted = false;
  let brackets = 0; // a list such as [0.1, 0.9] separates its elements, not cells
  let before = '\n'; // the last character that is not a space
  let previous = '\n';
  let pendingSpace = false; // counts only when something follows on the line
  for (const char of text.replace(/^#[ \t]+/, '')) {
    const last = previous;
    previous = char === '\r' ? '\n' : char;
    if (quoted) {
      if (char === '"') quoted = false;
      before = char;
      continue;
    }
    if (char === '\n' || char === '\r') {
      if (before !== '\n') lines.push(counts);
      if (lines.length === MOST_LINES) return lines;
      counts = CANDIDATES.map(() => 0);
      brackets = 0;
      before = '\n';
      pendingSpace = false;
      continue;
    }
    if ((char === ' ' || char === '\t') && brackets === 0) pendingSpace = before !== '\n';
    if (char === ' ') continue;
    if (pendingSpace && char !== '\t') {
      counts[CANDIDATES.length - 1]++;
      pendingSpace = false;
    }
    if (char === '"' && (last === '\n' || last === '"' || CANDIDATES.includes(last))) quoted = true;
    else if (char === '[') brackets++;
    else if (char === ']') brackets = Math.max(0, brackets - 1);
    else if (brackets === 0) {
      const k = CANDIDATES.indexOf(char);
      if (k >= 0) counts[k]++;
    }
    before = char;
  }
  // The window may end in the middle of a line.
  if (before !== '\n' && (complete || lines.length === 0)) lines.push(counts);
  return lines;
}
