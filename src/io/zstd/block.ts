/** One compressed block of a zstd frame (RFC 8878, 3.1.1.3): literals, and sequences that say how to copy them and what came before. */
import { bitsAt, endOfBits } from './bits.ts';
import { corrupt } from './corrupt.ts';
import { baseOf, bitsOf, buildTable, constantTable, type FseTable, readTable, symbolOf } from './fse.ts';
import type { History } from './history.ts';
import { decodeStream, type HuffmanTable, readTree } from './huffman.ts';

/** Longest block, compressed or not. */
export const LONGEST_BLOCK = 128 * 1024;

/**
 * Room before and behind the bytes of a block. Bits are read four bytes at a time, and a damaged sequence runs up to 12 bytes over the
 * beginning before that is seen.
 */
const FRONT = 16;
const BACK = 4;

/** Extra bits of each code; the values of a code begin where those of the one before end. */
interface Codes {
  readonly bits: Uint8Array;
  readonly bases: Int32Array;
}

function codes(first: number, bits: readonly number[]): Codes {
  let base = first;
  const bases = Int32Array.from(bits, (count) => {
    const begin = base;
    base += 1 << count;
    return begin;
  });
  return { bits: Uint8Array.from(bits), bases };
}

const zeros = (count: number) => new Array<number>(count).fill(0);

const LITERAL_LENGTHS = codes(0, [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_LENGTHS = codes(3, [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

/** The three kinds of code, in the order in which their tables are described. `usual`: counts of the table without a description. */
const KINDS = {
  literals: {
    log: 9,
    symbol: 35,
    usual: [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
    usualLog: 6,
  },
  offsets: {
    log: 8,
    symbol: 30, // 2^30 is as far as any window goes here
    usual: [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
    usualLog: 5,
  },
  matches: {
    log: 9,
    symbol: 52,
    usual: [1, 4, 3, 2, 2, 2, 2, 2, 2, ...new Array<number>(37).fill(1), -1, -1, -1, -1, -1, -1, -1],
    usualLog: 6,
  },
} as const;

type Kind = keyof typeof KINDS;
const ORDER = Object.keys(KINDS) as readonly Kind[];
const USUAL: Readonly<Record<Kind, FseTable>> = {
  literals: buildTable(KINDS.literals.usual, KINDS.literals.usualLog),
  offsets: buildTable(KINDS.offsets.usual, KINDS.offsets.usualLog),
  matches: buildTable(KINDS.matches.usual, KINDS.matches.usualLog),
};

/** What blocks of one frame hand on to each other. */
export class BlockDecoder {
  #tree: HuffmanTable | undefined;
  readonly #tables: { [K in Kind]?: FseTable } = {};
  /** The last three offsets, the newest first. */
  #recent: [number, number, number] = [1, 4, 8];
  readonly #literals = new Uint8Array(LONGEST_BLOCK);
  readonly #bytes = new Uint8Array(FRONT + LONGEST_BLOCK + BACK);
  readonly #view = new DataView(this.#bytes.buffer);

  /** Forgets the frame before. */
  reset(): void {
    this.#tree = undefined;
    for (const kind of ORDER) delete this.#tables[kind];
    this.#recent = [1, 4, 8];
  }

  /** Decodes a block of up to `LONGEST_BLOCK` bytes to the end of the history. */
  decode(block: Uint8Array, history: History): void {
    this.#bytes.set(block, FRONT);
    const end = FRONT + block.length;
    const { at, count } = this.#readLiterals(FRONT, end);
    this.#sequences(at, end, count, history);
  }

  /** Fills `#literals`; gives their number and the position behind them. */
  #readLiterals(from: number, to: number): { at: number; count: number } {
    const bytes = this.#bytes;
    const head = bytes[from] as number;
    const type = head & 3;
    const size = (head >> 2) & 3;
    if (type < 2) {
      const headLength = size === 1 ? 2 : size === 3 ? 3 : 1;
      const begin = from + headLength;
      const count = headLength === 1 ? head >> 3 : (this.#view.getUint32(from, true) >>> 4) & (headLength === 2 ? 0xfff : 0xfffff);
      const at = begin + (type === 0 ? count : 1);
      if (at > to || count > LONGEST_BLOCK) corrupt('literals are longer than their block');
      if (type === 0) this.#literals.set(bytes.subarray(begin, at));
      else this.#literals.fill(bytes[begin] as number, 0, count);
      return { at, count };
    }
    return this.#readCoded(type, size, from, to);
  }

  #readCoded(type: number, size: number, from: number, to: number): { at: number; count: number } {
    const bytes = this.#bytes;
    const bits = size < 2 ? 10 : size === 2 ? 14 : 18;
    const headLength = (4 + 2 * bits) / 8;
    const mask = (1 << bits) - 1;
    const count = (this.#view.getUint32(from, true) >>> 4) & mask;
    const at = from + headLength + ((this.#view.getUint32(from + headLength - 4, true) >>> (32 - bits)) & mask);
    if (at > to || count > LONGEST_BLOCK) corrupt('literals are longer than their block');
    let begin = from + headLength;
    if (type === 2) {
      const { table, end } = readTree(bytes, begin, at);
      this.#tree = table;
      begin = end;
    }
    if (!this.#tree) corrupt('literals refer to a Huffman tree that was never given');
    if (size === 0) decodeStream(this.#tree, this.#view, [begin, at], this.#literals, [0, count]);
    else this.#fourStreams(this.#tree, begin, at, count);
    return { at, count };
  }

  #fourStreams(tree: HuffmanTable, from: number, to: number, count: number): void {
    const part = (count + 3) >> 2;
    if (from + 6 > to || 3 * part > count) corrupt('literals are cut short');
    let start = from + 6;
    for (let k = 0; k < 4; k++) {
      const end = k < 3 ? start + this.#view.getUint16(from + 2 * k, true) : to;
      if (end > to) corrupt('literals are cut short');
      decodeStream(tree, this.#view, [start, end], this.#literals, [k * part, k < 3 ? (k + 1) * part : count]);
      start = end;
    }
  }

  #sequences(from: number, to: number, count: number, history: History): void {
    if (from >= to) corrupt('a block without sequences');
    const byte = (at: number) => (at < to ? (this.#bytes[at] as number) : corrupt('a block is cut short'));
    const first = byte(from);
    let at = from + (first < 128 ? 1 : first < 255 ? 2 : 3);
    let sequences = first;
    if (first === 255) sequences = byte(from + 1) + (byte(from + 2) << 8) + 0x7f00;
    else if (first >= 128) sequences = ((first - 128) << 8) + byte(from + 1);
    let taken = 0;
    if (sequences > 0) {
      const modes = byte(at++);
      if (modes & 3) corrupt('a block with reserved bits');
      for (const [k, kind] of ORDER.entries()) {
        at = this.#readTable(kind, (modes >> (6 - 2 * k)) & 3, at, to);
      }
      taken = this.#execute(at, to, sequences, count, history);
    } else if (at !== to) corrupt('a block with bytes that belong to nothing');
    history.append(this.#literals, taken, count);
  }

  #readTable(kind: Kind, mode: number, from: number, to: number): number {
    const most = KINDS[kind];
    if (mode === 0) this.#tables[kind] = USUAL[kind];
    if (mode === 1) {
      if (from >= to) corrupt('a block is cut short');
      const symbol = this.#bytes[from] as number;
      if (symbol > most.symbol) corrupt('a code that does not exist');
      this.#tables[kind] = constantTable(symbol);
      return from + 1;
    }
    if (mode === 2) {
      const { table, end } = readTable(this.#bytes, from, to, most);
      this.#tables[kind] = table;
      return end;
    }
    if (!this.#tables[kind]) corrupt('a block refers to a table that was never given');
    return from;
  }

  /** Runs all sequences, which `bytes[from..to)` hold; gives the number of literals that they take. */
  #execute(from: number, to: number, sequences: number, count: number, history: History): number {
    const { literals, offsets, matches } = this.#tables as { [K in Kind]: FseTable };
    const view = this.#view;
    const recent = this.#recent;
    const first = 8 * from;
    let bit = endOfBits(view, from, to) - literals.log - offsets.log - matches.log;
    if (bit < first) corrupt('sequences are cut short');
    let matchState = bitsAt(view, bit, matches.log);
    let offsetState = bitsAt(view, bit + matches.log, offsets.log);
    let literalState = bitsAt(view, bit + matches.log + offsets.log, literals.log);
    let taken = 0;
    for (let left = sequences; left > 0; left--) {
      const offsetEntry = offsets.states[offsetState] as number;
      const matchEntry = matches.states[matchState] as number;
      const literalEntry = literals.states[literalState] as number;

      const offsetCode = symbolOf(offsetEntry);
      bit -= offsetCode;
      const value = offsetValue(view, bit, offsetCode);
      const matchCode = symbolOf(matchEntry);
      let match = MATCH_LENGTHS.bases[matchCode] as number;
      const matchBits = MATCH_LENGTHS.bits[matchCode] as number;
      if (matchBits > 0) {
        bit -= matchBits;
        match += bitsAt(view, bit, matchBits);
      }
      const literalCode = symbolOf(literalEntry);
      let length = LITERAL_LENGTHS.bases[literalCode] as number;
      const literalBits = LITERAL_LENGTHS.bits[literalCode] as number;
      if (literalBits > 0) {
        bit -= literalBits;
        length += bitsAt(view, bit, literalBits);
      }
      if (left > 1) {
        const bits = bitsOf(literalEntry) + bitsOf(matchEntry);
        bit -= bits;
        const word = bitsAt(view, bit, bits);
        literalState = baseOf(literalEntry) + (word >>> bitsOf(matchEntry));
        matchState = baseOf(matchEntry) + (word & ((1 << bitsOf(matchEntry)) - 1));
        bit -= bitsOf(offsetEntry);
        offsetState = baseOf(offsetEntry) + bitsAt(view, bit, bitsOf(offsetEntry));
      }
      if (bit < first) corrupt('sequences are cut short');
      if (taken + length > count) corrupt('a sequence takes more literals than there are');
      history.copy(this.#literals, taken, length, offsetOf(value, length, recent), match);
      taken += length;
    }
    if (bit !== first) corrupt('sequences whose bits do not come out even');
    return taken;
  }
}

/** `2^code` and as many bits as the code says, in two portions where they are many. */
function offsetValue(view: DataView, bit: number, code: number): number {
  if (code <= 24) return (1 << code) + bitsAt(view, bit, code);
  return (1 << code) + (bitsAt(view, bit + 24, code - 24) << 24) + bitsAt(view, bit, 24);
}

/** Values 1 to 3 stand for offsets used before; the list of these moves on. */
function offsetOf(value: number, literals: number, recent: [number, number, number]): number {
  const [first, second, third] = recent;
  if (value > 3) {
    recent[0] = value - 3;
    recent[1] = first;
    recent[2] = second;
    return value - 3;
  }
  // Without literals before it, the newest offset would only have made the last match longer: the values mean the next ones.
  const which = literals === 0 ? value : value - 1;
  if (which === 0) return first;
  const offset = which === 1 ? second : which === 2 ? third : first - 1;
  if (which > 1) recent[2] = second;
  recent[1] = first;
  recent[0] = offset;
  return offset;
}
