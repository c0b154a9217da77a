import { escapeText } from '../../fault.ts';
import { widthFault } from '../header.ts';
import type { RecordOptions, RecordParser } from '../records.ts';
import { type TextRecord, takeRecord, UNCLEAR } from './record.ts';
import { TextWindow } from './window.ts';

/** Most bytes that go into the window at a time: what is read stays in the cache until it is scanned. */
const PIECE = 1024 * 1024;
/** A longer record is left to csv-parse, which counts its cells as they come. */
const LONGEST_RECORD = 1024 * 1024;

/**
 * The records of a text, one after the other. One that `takeRecord` does not understand, as a rule because its quotes are
 * broken, is left to csv-parse, and so is all that follows it.
 */
export class Records {
  /** Where plain rows may be taken off before the next record is. */
  readonly window: TextWindow;
  readonly #options: RecordOptions;
  readonly #pieces: AsyncIterator<Buffer>;
  #ended = false;
  #unclear = false;
  #parser: RecordParser | undefined;
  /** What csv-parse gave, how many of that were passed on, and what ended it. */
  #parsed: TextRecord[] = [];
  #passed = 0;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: RecordOptions, chunks: AsyncIterable<Buffer>) {
    this.#options = options;
    this.#pieces = piecesOf(chunks);
    this.window = new TextWindow(options.firstLine ?? 1, Math.min(LONGEST_RECORD, options.limits.row));
  }

  /** The next record; undefined when `more` has to read on first. */
  next(): TextRecord | undefined {
    const record = this.#parser ? this.#parsed[this.#passed++] : this.#take();
    const { name, limits } = this.#options;
    if (record && record.cells.length > limits.columns) throw widthFault(`${escapeText(name)}:${record.line}`, limits);
    return record;
  }

  #take(): TextRecord | undefined {
    const { window } = this;
    if (window.at === window.end) return undefined;
    const record = takeRecord(window, this.#options.delimiter);
    if (typeof record !== 'string') return record;
    this.#unclear = record === UNCLEAR || window.end - window.at > window.longest;
    return undefined;
  }

  /** The next record, however much is to be read for it; undefined at the end of the text. */
  async read(): Promise<TextRecord | undefined> {
    for (;;) {
      const record = this.next();
      if (record || !(await this.more())) return record;
    }
  }

  /** Reads on; false at the end of the text. */
  async more(): Promise<boolean> {
    if (this.#failure) throw this.#failure.error;
    if (this.#unclear && !this.#parser) return this.#handOver();
    if (this.#ended) return false;
    const { done, value } = await this.#pieces.next();
    if (done) this.#ended = this.window.complete = true;
    else if (!this.#parser) this.window.push(value);
    if (this.#parser) await this.#parse(this.#parser, value);
    return true;
  }

  /** What no record was taken of yet: for someone else to read, in place of this. */
  async *leftover(): AsyncGenerator<Buffer> {
    yield Buffer.from(this.window.rest());
    yield* { [Symbol.asyncIterator]: () => this.#pieces };
  }

  /** Whether csv-parse has what is left. */
  get handedOver(): boolean {
    return this.#unclear;
  }

  async #handOver(): Promise<true> {
    const { RecordParser } = await import('../records.ts');
    const { window } = this;
    const parser = new RecordParser({ ...this.#options, firstLine: window.line }, (cells, line) =>
      this.#parsed.push({ cells, line }),
    );
    this.#parser = parser;
    await this.#parse(parser, window.rest());
    window.at = window.end;
    if (this.#ended && !this.#failure) await this.#parse(parser, undefined, this.#parsed);
    return true;
  }

  /**
   * A failure waits until the records before it are passed on: one of them may be at fault as well. The bytes may be overwritten once they are
   * parsed: of what csv-parse holds back at the end of them, it has a copy.
   */
  async #parse(parser: RecordParser, bytes: Buffer | undefined, before: TextRecord[] = []): Promise<void> {
    this.#parsed = before;
    this.#passed = 0;
    try {
      await (bytes ? parser.feed(bytes) : parser.end());
    } catch (error) {
      this.#failure = { error };
    }
  }
}

async function* piecesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE);
  }
}
