/**
 * The little of FlatBuffers that the checks need. Every access is through a `DataView`, which throws a RangeError outside
 * its bytes: apache-arrow reads such places as `undefined` and goes on.
 */
export class FlatTable {
  readonly #view: DataView;
  readonly #at: number;
  readonly #vtable: number;

  private constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
    this.#vtable = at - view.getInt32(at, true);
  }

  /** The table that a buffer holds. */
  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  int8(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : this.#view.getInt8(at);
  }

  int16(field: number): number {
    const at = this.#field(field);
    return at === undefined ? 0 : this.#view.getInt16(at, true);
  }

  int64(field: number): bigint {
    const at = this.#field(field);
    return at === undefined ? 0n : this.#view.getBigInt64(at, true);
  }

  has(field: number): boolean {
    return this.#field(field) !== undefined;
  }

  table(field: number): FlatTable {
    const at = this.#field(field);
    if (at === undefined) throw new RangeError(`field ${field} is missing`);
    return new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  /** A vector of tables. */
  tables(field: number): FlatTable[] {
    const at = this.#field(field);
    if (at === undefined) return [];
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    if (start + 4 + 4 * length > this.#view.byteLength) throw new RangeError('a vector does not fit');
    const one = (entry: number) => new FlatTable(this.#view, entry + this.#view.getUint32(entry, true));
    return Array.from({ length }, (_, k) => one(start + 4 + 4 * k));
  }

  /** A vector of structs that are made of 64-bit integers: one array for each struct. */
  structs(field: number, integers: number): bigint[][] {
    const at = this.#field(field);
    if (at === undefined) return [];
    const start = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(start, true);
    const size = 8 * integers;
    if (start + 4 + length * size > this.#view.byteLength) throw new RangeError('a vector does not fit');
    const one = (k: number) =>
      Array.from({ length: integers }, (_, i) => this.#view.getBigInt64(start + 4 + k * size + 8 * i, true));
    return Array.from({ length }, (_, k) => one(k));
  }

  #field(field: number): number | undefined {
    const entry = 4 + 2 * field;
    if (entry >= this.#view.getUint16(this.#vtable, true)) return undefined;
    const offset = this.#view.getUint16(this.#vtable + entry, true);
    return offset === 0 ? undefined : this.#at + offset;
  }
}
