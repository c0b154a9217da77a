import { escapeText } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';

const NEWLINE = 10;

export interface TextLine {
  readonly text: string;
  /** From 1, blank lines counted. */
  readonly line: number;
}

/**
 * The lines that are not blank; the text begins with line `first` of its file. Their length has a limit, so that a file without newlines cannot
 * fill the memory.
 */
export async function* lines(name: string, chunks: AsyncIterable<Buffer>, limits: Limits, first = 1): AsyncGenerator<TextLine> {
  let line = first - 1;
  let begun: Buffer[] = []; // parts of a line that goes on in the next chunk, joined only once
  let length = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      line++;
      const text = decode(begun, chunk.subarray(start, end));
      begun = [];
      length = 0;
      start = end + 1;
      if (text !== '') yield { text, line };
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > limits.row)
      throw limitFault(`${escapeText(name)}:${line + 1}: a line longer than ${limitText('row', limits)}`, 'row', limits);
  }
  const text = decode(begun, Buffer.alloc(0));
  if (text !== '') yield { text, line: line + 1 };
}

function decode(begun: readonly Buffer[], end: Buffer): string {
  const bytes = begun.length > 0 ? Buffer.concat([...begun, end]) : end;
  return bytes.toString('utf8').trim();
}
