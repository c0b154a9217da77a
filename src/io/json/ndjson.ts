import type { Pieces, Table } from '../batch.ts';
import { utf8Text } from '../bytes/utf8.ts';
import { escapeText, Fault } from '../fault.ts';
import type { Input } from '../formats.ts';
import { chunksOf, type TextOrigin, TextPieces } from '../text-pieces.ts';
import { lines, type TextLine } from './lines.ts';
import { type Layout, pathsOf, readRecords } from './records.ts';

/** Too little to be worth dividing. */
const SMALL = 64 * 1024;

/** Opens one JSON record a line. The columns are those of the first record; a key missing later is a missing value. */
export async function openNdjson(input: Input): Promise<Table> {
  const { name, bytes, format, lenientJson, limits } = input;
  const isSmall = (await bytes.peek(SMALL)).length < SMALL;
  const text = new Again(utf8Text(name, bytes));
  const first = await firstOf(lines(name, text.once(), limits));
  if (!first) throw new Fault(`${escapeText(name)}: holds only blank lines`, 'it needs at least one JSON record');
  const layout: Layout = { name, first, lenient: lenientJson, limits };
  return {
    name,
    format,
    columns: pathsOf(layout).names,
    read: (wanted, options) => readRecords(layout, text.again(), wanted, options),
    pieces: async (size) => (isSmall ? null : ndjsonPieces(layout, text.again(), size)),
    close: () => bytes.close(),
  };
}

async function firstOf(blocks: AsyncIterable<readonly TextLine[]>): Promise<TextLine | undefined> {
  for await (const [first] of blocks) if (first) return first;
  return undefined;
}

/** A newline always ends a record: in a JSON text it stands escaped. */
function ndjsonPieces(layout: Layout, chunks: AsyncIterable<Buffer>, size: number): Pieces {
  const source = new TextPieces(chunks, { line: 1, quoted: false, size });
  return {
    origin: { format: 'ndjson', layout } satisfies TextOrigin<'ndjson', Layout>,
    areRead: true,
    next: () => source.next(),
    done: (piece) => source.release(piece),
    open: (piece, first) => ({ read: (...asked) => readRecords(layout, chunksOf([piece]), ...asked, { line: piece.line, first }) }),
    rest: (pieces, first) => ({
      read: (...asked) => readRecords(layout, source.rest(pieces), ...asked, { line: pieces[0]?.line ?? source.line, first }),
    }),
  };
}

/** Chunks that are looked at before they are read. */
class Again {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #seen: Buffer[] = [];

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async *once(): AsyncGenerator<Buffer> {
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) {
      this.#seen.push(next.value);
      yield next.value;
    }
  }

  /** From the first chunk on. */
  async *again(): AsyncGenerator<Buffer> {
    yield* this.#seen.splice(0);
    yield* { [Symbol.asyncIterator]: () => this.#chunks };
  }
}
