/** Deepest nesting and longest list that Parquet's metadata is read with: real ones nest six levels and list columns and row groups. */
const DEEPEST = 32;
const LONGEST_LIST = 2 ** 20;
/** Parquet numbers the fields of a struct from 1, and has no more than 20. */
const MOST_FIELDS = 32;

const TRUE = 1;
const FALSE = 2;
const BYTE = 3;
const INTEGERS = [4, 5, 6];
const DOUBLE = 7;
const BINARY = 8;
const LIST = 9;
const STRUCT = 12;

/** Whole numbers of more than 53 bits are rounded: no count and no size is one. */
type Value = number | boolean | Uint8Array | readonly Value[] | Struct;

/** The fields of a struct by their numbers. What is not there, or of another type than it is asked for, is `undefined`. */
export class Struct {
  readonly #fields: readonly (Value | undefined)[];

  constructor(fields: readonly (Value | undefined)[]) {
    this.#fields = fields;
  }

  number(field: number): number | undefined {
    const value = this.#fields[field];
    return typeof value === 'number' ? value : undefined;
  }

  truth(field: number): boolean | undefined {
    const value = this.#fields[field];
    return typeof value === 'boolean' ? value : undefined;
  }

  text(field: number): string | undefined {
    return textOf(this.#fields[field]);
  }

  struct(field: number): Struct | undefined {
    const value = this.#fields[field];
    return value instanceof Struct ? value : undefined;
  }

  structs(field: number): readonly Struct[] | undefined {
    return this.#list(field, (value) => (value instanceof Struct ? value : undefined));
  }

  texts(field: number): readonly string[] | undefined {
    return this.#list(field, textOf);
  }

  #list<T>(field: number, as: (value: Value) => T | undefined): readonly T[] | undefined {
    const list = this.#fields[field];
    if (!Array.isArray(list)) return undefined;
    const all = list.map(as).filter((value) => value !== undefined);
    return all.length === list.length ? all : undefined;
  }
}

function textOf(value: Value | undefined): string | undefined {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8') : undefined;
}

/**
 * Reads a struct in Thrift's compact protocol; gives where it ends as well. Takes time and memory in proportion to the bytes that are
 * there, whatever they declare.
 *
 * Source: apache/thrift, thrift-compact-protocol.md.
 */
export function readThrift(bytes: Uint8Array, start: number): { readonly value: Struct; readonly end: number } {
  let at = start;
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

  /** Zigzag: 0, -1, 1, -2 ... */
  function integer(): number {
    const value = varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  function take(length: number): Uint8Array {
    if (length > bytes.length - at) throw new Error('metadata that points outside itself');
    at += length;
    return bytes.subarray(at - length, at);
  }

  function element(type: number): Value {
    if (type === BYTE) return byte();
    if (INTEGERS.includes(type)) return integer();
    if (type === DOUBLE) return take(8);
    if (type === BINARY) return take(varint());
    if (type === LIST) return list();
    if (type === STRUCT) return struct();
    throw new Error(`metadata with a value of type ${type}`);
  }

  function list(): Value[] {
    const head = byte();
    const type = head & 15;
    const size = head >> 4 === 15 ? varint() : head >> 4;
    // Each element takes a byte at least.
    if (size > Math.min(bytes.length - at, LONGEST_LIST)) throw new Error(`metadata with a list of ${size} elements`);
    const values: Value[] = [];
    for (let k = 0; k < size; k++) values.push(type === TRUE || type === FALSE ? byte() === TRUE : element(type));
    return values;
  }

  function struct(): Struct {
    if (++depth > DEEPEST) throw new Error(`metadata nested deeper than ${DEEPEST} levels`);
    const fields: (Value | undefined)[] = [];
    let field = 0;
    for (let head = byte(); (head & 15) !== 0; head = byte()) {
      field = head >> 4 === 0 ? integer() : field + (head >> 4);
      const type = head & 15;
      const value = type === TRUE || type === FALSE ? type === TRUE : element(type);
      if (field >= 0 && field < MOST_FIELDS) fields[field] = value;
    }
    depth--;
    return new Struct(fields);
  }

  return { value: struct(), end: at };
}
