import { Fault, quote } from '../../fault.ts';
import type { Given, Operations } from '../../guard/answer.ts';
import type { CellPiece, Choice, Choices, Contents, GroupBytes, GroupPlan, NumberPiece, Opening, Piece } from '../protocol.ts';
import { checkAgreement } from './agreement.ts';
import { cellPiece } from './cells.ts';
import type { Chunk } from './chunk.ts';
import { ColumnCursor } from './cursor.ts';
import type { Leaf } from './leaves.ts';
import { type Meaning, meaningOf } from './meaning.ts';
import { Memories } from './memories.ts';
import { type Metadata, readMetadata } from './metadata.ts';
import { NumberCache, numberPiece } from './numbers.ts';
import { Room } from './room.ts';

/** A column that is asked for. */
interface Chosen {
  readonly leaf: Leaf;
  readonly meaning: Meaning;
  readonly numbers: NumberCache | undefined;
  /** Where its pages lie, if what is taken of them is a view. */
  readonly memories: Memories | undefined;
}

/** Reads one Parquet file: its metadata, then row group after row group, each in pieces of some rows. */
export function parquetDecoder(): Operations {
  let metadata: Metadata = { leaves: [], groups: [] };
  let chosen: readonly Chosen[] = [];
  let cursors: readonly ColumnCursor[] = [];
  let group = 0;

  return {
    open({ footer, size }: Opening): Given {
      metadata = readMetadata(new Uint8Array(footer), size);
      return { value: { columns: metadata.leaves.map(({ name }) => name) } satisfies Contents };
    },

    plan({ choices, lends }: Choices): Given {
      chosen = choices.map((choice) => choose(metadata.leaves[choice.column] as Leaf, choice, lends));
      const value = metadata.groups.map(({ rows, chunk }, g): GroupPlan => {
        const chunks = chosen.map(({ leaf }) => inColumn(leaf, g, undefined, () => chunk(leaf)));
        return {
          rows,
          ranges: chunks.map(({ offset, length }) => [offset, length]),
          values: chunks.reduce((sum, { entries }) => sum + entries, 0),
          bytes: chunks.reduce((sum, { uncompressed }) => sum + uncompressed, 0),
          isPlain: chosen.every(({ numbers }) => numbers) && chunks.every(isPlain),
        };
      });
      return { value };
    },

    group(bytes: GroupBytes): Given {
      group = bytes.group;
      const chunks: readonly Chunk[] = chosen.map(({ leaf }) => (metadata.groups[group] as Metadata['groups'][number]).chunk(leaf));
      const room = new Room(bytes.chunks.reduce((sum, { length }) => sum + length, 0));
      for (const cursor of cursors) cursor.release();
      cursors = chunks.map((chunk, k) => new ColumnCursor(chunk, bytes.chunks[k] as Uint8Array, room, chosen[k]?.memories));
      return { value: undefined };
    },

    take(rows: number): Given {
      const transfer: ArrayBuffer[] = [];
      const columns = chosen.map((each, k) => {
        const cursor = cursors[k] as ColumnCursor;
        const piece = inColumn(each.leaf, group, cursor, () => pieceOf(each, cursor, rows));
        const arrays = 'values' in piece ? [piece.values, piece.missing, piece.nulls] : piece.at ? [piece.at] : [];
        for (const { buffer } of arrays) transfer.push(buffer as ArrayBuffer);
        return piece;
      });
      return { value: { rows, columns } satisfies Piece, transfer };
    },
  };
}

/** Types of values that are numbers where they lie, and compressions that copy. */
const PLAIN_TYPES: ReadonlySet<string | undefined> = new Set(['DOUBLE', 'FLOAT', 'INT32', 'INT64']);
const PLAIN_CODECS: ReadonlySet<string | undefined> = new Set(['UNCOMPRESSED', 'SNAPPY']);

function isPlain({ leaf, codec }: Chunk): boolean {
  return leaf.lists.length === 0 && PLAIN_TYPES.has(leaf.element.type) && PLAIN_CODECS.has(codec);
}

function choose(leaf: Leaf, { as }: Choice, lends: boolean): Chosen {
  const column = `column ${quote(leaf.name)}`;
  if (leaf.refusal)
    throw new Fault(`${column} holds ${leaf.refusal}, which is not read`, 'write its parts as columns of their own');
  checkAgreement(column, leaf.element);
  const meaning = meaningOf(leaf.element);
  if (!meaning) {
    const { type, converted_type, logical_type } = leaf.element;
    const name = [type, logical_type?.type ?? converted_type].filter(Boolean).join(', ');
    throw new Fault(
      `${column}: values of the type ${name} are not read`,
      'convert the column to numbers or text when you write it',
    );
  }
  if (as === 'number' && meaning.temporal) {
    throw new Fault(
      `${column} holds ${meaning.name}, which are not numbers: it would depend on the unit that the file happens to have`,
      'write the column as numbers of a unit that you choose; as text, for slices and keys, it is read as it is',
    );
  }
  const numbers = as === 'number' && meaning.numbers ? new NumberCache(meaning) : undefined;
  return { leaf, meaning, numbers, memories: lends ? new Memories() : undefined };
}

function pieceOf({ leaf, meaning, numbers, memories }: Chosen, cursor: ColumnCursor, rows: number): NumberPiece | CellPiece {
  const runs = cursor.take(rows);
  return (numbers && numberPiece(runs, leaf, numbers, memories !== undefined)) ?? cellPiece(runs, leaf, meaning);
}

/** Says which column, row group and page it is that something is wrong with. */
function inColumn<T>(leaf: Leaf, group: number, cursor: ColumnCursor | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const column = `column ${quote(leaf.name)}`;
    if (error instanceof Fault) throw new Fault(`${column} ${error.message}`, error.hint);
    const page = cursor ? `, page at byte ${cursor.place + 1}` : '';
    throw new Error(`${column}, row group ${group + 1}${page}: ${(error as Error).message}`);
  }
}
