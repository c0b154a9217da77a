/** How the text of one cell is read: strictly, because `parseFloat('2kg')` is 2 and `Number('')` is 0. */

/** `\d` means ASCII digits only, so full-width digits are not numbers. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

const INFINITE = /^[+-]?inf(?:inity)?$/i;

const SPACE = 32;
const TAB = 9;

/** Without spaces and tabs at both ends; `String.trim` would also take off no-break spaces and newlines. */
export function trimCell(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return end - start === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** The number that a trimmed text stands for; `undefined` when it is not one. */
export function parseNumber(trimmed: string): number | undefined {
  if (NUMBER.test(trimmed)) return Number(trimmed);
  if (INFINITE.test(trimmed)) return trimmed.startsWith('-') ? -Infinity : Infinity;
  return undefined;
}

/** Whether text is how Python prints an array, a tensor or a list of them. */
export function isPrinted(trimmed: string): boolean {
  return /^\[*(?:array|tensor|np\.|torch\.)/.test(trimmed);
}

/** What to change so that a cell is read as a number. */
export function numberHint(trimmed: string): string {
  if (/^[+-]?\d+,\d+$/.test(trimmed)) return 'decimal commas are not read: write a point, as in 1.5';
  if (/^(?:true|false)$/i.test(trimmed)) return `say what counts as 1: --positive-label ${trimmed}`;
  if (isPrinted(trimmed)) return 'write the plain values, as .tolist() or .item() gives them';
  if (/^[+-]?[.\p{Nd}]/u.test(trimmed)) return 'write plain decimal digits, as in 2, 0.25 or 1e-3';
  return 'if these are labels, name them with --classes a,b,c or --positive-label VALUE';
}
