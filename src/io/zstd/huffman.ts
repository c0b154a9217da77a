/** Huffman coding of the literals of a zstd block (RFC 8878, 4.2). */
import { BackwardBits, bitsAt, endOfBits } from './bits.ts';
import { corrupt } from './corrupt.ts';
import { baseOf, bitsOf, readTable, symbolOf } from './fse.ts';

/** For each value of the next `log` bits: symbol << 8 | bits of its code. */
export interface HuffmanTable {
  readonly log: number;
  readonly codes: Uint16Array;
}

const LONGEST_CODE = 11;
const MOST_SYMBOLS = 256;

/** The description of a tree and the position behind it. */
export function readTree(bytes: Uint8Array, from: number, to: number): { table: HuffmanTable; end: number } {
  if (from >= to) corrupt('a Huffman tree is cut short');
  const head = bytes[from] as number;
  const plain = head >= 128;
  const end = from + 1 + (plain ? (head - 126) >> 1 : head);
  if (end > to) corrupt('a Huffman tree is cut short');
  const weights = plain ? plainWeights(bytes, from + 1, head - 127) : codedWeights(bytes, from + 1, end);
  return { table: tableOf(weights), end };
}

/** Four bits each. */
function plainWeights(bytes: Uint8Array, from: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => {
    const byte = bytes[from + (k >> 1)] as number;
    return k & 1 ? byte & 15 : byte >> 4;
  });
}

/** Two states take turns; whoever finds no bits left has the other one give the last weight. */
function codedWeights(bytes: Uint8Array, from: number, to: number): number[] {
  const { table, end } = readTable(bytes, from, to, { log: 6, symbol: LONGEST_CODE + 1 });
  const bits = new BackwardBits(new DataView(bytes.buffer), end, to);
  const turns = [bits.read(table.log), bits.read(table.log)];
  if (bits.left < 0) corrupt('the weights of a Huffman tree are cut short');
  const weights: number[] = [];
  for (let turn = 0; ; turn ^= 1) {
    const state = table.states[turns[turn] as number] as number;
    weights.push(symbolOf(state));
    // A table of one symbol reads no bits: without this it would never end.
    if (weights.length >= MOST_SYMBOLS) corrupt('a Huffman tree of too many symbols');
    turns[turn] = baseOf(state) + bits.read(bitsOf(state));
    if (bits.left >= 0) continue;
    weights.push(symbolOf(table.states[turns[turn ^ 1] as number] as number));
    return weights;
  }
}

/** A symbol of weight `w` has `2^(w-1)` of the table's places. The last symbol's weight is not written: it fills the table. */
function tableOf(weights: readonly number[]): HuffmanTable {
  if (weights.length >= MOST_SYMBOLS) corrupt('a Huffman tree of too many symbols');
  if (weights.some((weight) => weight > LONGEST_CODE)) corrupt('a Huffman code that is too long');
  const taken = weights.reduce((sum, weight) => sum + ((1 << weight) >> 1), 0);
  if (taken === 0) corrupt('a Huffman tree without symbols');
  const log = 32 - Math.clz32(taken);
  const left = (1 << log) - taken;
  if (log > LONGEST_CODE || (left & (left - 1)) !== 0) corrupt('a Huffman tree that is not whole');
  const all = [...weights, 32 - Math.clz32(left)];
  const codes = new Uint16Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    for (const [symbol, one] of all.entries()) {
      if (one !== weight) continue;
      const next = at + (1 << (weight - 1));
      codes.fill((symbol << 8) | (log + 1 - weight), at, next);
      at = next;
    }
  }
  return { log, codes };
}

/** Decodes one stream, `bytes[from..to)`, into `out[start..end)`. Both its lengths must agree. Three bytes behind it can be read. */
export function decodeStream(
  { log, codes }: HuffmanTable,
  bytes: DataView,
  [from, to]: readonly [number, number],
  out: Uint8Array,
  [start, end]: readonly [number, number],
): void {
  const first = 8 * from;
  const mask = (1 << log) - 1;
  let bit = endOfBits(bytes, from, to);
  let at = start;
  // Two codes have at most 22 bits, and 25 can be had at once.
  for (; at + 1 < end && bit - first >= 2 * log; at += 2) {
    const word = bitsAt(bytes, bit - 2 * log, 2 * log);
    const one = codes[word >>> log] as number;
    const two = codes[(word >>> (log - (one & 0xff))) & mask] as number;
    out[at] = one >>> 8;
    out[at + 1] = two >>> 8;
    bit -= (one & 0xff) + (two & 0xff);
  }
  for (; at < end; at++) {
    const left = bit - first;
    if (left < 0) corrupt('literals are cut short');
    const code = codes[left >= log ? bitsAt(bytes, bit - log, log) : bitsAt(bytes, first, left) << (log - left)] as number;
    out[at] = code >>> 8;
    bit -= code & 0xff;
  }
  if (bit !== first) corrupt('literals whose bits do not come out even');
}
