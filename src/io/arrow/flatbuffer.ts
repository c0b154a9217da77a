import { isUtf8 } from 'node:buffer';

/** A vector of structs: entry `k`, and in it the integer at this byte. */
export interface Structs {
  readonly length: number;
  int32(k: number, at: number): number;
  int64(k: number, at: number): number;
}

const NO_STRUCTS: Structs = { length: 0, int32: () => 0, int64: () => 0 };

/** Bytes of each field of a table, in the order of its schema; those that point elsewhere have 4. */
export type Layout = readonly number[];

/** Of the pointer to the vtable, with which a table begins. */
const HEAD = 4;

/**
 * The little of FlatBuffers that Arrow needs. Every access is through a `DataView`, which throws a RangeError outside its bytes.
 * Nothing is made of a vector before it is known to fit: a length of four bytes may declare gigabytes.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  /** Where each field stands in the table; 0 where it has its default. */
  readonly #offsets: readonly number[];

  private constructor(view: DataView, at: number, layout: Layout) {
    this.#view = view;
    this.#at = at;
    const vtable = at - view.getInt32(at, true);
    const vtableSize = view.getUint16(vtable, true);
    const size = view.getUint16(vtable + 2, true);
    const count = (vtableSize - 4) / 2;
    const apart = vtable + vtableSize <= at || vtable >= at + size;
    if (count < 0 || !Number.isInteger(count) || !apart || at + size > view.byteLength) throw new RangeError('no table');
    this.#offsets = Array.from({ length: count }, (_, k) => view.getUint16(vtable + 4 + 2 * k, true));
    checkGaps(this.#offsets, layout, size);
  }

  /** The table that a buffer holds. */
  static root(bytes: Uint8Array, layout: Layout): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true), layout);
  }

  uint8(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : this.#view.getUint8(at);
  }

  bool(field: number): boolean {
    const value = this.uint8(field);
    if (value > 1) throw new RangeError(`a boolean of ${value}`);
    return value === 1;
  }

  int16(field: number, missing = 0): number {
    const at = this.#field(field);
    return at === undefined ? missing : this.#view.getInt16(at, true);
  }

  int32(field: number, missing = 0): number {
    const at = this.#field(field);
    return at === undefined ? missing : this.#view.getInt32(at, true);
  }

  int64(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : int64(this.#view, at);
  }

  text(field: number): string {
    const vector = this.#vector(field, 1);
    if (!vector) return '';
    const bytes = new Uint8Array(this.#view.buffer, this.#view.byteOffset + vector.start, vector.length);
    // A text ends with a zero, which its length leaves out.
    if (!isUtf8(bytes) || this.#view.getUint8(vector.start + vector.length) !== 0) throw new RangeError('no text');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  }

  has(field: number): boolean {
    return this.#field(field) !== undefined;
  }

  table(field: number, layout: Layout): FlatTable {
    const at = this.#field(field);
    if (at === undefined) throw new RangeError(`field ${field} is missing`);
    return this.#pointedAt(at, layout);
  }

  /** How many entries a vector of tables has. */
  count(field: number): number {
    return this.#vector(field, 4)?.length ?? 0;
  }

  tables(field: number, layout: Layout): FlatTable[] {
    const vector = this.#vector(field, 4);
    return Array.from({ length: vector?.length ?? 0 }, (_, k) => this.#pointedAt((vector?.start ?? 0) + 4 * k, layout));
  }

  /** A vector of structs of so many bytes each; a vector of int64 is one of structs of 8. */
  structs(field: number, size: number): Structs {
    const vector = this.#vector(field, size);
    if (!vector) return NO_STRUCTS;
    const at = (k: number, byte: number) => {
      if (k >= vector.length) throw new RangeError(`entry ${k} of ${vector.length}`);
      return vector.start + k * size + byte;
    };
    return {
      length: vector.length,
      int32: (k, byte) => this.#view.getInt32(at(k, byte), true),
      int64: (k, byte) => int64(this.#view, at(k, byte)),
    };
  }

  #pointedAt(at: number, layout: Layout): FlatTable {
    return new FlatTable(this.#view, at + this.#view.getUint32(at, true), layout);
  }

  #vector(field: number, size: number): { start: number; length: number } | undefined {
    const at = this.#field(field);
    if (at === undefined) return undefined;
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + length * size > this.#view.byteLength) throw new RangeError('a vector does not fit');
    return { start: start + 4, length };
  }

  #field(field: number): number | undefined {
    const offset = this.#offsets[field] ?? 0;
    return offset === 0 ? undefined : this.#at + offset;
  }
}

/**
 * Fields lie side by side, with no more between them than it takes to align them. More is a field that was lost: one wrong byte in the
 * vtable, and a column has the type that is the default. Of fields that a later version of Arrow adds, the size is not known.
 */
function checkGaps(offsets: readonly number[], layout: Layout, size: number): void {
  const fields = offsets.flatMap((start, k) =>
    start === 0 ? [] : [{ start, least: layout[k] ?? 1, most: layout[k] ?? Infinity }],
  );
  fields.sort((a, b) => a.start - b.start);
  let before = { start: 0, least: HEAD, most: HEAD };
  for (const field of [...fields, { start: size, least: 0, most: 0 }]) {
    const gap = field.start - before.start - before.least;
    if (gap < 0 || gap >= Math.max(before.most, field.most)) throw new RangeError('a table with a gap');
    before = field;
  }
  if (fields.length === 0 && size !== HEAD) throw new RangeError('a table without its fields');
}

function int64(view: DataView, at: number): number {
  const value = Number(view.getBigInt64(at, true));
  if (!Number.isSafeInteger(value)) throw new RangeError(`an integer of ${value}`);
  return value;
}
