import { isUtf8 } from 'node:buffer';
import { escapeText, Fault } from '../fault.ts';
import type { ByteReader } from './reader.ts';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** Bytes after the byte order mark, if they begin with one. */
export function withoutBom(head: Buffer): Buffer {
  return head.subarray(0, BOM.length).equals(BOM) ? head.subarray(BOM.length) : head;
}

/** The text of a source as `utf8Chunks` gives it, without the byte order mark. */
export async function* utf8Text(name: string, bytes: ByteReader): AsyncGenerator<Buffer> {
  const head = await bytes.peek(BOM.length);
  if (head.equals(BOM)) await bytes.read(BOM.length);
  yield* utf8Chunks(name, bytes.chunks(), bytes.consumed);
}

/**
 * Chunks of valid UTF-8 that never end inside a character; each may be overwritten once the next is asked for, if the given ones may. Bytes that
 * are not UTF-8 are a fault: decoders replace them in silence, which can make two different keys the same. `offset`: of the first byte in the
 * source.
 */
export async function* utf8Chunks(name: string, chunks: AsyncIterable<Buffer>, offset: number): AsyncGenerator<Buffer> {
  let begun: Buffer = Buffer.alloc(0); // of a character that the last chunk ended in
  let consumed = offset;
  for await (const next of chunks) {
    const chunk = begun.length > 0 ? Buffer.concat([begun, next]) : next;
    consumed += next.length;
    const whole = chunk.subarray(0, wholeCharacters(chunk));
    if (!isUtf8(whole)) throw encodingFault(name, consumed - chunk.length + validLength(whole));
    begun = Buffer.from(chunk.subarray(whole.length));
    if (whole.length > 0) yield whole;
  }
  if (begun.length > 0) throw encodingFault(name, consumed - begun.length);
}

/** How many bytes to take so that a character which may go on in the next chunk is left out. */
function wholeCharacters(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] as number;
    if (byte < 0x80) return chunk.length;
    if (byte >= 0xc0) {
      const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return size > back ? chunk.length - back : chunk.length;
    }
  }
  return chunk.length;
}

/** Length of the longest valid beginning, by bisection: only called when something is wrong. */
function validLength(chunk: Buffer): number {
  let good = 0;
  let bad = chunk.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    const part = chunk.subarray(0, middle);
    if (isUtf8(part.subarray(0, wholeCharacters(part)))) good = middle;
    else bad = middle;
  }
  // The bad byte may break a character that began before it.
  return wholeCharacters(chunk.subarray(0, good));
}

function encodingFault(name: string, offset: number): Fault {
  return new Fault(
    `${escapeText(name)}: byte ${offset + 1} is not valid UTF-8`,
    'convert it first, for example from Latin-1: iconv -f LATIN1 -t UTF-8 IN > OUT',
  );
}
