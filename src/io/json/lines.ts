import { escapeText } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';

const NEWLINE = 10;
/** Most bytes whose lines are in memory as text at a time. */
const STEP = 256 * 1024;

export interface TextLine {
  readonly text: string;
  /** From 1, blank lines counted. */
  readonly line: number;
}

/**
 * The lines that are not blank, those of a chunk at a time: one by one, waiting for each would cost as much as parsing it. The text begins with
 * line `first` of its file. Their length has a limit, so that a file without newlines cannot fill the memory.
 */
export async function* lines(
  name: string,
  chunks: AsyncIterable<Buffer>,
  limits: Limits,
  first = 1,
): AsyncGenerator<readonly TextLine[]> {
  let line = first;
  let begun: Buffer[] = []; // parts of a line that goes on in the next chunk, joined only once
  let length = 0;
  for await (const chunk of inSteps(chunks)) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (end > 0) {
      const texts = textOf(begun, chunk.subarray(0, end)).split('\n');
      texts.pop(); // behind the last newline
      yield linesOf(texts, line);
      line += texts.length;
      begun = [];
      length = 0;
    }
    if (end < chunk.length) begun.push(chunk.subarray(end));
    length += chunk.length - end;
    if (length > limits.row)
      throw limitFault(`${escapeText(name)}:${line}: a line longer than ${limitText('row', limits)}`, 'row', limits);
  }
  yield linesOf([textOf(begun, Buffer.alloc(0))], line);
}

async function* inSteps(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += STEP) yield chunk.subarray(at, at + STEP);
  }
}

function textOf(begun: readonly Buffer[], end: Buffer): string {
  return (begun.length > 0 ? Buffer.concat([...begun, end]) : end).toString('utf8');
}

function linesOf(texts: readonly string[], first: number): TextLine[] {
  return texts.map((text, k) => ({ text: text.trim(), line: first + k })).filter(({ text }) => text !== '');
}
