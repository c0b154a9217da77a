/**
 * Something the user can put right: bad input or bad usage. Ends the run with exit code 2.
 *
 * `message` is one line that says what and where (`file:line:field`); `hint` says what to type or change next. Text
 * taken from data goes in through `quote`, so that a hostile cell can neither flood nor restyle the terminal.
 */
export class Fault extends Error {
  readonly hint: string | undefined;
  /** Of the check that refuses the data, `D01` to `D28`; stable, as those of warnings are. */
  readonly code: string | undefined;

  constructor(message: string, hint?: string, code?: string) {
    super(message);
    this.name = 'Fault';
    this.hint = hint;
    this.code = code;
  }
}

const LONGEST_QUOTE = 80;

/** Control characters, bidirectional overrides and other invisible ones: what could restyle or reorder a line. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

/** `##[`, `##vso[`, `##teamcity[`: CI services obey these anywhere in a line. */
const COMMAND = /#(?=#\w*\[)/g;

/** Text from data, made safe to print: unprintable characters become `\x1b` or `\u202e`. */
export function escapeText(text: string): string {
  return text.replace(COMMAND, '\\x23').replace(UNPRINTABLE, (char) => {
    const code = char.codePointAt(0) as number;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Text from data inside a message: at most 80 characters, escaped, in double quotes. */
export function quote(text: string): string {
  // A cell may be megabytes long: only its beginning is taken apart.
  const chars = Array.from(text.slice(0, 2 * LONGEST_QUOTE + 2));
  const shown = chars.length > LONGEST_QUOTE ? `${chars.slice(0, LONGEST_QUOTE - 1).join('')}…` : text;
  return `"${escapeText(shown)}"`;
}
