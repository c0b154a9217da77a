/** Finite state entropy coding: how zstd writes the codes of its sequences, and the weights of its Huffman trees (RFC 8878, 4.1). */
import { corrupt } from './corrupt.ts';

/** For each state: base of the next state << 16 | bits to read for it << 8 | symbol. */
export interface FseTable {
  /** Logarithm of the number of states. */
  readonly log: number;
  readonly states: Uint32Array;
}

export const symbolOf = (state: number): number => state & 0xff;
export const bitsOf = (state: number): number => (state >>> 8) & 0xff;
export const baseOf = (state: number): number => state >>> 16;

/** A table of one state, which gives one symbol and reads no bits. */
export function constantTable(symbol: number): FseTable {
  return { log: 0, states: Uint32Array.of(symbol) };
}

/** `counts`: how many of the `2^log` states each symbol has; -1 is one state, whose next state takes all bits. */
export function buildTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  let high = size;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[--high] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at >= high);
    }
  });
  const next = counts.map(Math.abs);
  const states = new Uint32Array(size);
  for (let state = 0; state < size; state++) {
    const symbol = symbols[state] as number;
    const value = next[symbol] as number;
    next[symbol] = value + 1;
    const bits = log - (31 - Math.clz32(value));
    states[state] = (((value << bits) - size) << 16) | (bits << 8) | symbol;
  }
  return { log, states };
}

/** The description of a table and the position behind it. */
export function readTable(
  bytes: Uint8Array,
  from: number,
  to: number,
  most: { readonly log: number; readonly symbol: number },
): { table: FseTable; end: number } {
  let bit = 8 * from;
  // Looks further than a short value goes, so the end is checked at the end: behind it there are zeros.
  const peek = (length: number) => {
    const byte = bit >> 3;
    const part = (k: number) => (byte + k < to ? (bytes[byte + k] as number) << (8 * k) : 0);
    return ((part(0) | part(1) | part(2)) >>> (bit & 7)) & ((1 << length) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  if (log > most.log) corrupt(`a table of 2^${log} states, more than 2^${most.log}`);
  const counts: number[] = [];
  let left = 1 << log;
  while (left > 0) {
    if (counts.length > most.symbol) corrupt('a table with too many symbols');
    // Values up to `left + 1`: those below `short` take a bit less.
    const length = 32 - Math.clz32(left + 1);
    const mask = (1 << (length - 1)) - 1;
    const short = (1 << length) - 2 - left;
    let value = peek(length);
    if ((value & mask) < short) {
      value &= mask;
      bit += length - 1;
    } else {
      if (value > mask) value -= short;
      bit += length;
    }
    counts.push(value - 1);
    left -= Math.abs(value - 1);
    if (value !== 1) continue;
    for (let zeros = 3; zeros === 3; ) {
      zeros = peek(2);
      bit += 2;
      for (let i = 0; i < zeros; i++) counts.push(0);
    }
  }
  if (left < 0 || counts.length > most.symbol + 1) corrupt('a table of probabilities that do not add up');
  const end = (bit + 7) >> 3;
  if (end > to) corrupt('a table of probabilities is cut short');
  return { table: buildTable(counts, log), end };
}
