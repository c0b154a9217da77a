import type { Memory } from '../bytes/memory.ts';
import { checkTotal, contents, decompressor } from './compression.ts';
import { isValid, type Vector } from './field.ts';
import { checkSize, type Piece, type Region } from './layout.ts';
import type { Records } from './message.ts';
import { damage, Refusal } from './refusal.ts';
import { type Body, readRegions } from './source.ts';
import type { Dictionary } from './types/dictionary.ts';

const NOTHING = new Uint8Array(0);

/** Reads the columns at the ends of these ways through structs, and no bytes of others; into `memories` where they are given. */
export async function loadColumns(
  ways: readonly (readonly Piece[])[],
  { compression }: Records,
  body: Body,
  dictionaries: ReadonlyMap<number, Dictionary>,
  memories?: Memory[],
): Promise<(() => Vector)[]> {
  const regions = new Set<Region>();
  for (const way of ways) {
    for (const struct of way.slice(0, -1)) regions.add(struct.regions[0] as Region);
    addRegions(way.at(-1) as Piece, regions);
  }
  const bytes = await readRegions(body, regions, memories);
  const decompress = compression && (await decompressor(compression));
  if (decompress) checkTotal(bytes.values());

  function buffer({ field, rows, regions: own }: Piece, k: number): Uint8Array {
    const stored = bytes.get(own[k] as Region) ?? NOTHING;
    return decompress ? contents(stored, decompress, (length) => checkSize(field.type, k, rows, length)) : stored;
  }

  function vector(piece: Piece): Vector {
    const { field, rows, regions: own } = piece;
    const { type, dictionary } = field;
    if (!type.read)
      throw new Refusal(`values of type ${type.name} are not read`, 'convert the column to numbers or text when you write it');
    const buffers = own.slice(type.validity ? 1 : 0).map((_, k) => buffer(piece, type.validity ? k + 1 : k));
    const valid = type.validity ? validity(buffer(piece, 0), piece) : undefined;
    return type.read({
      rows,
      valid,
      buffers,
      children: piece.children.map(vector),
      dictionary: dictionary && dictionaries.get(dictionary.id),
    });
  }

  /** A value inside a struct that is missing is missing. */
  return ways.map((way) => () => {
    const within = way.slice(0, -1).map((struct) => validity(buffer(struct, 0), struct));
    return within.filter((valid) => valid !== undefined).reduce(masked, vector(way.at(-1) as Piece));
  });
}

function addRegions({ regions, children }: Piece, all: Set<Region>): void {
  for (const region of regions) all.add(region);
  for (const child of children) addRegions(child, all);
}

function masked(vector: Vector, valid: Uint8Array): Vector {
  const cell = (row: number) => (isValid(valid, row) ? vector.cell(row) : null);
  return { rows: vector.rows, cell, ...(vector.size && { size: vector.size }) };
}

/** `undefined` where no row is missing. The bits and the declared count must agree. */
function validity(bitmap: Uint8Array, { rows, nulls }: Piece): Uint8Array | undefined {
  if (bitmap.length === 0) return undefined;
  const zeros = rows - countBits(bitmap, rows);
  if (zeros !== nulls) throw damage(`a validity bitmap with ${zeros} nulls where ${nulls} are declared`);
  return nulls > 0 ? bitmap : undefined;
}

const ONES = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length);

function countBits(bitmap: Uint8Array, rows: number): number {
  const whole = rows >> 3;
  let count = 0;
  for (let i = 0; i < whole; i++) count += ONES[bitmap[i] as number] as number;
  return count + (ONES[(bitmap[whole] ?? 0) & ((1 << (rows & 7)) - 1)] as number);
}
