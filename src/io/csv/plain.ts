import { escapeText, Fault } from '../fault.ts';
import { MOST_COLUMNS } from './limits.ts';
import type { OnRecord, RecordOptions, RecordParser } from './records.ts';

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
/** A longer line is left to csv-parse, which counts cells as it goes. */
const LONGEST_LINE = 1024 * 1024;

/**
 * Records of delimited text. As long as no quote and no lone carriage return has been seen, a record is a line and a cell what
 * stands between two delimiters, so `split` gives exactly what csv-parse would, in a fraction of its time; from the first such byte on,
 * csv-parse reads the rest. Whole runs over 1,000,000 rows of 2 numbers: 0.51 s against 0.86 s; over 1,000 rows 9 ms less.
 */
export class Records {
  /** Gets every record; may be exchanged between two chunks. */
  onRecord: OnRecord;
  readonly #options: RecordOptions;
  #parser: RecordParser | undefined;
  /** The line that the last chunk ended in. */
  #begun: Buffer[] = [];
  #begunLength = 0;
  #line = 1;

  constructor(options: RecordOptions, onRecord: OnRecord) {
    this.#options = options;
    this.onRecord = onRecord;
  }

  /** Reads one chunk: all its records went to `onRecord` when the promise resolves. */
  async feed(chunk: Buffer): Promise<void> {
    if (!this.#parser && (this.#begunLength > LONGEST_LINE || chunk.includes(QUOTE) || this.#hasLoneReturn(chunk))) {
      await this.#handOver();
    }
    if (this.#parser) await this.#parser.feed(chunk);
    else this.#split(chunk);
  }

  /** Reads what is left after the last chunk. */
  async end(): Promise<void> {
    if (this.#begunLength > 0 && this.#begun.at(-1)?.at(-1) === RETURN) await this.#handOver();
    if (this.#parser) await this.#parser.end();
    else if (this.#begunLength > 0) this.#take(Buffer.concat(this.#begun).toString('utf8'));
  }

  #split(chunk: Buffer): void {
    const end = chunk.lastIndexOf(NEWLINE);
    if (end >= 0) {
      const lines = Buffer.concat([...this.#begun, chunk.subarray(0, end)]).toString('utf8');
      for (const line of lines.split('\n')) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line);
      this.#begun = [];
      this.#begunLength = 0;
    }
    const rest = chunk.subarray(end + 1);
    if (rest.length === 0) return;
    this.#begun.push(rest);
    this.#begunLength += rest.length;
  }

  #take(line: string): void {
    const cells = line.split(this.#options.delimiter);
    if (cells.length > MOST_COLUMNS) {
      throw new Fault(`${escapeText(this.#options.name)}:${this.#line}: more than ${MOST_COLUMNS} columns, the limit`);
    }
    this.onRecord(cells, this.#line++);
  }

  /** A carriage return that no newline follows ends a line by itself, as on old Macintoshes. */
  #hasLoneReturn(chunk: Buffer): boolean {
    if (chunk.length > 0 && chunk[0] !== NEWLINE && this.#begun.at(-1)?.at(-1) === RETURN) return true;
    for (let at = chunk.indexOf(RETURN); at >= 0 && at + 1 < chunk.length; at = chunk.indexOf(RETURN, at + 1)) {
      if (chunk[at + 1] !== NEWLINE) return true;
    }
    return false;
  }

  async #handOver(): Promise<void> {
    const { RecordParser } = await import('./records.ts');
    this.#parser = new RecordParser({ ...this.#options, firstLine: this.#line }, (cells, line) => this.onRecord(cells, line));
    await this.#parser.feed(Buffer.concat(this.#begun));
    this.#begun = [];
  }
}
