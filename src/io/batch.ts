/**
 * What the rest of the program sees of io: a table announces its columns, then gives the wanted ones as batches of
 * typed arrays. Whatever the format, the same logical table gives the same bits.
 */

/** The number arrays that leave io. Anything else (float16, int64, bool ...) is converted; a fifth kind slows kernels. */
export type Numbers = Float64Array | Float32Array | Int32Array;

/**
 * Whether the first `n` are finite, as they nearly always are: one cheap pass, because v * 0 is 0 for every finite v and NaN otherwise.
 * Four sums side by side, because an addition to one sum waits for the addition before it. The last four come first: a loop over what
 * fours leave would be compiled again and again.
 */
export function areFinite(values: Numbers, n: number): boolean {
  if (n < 4) return values.subarray(0, n).every(Number.isFinite);
  let a = values[n - 1] * 0;
  let b = values[n - 2] * 0;
  let c = values[n - 3] * 0;
  let d = values[n - 4] * 0;
  for (let i = 0; i < n - 4; i += 4) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
    c += values[i + 2] * 0;
    d += values[i + 3] * 0;
  }
  return a + b + c + d === 0;
}

/** `rows` x `width` numbers, row-major. A scalar column has width 1. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly values: Numbers;
  readonly width: number;
  /** Lengths of the lists within lists that a row is, the outermost first: `[3, 480, 640]`. Absent where a row is flat. */
  readonly dims?: readonly number[];
  /**
   * Missing elements by their index in `values`, with what stood there (`''`, `NA`, `null`, `NaN`). Their value is NaN.
   * An infinite value is a number and not listed.
   */
  readonly missing: ReadonlyMap<number, string>;
}

/** One text per row, for keys and slices. A missing cell is the empty text. */
export interface TextColumn {
  readonly kind: 'text';
  readonly values: readonly string[];
  /** The same, from a reader that met few texts again and again. */
  readonly coded?: CodedTexts;
}

/** That of a row is `texts[codes[row]]`. A text may have several codes; there may be more texts, and more to come. */
export interface CodedTexts {
  readonly codes: Int32Array;
  readonly texts: readonly string[];
}

export type Column = NumberColumn | TextColumn;

export interface Batch {
  /** Number of rows in this batch. */
  readonly rows: number;
  /** Index of the first row in the table, from 0. */
  readonly first: number;
  /** One for each `Wanted`, in the same order: names from data never become keys. */
  readonly columns: readonly Column[];
  /** Line of each row in the file, from 1, where the format has lines: that of the first where each is one further than the one before. */
  readonly lines?: Float64Array | number;
  /** Index of each row in the input, from 0, where rows were left out before. */
  readonly index?: Float64Array;
  /** Says where a row came from, in a table made of several files or of some of the rows. */
  readonly place?: (row: number, column?: number) => string;
}

/** What pandas, R, SQL, JSON and spreadsheets write for a missing value: these spellings, after trimming, and no others. */
const MISSING: ReadonlySet<string> = new Set([
  '',
  'NA',
  'N/A',
  'n/a',
  '<NA>',
  'NaN',
  'nan',
  'NAN',
  '-nan',
  'null',
  'NULL',
  'None',
  'NaT',
]);

/** Whether a trimmed cell says that there is no value. */
export function isMissing(text: string): boolean {
  return MISSING.has(text);
}

/** Texts that stand for numbers. */
export type Labels = Pick<ReadonlyMap<string, number>, 'get'>;

/** What a reader is asked for. */
export interface Wanted {
  /** Position in `Table.columns`, from 0. */
  readonly column: number;
  /** `identity`: numbers that are equal where the texts are, and say nothing else. */
  readonly as: 'number' | 'text' | 'identity';
  /** Texts that stand for a number, such as class names. Looked up before the cell is read as a number; of identities the only way. */
  readonly labels?: Labels;
  /** Of the rows before, where these are read apart from them. */
  readonly shape?: Shape;
}

/** What a row of a number column is: `width` numbers, in lists within lists where `dims` says so. */
export type Shape = Pick<NumberColumn, 'width' | 'dims'>;

export interface ReadOptions {
  /** Most rows in one batch. Never changes a result. */
  readonly batchRows: number;
  /** Whoever asks is done with a batch before asking for the next one, which may then come in the same arrays. */
  readonly transient?: boolean;
}

/** What each batch takes beside its rows is a tenth of the time at 8192 of two numbers, and what V8 compiles because it is done so often as much again. */
export const USUAL_ROWS = 32_768;

/** Numbers of a batch: with what losses make of them, they should stay in the cache while all losses go over them. */
const MOST_NUMBERS = 2 ** 20;

/** How many rows of so many numbers come in one batch, at most `batchRows`. */
export function rowsInBatch(batchRows: number, numbers: number): number {
  let rows = batchRows; // halved, so that batches of two tables end at the same rows
  while (rows > 1 && rows * numbers > MOST_NUMBERS) rows = Math.ceil(rows / 2);
  return rows;
}

/** How far a table has been read, in bytes of what is wanted of its files: compressed bytes where they stream compressed. */
export interface Progress {
  readonly bytes: number;
  /** `undefined` where the end is not known: a pipe. */
  readonly total: number | undefined;
}

export interface Table {
  /** How messages name the source: the path as given, or `<stdin>`. */
  readonly name: string;
  readonly format: string;
  /** Names in file order. May repeat: a name used twice is only an error when it is asked for. */
  readonly columns: readonly string[];
  /** The one column is named after the file, because its format has no names: shards of one table differ in it. */
  readonly namedByFile?: true;
  /** Reads from the start to the end, once. Batches hold only the wanted columns; memory is bounded by one batch. */
  read(wanted: readonly Wanted[], options: ReadOptions): AsyncIterable<Batch>;
  /** In place of `read`: parts of about so many bytes, which threads can read apart. `null` where there is too little of the table, or no way to divide it. */
  pieces?(bytes: number): Promise<Pieces | null>;
  /** May be asked at any time. Nothing where the format does not tell. */
  progress?(): Progress | undefined;
  /** Releases the source, also when it was not read to its end. */
  close(): Promise<void>;
}

/** A part of a table, from one row to another, which goes from thread to thread. */
export interface Piece {
  /** Text of whole records, in memory that threads share: V8 reads arrays more slowly once a thread has given one away. */
  readonly bytes?: Uint8Array<SharedArrayBuffer>;
  /** The line of the file that it begins with. */
  readonly line?: number;
  /** Text that the thread reads itself. */
  readonly range?: Range;
  /** Rows of a table that can be read from any place. */
  readonly rows?: readonly [from: number, to: number];
  /** Rows that have been read. Only these are plain data once `sendable` has made them so. */
  readonly batches?: readonly Batch[];
}

/** Bytes of a file. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** The line that begins with the first byte; without it, neither that nor whether a record does is known. */
  readonly line?: number;
}

/** What has been read of a range: records from `begin` to `end`, in so many lines. */
export interface Extent {
  readonly begin: number;
  readonly end: number;
  readonly lines: number;
}

export interface Pieces {
  /** What `openPiece` needs beside a piece: plain data. */
  readonly origin: unknown;
  /** The thread that gives them reads them, and hands on what it has read. */
  readonly areRead?: boolean;
  /** The next one, in the order of the table. Does not fail: what cannot be read is told by `rest`, once the rows before it were judged. */
  next(): Promise<Piece | undefined>;
  /** Opens one in this thread, which has seen the rows before it. `first`: index of its first row in the table. */
  open(piece: Piece, first: number): PieceTable;
  /** Whether rows that were read of a piece come next. Always, where that is not said. */
  follows?(piece: Piece, extent: Extent | undefined): boolean;
  /** A piece of which too little was known, with its place, once the rows before it are counted; `null` where it has no rows of its own. */
  again?(piece: Piece): Piece | null;
  /** Says that the rows of a piece are counted. */
  done(piece: Piece, extent: Extent | undefined): void;
  /** Opens all of the table that is not counted: pieces that `next` gave, and what lies behind them. */
  rest(pieces: readonly Piece[], first: number): PieceTable;
}

export interface PieceTable extends Pick<Table, 'read'> {
  /** Of a range, once it has been read; `undefined` where it cannot be told. */
  extent?(): Extent | undefined;
}

/** The line of a row, where the format has lines. */
export function lineOf({ lines }: Pick<Batch, 'lines'>, row: number): number | undefined {
  return typeof lines === 'number' ? lines + row : lines?.[row];
}

/** Where a cell stands, for messages: `preds.csv:17:2` (line, field), or `preds.arrow: row 16, column 2`. */
export function place(table: Pick<Table, 'name'>, batch: Batch, row: number, column?: number): string {
  if (batch.place) return batch.place(row, column);
  const line = lineOf(batch, row);
  if (line !== undefined) return [table.name, line, ...(column === undefined ? [] : [column + 1])].join(':');
  const at = `${table.name}: row ${batch.first + row + 1}`;
  return column === undefined ? at : `${at}, column ${column + 1}`;
}
