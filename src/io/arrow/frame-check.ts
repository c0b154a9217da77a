import type { ByteReader } from '../bytes/reader.ts';
import { Fault } from '../fault.ts';
import { FlatTable } from './flatbuffer.ts';

/** How a file begins and ends. */
export const MAGIC = 'ARROW1';
export const SCHEMA = 1;
const DICTIONARY = 2;
const RECORDS = 3;

const REWRITE = 'write it again; a stream or file must be closed by the program that writes it';

/** Checks the messages of one stream or file, in their order. */
export class FrameCheck {
  readonly #name: string;
  /** Where record batches and dictionaries begin, to be compared with the footer. */
  readonly #records: bigint[] = [];
  readonly #dictionaries: bigint[] = [];
  #schemaSeen: boolean;
  /** For each column, which of the batch's nodes is its own; unknown until the schema was seen. */
  #nodes: Nodes | undefined;
  /** Batches that came before the schema, which then is in the footer. */
  #unchecked: { rows: bigint; lengths: bigint[] }[] = [];

  constructor(name: string, schemaInFooter: boolean) {
    this.#name = name;
    this.#schemaSeen = schemaInFooter;
  }

  damaged(what: string): Fault {
    return new Fault(`${this.#name}: damaged Arrow data: ${what}`, REWRITE);
  }

  /** Exactly `length` bytes. */
  async read(bytes: ByteReader, length: number, what: string): Promise<Buffer> {
    const part = await bytes.read(length);
    if (part.length === length) return part;
    throw new Fault(`${this.#name}: the Arrow data is cut short at byte ${bytes.consumed}: ${what} is missing`, REWRITE);
  }

  /** Checks the metadata of a message; gives the length of its body. */
  message(metadata: Uint8Array, start: number): number {
    try {
      const message = FlatTable.root(metadata);
      const type = message.int8(1);
      const bodyLength = Number(message.int64(3));
      if (!Number.isSafeInteger(bodyLength) || bodyLength < 0) throw this.damaged(`a body of ${bodyLength} bytes`);
      if (type === SCHEMA) this.#schema(message.table(2));
      else if (!this.#schemaSeen) throw this.damaged('it does not begin with a schema');
      else if (type === RECORDS) {
        this.#records.push(BigInt(start));
        this.#recordBatch(message.table(2), bodyLength);
      } else if (type === DICTIONARY) {
        this.#dictionaries.push(BigInt(start));
        this.#buffers(message.table(2).table(1), bodyLength);
      } else throw this.damaged(`a message of type ${type}`);
      return bodyLength;
    } catch (error) {
      throw error instanceof RangeError ? this.damaged('metadata that points outside itself') : error;
    }
  }

  #schema(schema: FlatTable): void {
    if (this.#schemaSeen) throw this.damaged('a second schema');
    this.#schemaSeen = true;
    this.#endianness(schema);
    this.#nodes = columnNodes(schema);
  }

  #endianness(schema: FlatTable): void {
    if (schema.int16(0) !== 0) {
      throw new Fault(`${this.#name}: holds big-endian numbers, which are not read`, 'write it again on a little-endian machine');
    }
  }

  #recordBatch(batch: FlatTable, bodyLength: number): void {
    this.#buffers(batch, bodyLength);
    const lengths = batch.structs(1, 2).map(([length]) => length as bigint);
    if (this.#nodes) this.#lengths(this.#nodes, batch.int64(0), lengths);
    else this.#unchecked.push({ rows: batch.int64(0), lengths });
  }

  /** Columns of other lengths than their batch are what apache-arrow fills with nulls. */
  #lengths(nodes: Nodes, rows: bigint, lengths: readonly bigint[]): void {
    if (lengths.length !== nodes.count)
      throw this.damaged(`a record batch of ${lengths.length} nodes where the schema has ${nodes.count}`);
    const odd = nodes.columns.find((node) => lengths[node] !== rows);
    if (odd !== undefined) throw this.damaged(`a column of ${lengths[odd]} rows in a record batch of ${rows}`);
  }

  #buffers(batch: FlatTable, bodyLength: number): void {
    if (batch.has(3)) {
      throw new Fault(
        `${this.#name}: holds compressed Arrow buffers, which are not read yet`,
        "write it without compression: df.to_feather(path, compression='uncompressed')",
      );
    }
    for (const [length, nulls] of batch.structs(1, 2) as [bigint, bigint][]) {
      if (length < 0n || nulls < 0n || nulls > length) throw this.damaged(`${nulls} nulls in a column of ${length} rows`);
    }
    for (const [offset, length] of batch.structs(2, 2) as [bigint, bigint][]) {
      if (offset < 0n || length < 0n || offset + length > BigInt(bodyLength)) {
        throw this.damaged(`a buffer of ${length} bytes at ${offset} in a body of ${bodyLength} bytes`);
      }
    }
  }

  /** Compares the footer of a file with the messages that were read. */
  footer(end: Buffer): void {
    const length = end.length < 10 ? -1 : end.readInt32LE(end.length - 10);
    if (end.toString('latin1', end.length - MAGIC.length) !== MAGIC || length < 0 || length > end.length - 10) {
      throw new Fault(`${this.#name}: the Arrow file is cut short: its footer is missing or damaged`, REWRITE);
    }
    try {
      const footer = FlatTable.root(end.subarray(end.length - 10 - length, end.length - 10));
      const schema = footer.table(1);
      this.#endianness(schema);
      const nodes = columnNodes(schema);
      for (const { rows, lengths } of this.#unchecked) this.#lengths(nodes, rows, lengths);
      this.#blocks('record batches', footer.structs(3, 3), this.#records);
      this.#blocks('dictionaries', footer.structs(2, 3), this.#dictionaries);
    } catch (error) {
      throw error instanceof RangeError ? this.damaged('a footer that points outside itself') : error;
    }
  }

  #blocks(what: string, listed: readonly bigint[][], found: readonly bigint[]): void {
    if (listed.length !== found.length)
      throw this.damaged(`the footer lists ${listed.length} ${what}, the file holds ${found.length}`);
    const odd = listed.findIndex(([offset], k) => offset !== found[k]);
    if (odd >= 0) throw this.damaged(`the footer lists ${what} at byte ${listed[odd]?.[0]}, where none begins`);
  }
}

interface Nodes {
  readonly columns: readonly number[];
  readonly count: number;
}

const FIELDS_OF_SCHEMA = 1;
const DICTIONARY_OF_FIELD = 4;
const CHILDREN_OF_FIELD = 5;
const MOST_NODES = 1_000_000;

/** A record batch lists the nodes of all columns and of what is inside them, in depth-first order. */
function columnNodes(schema: FlatTable): Nodes {
  const columns: number[] = [];
  let count = 0;
  const visit = (field: FlatTable): void => {
    if (++count > MOST_NODES) throw new RangeError('too many nodes');
    // Of a dictionary column the batch holds the indices only.
    if (!field.has(DICTIONARY_OF_FIELD)) for (const child of field.tables(CHILDREN_OF_FIELD)) visit(child);
  };
  for (const field of schema.tables(FIELDS_OF_SCHEMA)) {
    columns.push(count);
    visit(field);
  }
  return { columns, count };
}
