import type { Field, Type } from './field.ts';
import type { Records } from './message.ts';
import { damage, parsed, Refusal } from './refusal.ts';
import { bits } from './types/plain.ts';

/** Bytes of a buffer in the body of a message. */
export interface Region {
  readonly offset: number;
  readonly length: number;
}

/** What a record batch holds of one field: where, not yet read. */
export interface Piece {
  readonly field: Field;
  readonly rows: number;
  readonly nulls: number;
  /** The validity first, where the type has one. */
  readonly regions: readonly Region[];
  readonly children: readonly Piece[];
}

const MOST_ROWS = 2 ** 31 - 1;
const ALIGNMENTS = [8, 16, 32, 64];
/** Rows that need no byte for themselves, those of the null type, are as many as a file claims: so few are believed. */
const ROWS_WITHOUT_BYTES = 1000;
/** Rows of one bit each that a byte of the body can stand for, as it is and compressed. */
const ROWS_IN_BYTE = { plain: 8, compressed: 8 * 32_768 };

/** Finds the pieces of all fields, and refuses numbers that contradict each other, the types or the length of the body. */
export function layOut(fields: readonly Field[], records: Records, bodyLength: number): readonly Piece[] {
  return parsed(() => piecesOf(fields, records, bodyLength));
}

function piecesOf(fields: readonly Field[], records: Records, bodyLength: number): readonly Piece[] {
  const { nodes, regions, variadic, rows: batchRows, compression } = records;
  let node = 0;
  let next = 0;
  let views = 0;

  function visit(field: Field, expected: number | undefined): Piece {
    const { type } = field;
    if (node >= nodes.length) throw damage(`a record batch of ${nodes.length} nodes where the schema has more`);
    const rows = nodes.int64(node, 0);
    const nulls = nodes.int64(node++, 8);
    if (rows < 0 || nulls < 0 || nulls > rows) throw damage(`${nulls} nulls in a column of ${rows} rows`);
    if (expected !== undefined && rows !== expected) throw damage(`a column of ${rows} rows in a record batch of ${expected}`);
    if (rows > MOST_ROWS) throw new Refusal(`has ${rows} rows in one record batch`, 'write smaller record batches');
    if (type.buffers.length === 0) checkRows(rows);
    const own = Array.from({ length: bufferCount(type) }, region);
    if (compression === undefined) for (const [k, { length }] of own.entries()) checkSize(type, k, rows, length);
    if (nulls > 0 && type.validity && own[0]?.length === 0) throw damage(`${nulls} nulls in a column without a validity bitmap`);
    return { field, rows, nulls, regions: own, children: type.children.map((child) => visit(child, type.childRows?.(rows))) };
  }

  function checkRows(rows: number): void {
    const most = ROWS_WITHOUT_BYTES + bodyLength * ROWS_IN_BYTE[compression === undefined ? 'plain' : 'compressed'];
    if (rows > most) throw new Refusal(`has a record batch of ${rows} rows in ${bodyLength} bytes, which hold nothing`);
  }

  function bufferCount(type: Type): number {
    const fixed = (type.validity ? 1 : 0) + type.buffers.length;
    if (!type.variadic) return fixed;
    const more = views < variadic.length ? variadic.int64(views++, 0) : -1;
    if (more < 0 || more > regions.length) throw damage('text views that do not say how many buffers they have');
    return fixed + more;
  }

  function region(): Region {
    if (next >= regions.length) throw damage(`a record batch of ${regions.length} buffers where the schema has more`);
    return { offset: regions.int64(next, 0), length: regions.int64(next++, 8) };
  }

  checkRows(batchRows);
  const pieces = fields.map((field) => visit(field, batchRows));
  if (node !== nodes.length) throw damage(`a record batch of ${nodes.length} nodes where the schema has ${node}`);
  if (next !== regions.length) throw damage(`a record batch of ${regions.length} buffers where the schema has ${next}`);
  if (views !== variadic.length) throw damage(`buffers of ${variadic.length} text views where the schema has ${views}`);
  checkRegions(allRegions(pieces), bodyLength);
  return pieces;
}

function* allRegions(pieces: readonly Piece[]): Generator<Region> {
  for (const { regions, children } of pieces) {
    yield* regions;
    yield* allRegions(children);
  }
}

/** Buffers stand one behind the other, each at the next multiple of 8, 16, 32 or 64. An offset that is off by a few bytes shifts numbers. */
function checkRegions(regions: Iterable<Region>, bodyLength: number): void {
  let end = 0;
  let alignments = ALIGNMENTS;
  for (const { offset, length } of regions) {
    if (offset < 0 || length < 0 || offset + length > bodyLength)
      throw damage(`a buffer of ${length} bytes at ${offset} in a body of ${bodyLength} bytes`);
    if (length === 0) continue;
    alignments = alignments.filter((alignment) => roundUp(end, alignment) === offset);
    if (alignments.length === 0) throw damage(`a buffer at byte ${offset}, where the one before it ends at ${end}`);
    end = offset + length;
  }
  if (bodyLength - end >= 64) throw damage(`a body of ${bodyLength} bytes whose buffers end at ${end}`);
}

/** A buffer holds what its rows need; writers fill it up to a multiple of 64 bytes at most. */
export function checkSize(type: Type, buffer: number, rows: number, length: number): void {
  const isValidity = type.validity && buffer === 0;
  if (isValidity && length === 0) return;
  const needed = isValidity ? bits(rows) : type.buffers[buffer - (type.validity ? 1 : 0)]?.(rows);
  if (needed === undefined) return;
  if (length < needed) throw damage(`a buffer of ${length} bytes where ${type.name} needs ${needed} for ${rows} rows`);
  if (length > Math.max(64, roundUp(needed, 64))) throw damage(`a buffer of ${length} bytes where ${type.name} has ${rows} rows`);
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
