/** Pieces of a text: together they are the text, each begins where a record does, on the line that it says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countByte, countNewlines } from '../../src/io/bytes/count.ts';
import { chunksOf, TextPieces } from '../../src/io/text-pieces.ts';

async function* chunked(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

interface Cut {
  readonly text: string;
  readonly line: number;
}

async function cut(
  text: string,
  size: number,
  quoted = true,
  chunk = 7,
): Promise<{ pieces: Cut[]; rest: string; restLine: number }> {
  const source = new TextPieces(chunked(text, chunk), { line: 1, quoted, size });
  const pieces: Cut[] = [];
  for (let piece = await source.next(); piece; piece = await source.next()) {
    pieces.push({ text: await textOf(chunksOf([piece])), line: piece.line ?? 0 });
    source.release(piece);
  }
  return { pieces, rest: await textOf(source.rest([])), restLine: source.line };
}

const cell = fc.oneof(
  fc.constantFrom('1.5', '-2', 'Zürich', '', 'a b'),
  fc.constantFrom('"a\nb"', '"say ""x"""', '"\r\n"', '"\n\n,"', '""'),
);
const text = fc
  .tuple(fc.array(fc.tuple(cell, cell), { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([rows, newline, ended]) => rows.map((row) => row.join(',')).join(newline) + (ended ? newline : ''));

/** What has gone before a piece: whole records on so many lines. */
function isWhole(before: string): boolean {
  return (before.match(/"/g)?.length ?? 0) % 2 === 0 && (before === '' || before.endsWith('\n'));
}

describe('pieces', () => {
  const property = (quoted: boolean) =>
    fc.asyncProperty(text, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 30 }), async (given, size, chunk) => {
      const { pieces, rest, restLine } = await cut(given, size, quoted, chunk);
      let before = '';
      for (const piece of [...pieces, { text: rest, line: restLine }]) {
        if (piece.text === '') continue;
        if (!isWhole(before) || piece.line !== 1 + (before.match(/\r\n|\n|\r/g)?.length ?? 0)) return false;
        before += piece.text;
      }
      return before === given && pieces.every((piece) => piece.text.length > 0);
    });

  test('are whole records, whatever the quotes hold', () => fc.assert(property(true)));

  test('cut at every newline, they would not be', async () => {
    expect((await fc.check(property(false))).failed).toBe(true);
  });

  test('a text without a place to cut is left as a whole', async () => {
    const { pieces, rest } = await cut(`${'x'.repeat(50)}\n1\n`, 20);
    expect([pieces, rest]).toEqual([[], `${'x'.repeat(50)}\n1\n`]);
  });

  test('those that come back stand before the rest', async () => {
    const source = new TextPieces(chunked('a\nb\nc\nd\n', 3), { line: 5, quoted: true, size: 3 });
    const [first, second] = [await source.next(), await source.next()];
    expect([first?.line, second?.line, source.line]).toEqual([5, 6, 7]);
    expect(await textOf(source.rest(first && second ? [first, second] : []))).toBe('a\nb\nc\nd\n');
  });
});

describe('counts', () => {
  const bytes = fc.array(fc.constantFrom(10, 13, 34, 65, 0, 138, 255), { maxLength: 5000 }).map((list) => Uint8Array.from(list));

  test('of a byte, four at a time', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(10, 34, 0, 255), fc.nat(7), (list, byte, from) => {
        const part = list.subarray(from);
        return countByte(part, byte) === part.filter((one) => one === byte).length;
      }),
    );
    expect(countByte(new Uint8Array(4 * 255 * 3).fill(10), 10)).toBe(4 * 255 * 3); // each of four counts at its largest
  });

  test('of newlines: CR LF is one', () => {
    fc.assert(
      fc.property(bytes, (list) => {
        const text = Buffer.from(list).toString('latin1');
        return countNewlines(list) === (text.match(/\r\n|\n|\r/g)?.length ?? 0);
      }),
    );
  });
});
