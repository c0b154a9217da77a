import { type CsvError, Parser } from 'csv-parse';
import { escapeText, Fault } from '../fault.ts';
import { type Limits, limitFault, limitText } from '../limits.ts';
import type { Delimiter } from './dialect.ts';
import { widthFault } from './header.ts';

export type OnRecord = (cells: string[], line: number) => void;

export interface RecordOptions {
  readonly name: string;
  readonly delimiter: Delimiter;
  readonly limits: Limits;
  /** Line of the file on which the text begins; 1 unless said otherwise. */
  readonly firstLine?: number;
}

/** csv-parse with records taken where they arise, and with the line that each of them starts on. */
export class RecordParser {
  /** Gets every record; may be exchanged between two chunks. */
  onRecord: OnRecord;
  readonly #options: RecordOptions;
  readonly #parser: Taking;
  /** What the caller threw: kept, because an exception inside a stream's `push` leaves the stream in the middle of a write. */
  #failure: unknown;
  /** Line on which the next record starts. */
  #line: number;
  /** csv-parse counts a newline when it sees what follows it: 1 at the end of a first record on one line. */
  #parserLines = 0;

  constructor(options: RecordOptions, onRecord: OnRecord) {
    this.#options = options;
    this.onRecord = onRecord;
    this.#line = options.firstLine ?? 1;
    this.#parser = new Taking(
      {
        delimiter: options.delimiter,
        // Found out from the first line, a later line that ends otherwise would be joined with the next one.
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true, // the caller compares, and knows the header
        skip_empty_lines: false, // in a table of one column they are missing cells; the caller knows
        max_record_size: options.limits.row,
      },
      (cells) => this.#take(cells),
    );
    // Errors come back from `write` and `end` as well; without a listener they would end the process.
    this.#parser.on('error', () => {});
  }

  /** Reads one chunk: all its records went to `onRecord` when the promise resolves. */
  async feed(chunk: Buffer): Promise<void> {
    await this.#run((done) => this.#parser.write(chunk, done));
    this.#checkWidth();
  }

  /** Reads what is left after the last chunk. */
  async end(): Promise<void> {
    await this.#run((done) => {
      this.#parser.on('error', done);
      this.#parser.end(done);
      this.#parser.resume();
    });
  }

  async #run(work: (done: (error?: Error | null) => void) => void): Promise<void> {
    let error: Error | null | undefined;
    await new Promise<void>((resolve) => {
      work((cause) => {
        error = cause;
        resolve();
      });
    });
    if (this.#failure !== undefined) throw this.#failure;
    if (error) throw this.#fault(error as CsvError);
  }

  #take(cells: string[]): void {
    if (this.#failure !== undefined) return;
    const { lines } = this.#parser.info;
    const single = lines - this.#parserLines === 1;
    this.#parserLines = lines;
    const start = this.#line;
    this.#line += 1 + (single ? 0 : newlines(cells));
    try {
      this.onRecord(cells, start);
    } catch (error) {
      this.#failure = error;
    }
  }

  /** A record of separators alone has no length that csv-parse would limit. */
  #checkWidth(): void {
    if (this.#isTooWide) throw widthFault(this.#place(this.#line), this.#options.limits);
  }

  get #isTooWide(): boolean {
    const cells = (this.#parser as unknown as { state: { record: string[] } }).state.record.length;
    return cells > this.#options.limits.columns;
  }

  #fault(error: CsvError): Fault {
    const line = this.#line;
    // Which of the two faults of a record is found first must not depend on the chunks.
    if (this.#isTooWide) return widthFault(this.#place(line), this.#options.limits);
    const field = Number((error as { column?: unknown }).column ?? 0) + 1;
    const at = `${this.#place(line)}:${field}`;
    const hint = 'quote the whole cell and double the quotes inside it: "he said ""yes"""';
    if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new Fault(`${at}: a quote opens here and is never closed`, hint);
    if (error.code === 'CSV_INVALID_CLOSING_QUOTE') return new Fault(`${at}: text after a closing quote`, hint);
    if ((error.code as string) === 'INVALID_OPENING_QUOTE') {
      return new Fault(`${at}: a quote inside a cell that is not quoted`, hint);
    }
    if (error.code === 'CSV_MAX_RECORD_SIZE') {
      const { limits } = this.#options;
      const message = `${this.#place(line)}: a row longer than ${limitText('row', limits)}`;
      return limitFault(message, 'row', limits, 'perhaps a quote that opens here is never closed');
    }
    return new Fault(`${at}: ${escapeText(error.message)}`);
  }

  #place(line: number): string {
    return `${escapeText(this.#options.name)}:${line}`;
  }
}

/**
 * Takes records before they enter the object stream. `on_record` would do too, but copies three objects for each record
 * to pass its context: 0.55 against 1.5 million rows a second.
 */
class Taking extends Parser {
  readonly #take: (cells: string[]) => void;

  constructor(options: ConstructorParameters<typeof Parser>[0], take: (cells: string[]) => void) {
    super(options);
    this.#take = take;
  }

  override push(record: string[] | null): boolean {
    if (record === null) return super.push(null);
    this.#take(record);
    return true;
  }
}

/** csv-parse counts a CRLF inside quotes as two lines, so its own count is only used to see that there are some. */
function newlines(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}
