/** Deepest nesting and longest list that Parquet's metadata is read with: real ones nest six levels and list columns and row groups. */
const DEEPEST = 32;
const LONGEST_LIST = 2 ** 20;

const BOOLEANS = [1, 2];
const BYTE = 3;
const INTEGERS = [4, 5, 6];
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/**
 * Goes once through a struct in Thrift's compact protocol, before hyparquet builds it: that makes an array of whatever length a list
 * declares, which can end the process, and follows nesting and integers without an end. Gives where the struct ends.
 */
export function checkThrift(bytes: Uint8Array, at: number): number {
  let depth = 0;

  function byte(): number {
    if (at >= bytes.length) throw new Error('metadata that is cut short');
    return bytes[at++] as number;
  }

  function varint(): number {
    let value = 0;
    for (let k = 0; k < 10; k++) {
      const next = byte();
      value += (next & 0x7f) * 2 ** (7 * k);
      if (next < 0x80) return value;
    }
    throw new Error('metadata with an integer of more than 64 bits');
  }

  function skip(length: number): void {
    if (length > bytes.length - at) throw new Error('metadata that points outside itself');
    at += length;
  }

  function element(type: number, inList: boolean): void {
    if (BOOLEANS.includes(type)) skip(inList ? 1 : 0);
    else if (type === BYTE) skip(1);
    else if (INTEGERS.includes(type)) varint();
    else if (type === DOUBLE) skip(8);
    else if (type === BINARY) skip(varint());
    else if (type === LIST) list();
    else if (type === STRUCT) struct();
    else throw new Error(`metadata with a value of type ${type}`);
  }

  function list(): void {
    const head = byte();
    const size = head >> 4 === 15 ? varint() : head >> 4;
    // Each element takes a byte at least.
    if (size > Math.min(bytes.length - at, LONGEST_LIST)) throw new Error(`metadata with a list of ${size} elements`);
    for (let k = 0; k < size; k++) element(head & 15, true);
  }

  function struct(): void {
    if (++depth > DEEPEST) throw new Error(`metadata nested deeper than ${DEEPEST} levels`);
    for (let head = byte(); (head & 15) !== 0; head = byte()) {
      if (head >> 4 === 0) varint(); // the number of the field, where it is not the next one
      element(head & 15, false);
    }
    depth--;
  }

  struct();
  return at;
}
