/**
 * Codes for the texts of a column that holds few of them again and again, such as names of slices: a hash table by their bytes, in AssemblyScript.
 * It takes so many texts and no more, so its memory is known before, and a column of ids is soon given up.
 */

const MOST_TEXTS: usize = 1024;
/** Bytes of the longest text that is taken. */
const LONGEST: usize = 64;
const SLOTS: usize = 4096;
const BITS_OF_SLOT: u64 = 12;
const CHUNK: usize = 16;
/** An odd number whose bits are as good as random: 2^64 over the golden ratio. */
const FACTOR: u64 = 0x9e3779b97f4a7c15;

/** A dictionary: how many texts it holds, for each slot 0 or a code and 1, then for each code its length and its bytes, padded with zeros. */
const SLOTS_AT: usize = 4;
const LENGTHS_AT: usize = SLOTS_AT + SLOTS * 4;
const BYTES_AT: usize = (LENGTHS_AT + MOST_TEXTS * 4 + 15) & ~15;
export const BYTES_OF_DICTIONARY: i32 = i32(BYTES_AT + MOST_TEXTS * LONGEST);

/** Read from byte 16 - n on, they keep the first n lanes of a vector. */
const KEPT = memory.data<u8>(
  [255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  16,
);

/** Forgets all texts. */
export function clear(dictionary: usize): void {
  memory.fill(dictionary, 0, LENGTHS_AT);
}

/** How many texts it holds: the code of the next one. */
export function countOf(dictionary: usize): i32 {
  return load<i32>(dictionary);
}

/** The code of the text from `start` to `end`, which is taken if it is a new one; -1 where it is too long, or there is no room. */
export function codeOf(dictionary: usize, start: usize, end: usize): i32 {
  const length = end - start;
  if (length > LONGEST) return -1;
  let hash: u64 = length;
  for (let at: usize = 0; at < length; at += CHUNK) {
    const bytes = chunk(start + at, length - at);
    hash = (hash ^ v128.extract_lane<u64>(bytes, 0)) * FACTOR;
    hash = (hash ^ (hash >> 32) ^ v128.extract_lane<u64>(bytes, 1)) * FACTOR;
  }
  let slot = usize(hash >> (64 - BITS_OF_SLOT));
  let code = load<i32>(slotOf(dictionary, slot)) - 1;
  while (code >= 0 && !isText(dictionary, code, start, length)) {
    slot = (slot + 1) & (SLOTS - 1);
    code = load<i32>(slotOf(dictionary, slot)) - 1;
  }
  return code >= 0 ? code : take(dictionary, slotOf(dictionary, slot), start, length);
}

function slotOf(dictionary: usize, slot: usize): usize {
  return dictionary + SLOTS_AT + (slot << 2);
}

function isText(dictionary: usize, code: i32, start: usize, length: usize): bool {
  if (load<u32>(dictionary + LENGTHS_AT + (usize(code) << 2)) !== u32(length)) return false;
  const known = bytesOf(dictionary, code);
  for (let at: usize = 0; at < length; at += CHUNK) {
    if (v128.any_true(v128.xor(v128.load(known + at), chunk(start + at, length - at)))) return false;
  }
  return true;
}

function take(dictionary: usize, slot: usize, start: usize, length: usize): i32 {
  const code = countOf(dictionary);
  if (code === i32(MOST_TEXTS)) return -1;
  store<i32>(dictionary, code + 1);
  store<i32>(slot, code + 1);
  store<u32>(dictionary + LENGTHS_AT + (usize(code) << 2), u32(length));
  const bytes = bytesOf(dictionary, code);
  for (let at: usize = 0; at < length; at += CHUNK) v128.store(bytes + at, chunk(start + at, length - at));
  return code;
}

function bytesOf(dictionary: usize, code: i32): usize {
  return dictionary + BYTES_AT + usize(code) * LONGEST;
}

/** The first `count` bytes at a place, 16 at most, and zeros. */
function chunk(at: usize, count: usize): v128 {
  return v128.and(v128.load(at), v128.load(KEPT + CHUNK - min(count, CHUNK)));
}
