/**
 * Rows of delimited text, in AssemblyScript: what plain.ts does, with SIMD instructions. First all delimiters, newlines and quotes are found, 64
 * bytes at a time; the rows then go from mark to mark, so that no number waits for the end of the one before it.
 */
import { fillTables, number, pair } from './decimal.as';
import { clear, codeOf, countOf } from './texts.as';

export { LARGEST_POWER, LEAST_POWER, POWERS } from './decimal.as';
export { BYTES_OF_DICTIONARY } from './texts.as';

/** Reads a number that is not understood here into its column; returns false where the host finds none either. */
declare function odd(step: i32, row: i32, start: usize, end: usize): bool;

/** Takes the next text of a dictionary. */
declare function fresh(step: i32, start: usize, end: usize): void;

const NEWLINE: u8 = 0x0a;
const RETURN: u8 = 0x0d;
const QUOTE: u8 = 0x22;
const NEWLINES = memory.data<u8>([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10], 16);
const RETURNS = memory.data<u8>([13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13, 13], 16);
const QUOTES = memory.data<u8>([34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34], 16);

/** Marks that are found at a time, and room for those of a last 64 bytes. Each is the address of its byte. */
const MARK: usize = 4;
const MOST_MARKS: i32 = 8192;
const MARKS = memory.data((4 + 8192 + 64) * 4, 16) + 4 * MARK;
/** Where a byte stands that no mark is. */
const NO_MARK = memory.data<u8>([0xff]);
/** For quotes and double newlines, beyond one mark for each cell. */
const MORE_MARKS: i32 = 256;

/** What is done with a wanted cell, as the host writes it: words one behind the other. */
const STEP: usize = 32;
/** How many cells further than in the step before, and which cell that is. */
const FORWARD: usize = 0;
const CELL: usize = 4;
/** Where its numbers go, and where the places of its texts go, a start and an end for each row; one of them is 0. */
const NUMBERS: usize = 8;
const PLACES: usize = 12;
/** Two marks around the cell of a row with quotes, which has others in between. */
const AROUND: usize = 16;
/** A dictionary of its texts, and where their codes go, one for each row; 0 where there is none, or none any more. */
const DICTIONARY: usize = 24;
const CODES: usize = 28;

let steps: usize = 0;
let stepsEnd: usize = 0;
let lines: usize = 0;
let delimiter: u8 = 0;
let cells: usize = 0;

/** Where the memory begins that the host may use. */
export const FREE: usize = (__heap_base + 15) & ~15;

/** Behind the rows that were taken last, and the line on which the next one begins. */
export let next: usize = 0;
export let line: f64 = 0;
/** The same for a row with quotes, until its numbers are read. */
let behind: usize = 0;
let newlines: i32 = 0;

/** `linesAt` is where the line of each row goes. */
export function layOut(at: usize, count: i32, linesAt: usize, delimiterByte: u8, cellsOfRow: i32): void {
  fillTables();
  steps = at;
  stepsEnd = at + usize(count) * STEP;
  lines = linesAt;
  delimiter = delimiterByte;
  cells = cellsOfRow;
  for (let step = steps; step < stepsEnd; step += STEP) {
    const dictionary: usize = load<u32>(step, DICTIONARY);
    if (dictionary !== 0) clear(dictionary);
  }
}

/**
 * Takes up to `room` rows of at most `longest` bytes off the bytes from `start` to `last`, where a newline stands that is not of the text;
 * returns how many.
 */
export function take(start: usize, last: usize, complete: bool, longest: usize, room: i32, firstLine: f64): i32 {
  next = start;
  line = firstLine;
  let rows = 0;
  for (let before = -1; rows > before && rows < room && next < last; ) {
    before = rows;
    const end = findMarks(next, last, (room - rows) * i32(cells) + MORE_MARKS);
    for (let mark = MARKS; mark < end && rows < room && next < last; ) {
      const pair = isPair(mark + (cells - 1) * MARK);
      const stride = (cells + usize(pair)) * MARK;
      const regular = regularRows(mark, pair, room - rows, last, longest);
      if (regular > 0) {
        const read = readCells(mark, stride, rows, regular);
        const first = line - f64(rows);
        for (let end = rows + read; rows < end; rows++) store<f64>(lines + (rows << 3), first + f64(rows));
        line = first + f64(rows);
        next = placeOf(mark + usize(read) * stride - MARK) + 1;
        if (read < regular) return rows;
        mark += usize(regular) * stride;
      } else {
        mark = findCells(mark, end, last, complete, longest);
        if (mark === 0) break;
        if (readCells(0, 0, rows, 1) === 0) return rows;
        store<f64>(lines + (rows << 3), line);
        line += f64(1 + newlines);
        next = behind;
        rows++;
      }
    }
  }
  return rows;
}

/** How many rows from a mark on, `most` at most, have the cells of the table, no quotes, and newlines that are all CR LF or all LF. */
function regularRows(first: usize, pair: bool, most: i32, last: usize, longest: usize): i32 {
  let mark = first;
  for (let rows = 0; rows < most; rows++) {
    const start = placeOf(mark - MARK) + 1;
    for (let close = mark + (cells - 1) * MARK; mark < close; mark += MARK) if (byteAt(mark) !== delimiter) return rows;
    if (pair) {
      if (!isPair(mark)) return rows;
      mark += MARK;
    } else if (byteAt(mark) !== NEWLINE) return rows;
    const stop = placeOf(mark) + 1;
    if (stop > last || stop - start > longest) return rows;
    mark += MARK;
  }
  return most;
}

/** Whether CR LF begins at a mark. */
function isPair(mark: usize): bool {
  return byteAt(mark) === RETURN && load<u8>(placeOf(mark), 1) === NEWLINE;
}

/**
 * Reads the wanted cells of `rows` rows, whose marks begin at `first` and stand `stride` apart, or of the row of `findCells` for 0. Returns how
 * many rows there are before the first without a number where one is wanted.
 */
function readCells(first: usize, stride: usize, row: i32, rows: i32): i32 {
  for (let step = steps; step < stepsEnd; step += STEP) {
    const marks = first === 0 ? step + AROUND : first + <usize>load<u32>(step, CELL) * MARK - MARK;
    const column: usize = load<u32>(step, NUMBERS);
    const places: usize = load<u32>(step, PLACES);
    if (column !== 0) rows = readNumbers(step, marks, stride, column, row, rows);
    else if (places !== 0) {
      storePlaces(marks, stride, places + (row << 3), rows);
      if (load<u32>(step, DICTIONARY) !== 0) storeCodes(step, places, row, rows);
    }
  }
  return rows;
}

/** Two by two, as long as both numbers are of the usual kind; the last of an odd number of them is read twice. */
function readNumbers(step: usize, first: usize, stride: usize, column: usize, row: i32, rows: i32): i32 {
  const end = row + rows;
  let marks = first;
  for (let k = row; k < end; ) {
    for (; k < end; k += 2) {
      const other = k + 1 < end ? marks + stride : marks;
      const both = pair(placeOf(marks) + 1, placeOf(marks + MARK), placeOf(other) + 1, placeOf(other + MARK));
      if (Number.isNaN(v128.extract_lane<f64>(both, 0))) break;
      if (other === marks) store<f64>(column + (k << 3), v128.extract_lane<f64>(both, 0));
      else v128.store(column + (k << 3), both);
      marks = other + stride;
    }
    for (const stop = min(k + 2, end); k < stop; k++) {
      if (!readNumber(step, marks, column, k)) return k - row;
      marks += stride;
    }
  }
  return rows;
}

function readNumber(step: usize, marks: usize, column: usize, row: i32): bool {
  const start = placeOf(marks) + 1;
  const end = placeOf(marks + MARK);
  const value = number(start, end);
  if (Number.isNaN(value)) return odd(i32((step - steps) / STEP), row, start, end);
  store<f64>(column + (row << 3), value);
  return true;
}

function storePlaces(first: usize, stride: usize, places: usize, rows: i32): void {
  let marks = first;
  for (let k = 0; k < rows; k++) {
    store<u32>(places + (k << 3), u32(placeOf(marks) + 1));
    store<u32>(places + (k << 3), u32(placeOf(marks + MARK)), 4);
    marks += stride;
  }
}

/** A dictionary that cannot take a text is given up. */
function storeCodes(step: usize, places: usize, row: i32, rows: i32): void {
  const dictionary: usize = load<u32>(step, DICTIONARY);
  const codes: usize = load<u32>(step, CODES);
  for (let k = row; k < row + rows; k++) {
    const start: usize = load<u32>(places + (k << 3));
    const end: usize = load<u32>(places + (k << 3), 4);
    const next = countOf(dictionary);
    const code = codeOf(dictionary, start, end);
    if (code < 0) {
      store<u32>(step, 0, DICTIONARY);
      return;
    }
    if (code === next) fresh(i32((step - steps) / STEP), start, end);
    store<i32>(codes + (k << 2), code);
  }
}

/** Finds the cells of any row, with quotes or not; returns the mark behind it, or 0 where the host has to look at it or more marks are needed. */
function findCells(first: usize, end: usize, last: usize, complete: bool, longest: usize): usize {
  let start = next;
  let mark = first;
  let close = closeOf(start, mark, end, last); // the mark that ends the cell
  newlines = 0;
  for (let step = steps; step < stepsEnd; step += STEP) {
    for (let forward = load<i32>(step, FORWARD); forward > 0; forward--) {
      if (close === 0 || byteAt(close) !== delimiter) return 0;
      if (close !== mark) newlines += newlinesBetween(mark, close);
      start = placeOf(close) + 1;
      mark = close + MARK;
      close = closeOf(start, mark, end, last);
    }
    if (close === 0) return 0;
    const quotes = usize(close !== mark);
    store<u32>(step, u32(start + quotes - 1), AROUND);
    store<u32>(step, u32(placeOf(close) - quotes), AROUND + MARK);
  }
  if (close !== mark) newlines += newlinesBetween(mark, close);
  const byte = byteAt(close);
  if (byte !== NEWLINE && byte !== RETURN) return 0;
  const pair = usize(isPair(close));
  behind = placeOf(close) + 1 + pair;
  if ((behind > last && !complete) || behind - next > longest) return 0;
  return close + MARK + pair * MARK;
}

/** Where a mark stands. */
function placeOf(mark: usize): usize {
  return load<u32>(mark);
}

/** What stands there. */
function byteAt(mark: usize): u8 {
  return load<u8>(placeOf(mark));
}

/** The mark that ends the cell at `start`, whose first mark is `mark`; 0 where there is none or a quote stands in the wrong place. */
function closeOf(start: usize, mark: usize, end: usize, last: usize): usize {
  return byteAt(mark) === QUOTE ? quotedClose(start, mark, end, last) : mark;
}

/** The same for a cell with a quote, which should be its first byte. */
function quotedClose(start: usize, opening: usize, end: usize, last: usize): usize {
  if (placeOf(opening) !== start) return 0;
  for (let mark = opening + MARK; mark + MARK < end; mark += MARK) {
    if (byteAt(mark) !== QUOTE) continue;
    const behind = mark + MARK;
    if (placeOf(mark) >= last || placeOf(behind) !== placeOf(mark) + 1) return 0;
    if (byteAt(behind) !== QUOTE) return behind;
    mark += MARK;
  }
  return 0;
}

/** Newlines within the quoted cell between two marks; CR LF is one. */
function newlinesBetween(opening: usize, close: usize): i32 {
  let count = 0;
  for (let mark = opening + MARK; mark < close - MARK; mark += MARK) {
    const byte = byteAt(mark);
    if (byte === RETURN || (byte === NEWLINE && load<u8>(placeOf(mark) - 1) !== RETURN)) count++;
  }
  return count;
}

/**
 * Writes where the marks are from `start` to `last`, `most` or some more. Before them goes the byte before `start`, as if it were one, and behind
 * them one that is none. Returns their end.
 */
function findMarks(start: usize, last: usize, most: i32): usize {
  const delimiters = v128.splat<u8>(delimiter);
  const full = MARKS + usize(min(most, MOST_MARKS)) * MARK;
  let end = MARKS;
  store<u32>(MARKS - MARK, u32(start - 1));
  for (let at = start; at <= last && end < full; at += 64) {
    let bits = marksAt(at, delimiters) | (marksAt(at + 16, delimiters) << 16);
    bits |= (marksAt(at + 32, delimiters) << 32) | (marksAt(at + 48, delimiters) << 48);
    const count = usize(popcnt(bits));
    // Eight at a time, needed or not: nobody could foresee when a loop over single marks ends.
    for (let to = end; bits !== 0; to += 8 * MARK) {
      for (let k: usize = 0; k < 8; k++) {
        store<u32>(to + k * MARK, u32(at) + u32(ctz(bits)));
        bits &= bits - 1;
      }
    }
    end += count * MARK;
  }
  store<u32>(end, u32(NO_MARK));
  return end;
}

/** A bit for each of 16 bytes that is a mark. */
function marksAt(at: usize, delimiters: v128): u64 {
  const bytes = v128.load(at);
  const ends = v128.or(v128.eq<u8>(bytes, delimiters), v128.eq<u8>(bytes, v128.load(NEWLINES)));
  const rare = v128.or(v128.eq<u8>(bytes, v128.load(RETURNS)), v128.eq<u8>(bytes, v128.load(QUOTES)));
  return u64(v128.bitmask<i8>(v128.or(ends, rare)));
}
