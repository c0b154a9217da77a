/** The values of one loss on both sides, pair by pair. */
import { pickRows, type RowPlaces } from '../kept-rows.ts';
import type { SliceKey } from '../result.ts';
import type { Pairing } from './pairing.ts';
import { type Side, type SideRows, sliceName } from './side.ts';

/** Values of pairs: entry i of both sides belongs together. */
export interface Pairs {
  readonly base: SideRows;
  readonly candidate: SideRows;
}

export interface Aligned extends Pairs {
  /** Rows with a partner that only this side has a value for: the other skipped or ignored its row. */
  readonly onlyBase: number;
  readonly onlyCandidate: number;
  /** Pairs that the two sides put into different slices, or whose clusters they draw in another way. */
  readonly elsewhere: number;
}

/** Of the rows that `rowsOf` gives of a side, whose values are those of groups where `perGroup` says so. `null` where there are none. */
export function align(
  base: Side,
  candidate: Side,
  pairing: Pairing,
  rowsOf: (side: Side) => SideRows | null,
  perGroup: boolean,
): Aligned | null {
  const [ours, theirs] = [rowsOf(base), rowsOf(candidate)];
  if (!ours || !theirs) return null;
  const [named, theirNamed] = perGroup
    ? groupNames(base, ours, candidate, theirs)
    : rowNames(ours, theirs, pairing.partners, candidate.rows);
  const positions = positionsOf(theirNamed);
  const left = Uint32Array.from(named.keys()).filter((i) => positions[named[i]] >= 0);
  const right = Uint32Array.from(left, (i) => positions[named[i]]);
  const pairs = { base: pickRows(ours, left), candidate: pickRows(theirs, right) };
  return {
    ...pairs,
    onlyBase: countNamed(named) - left.length,
    onlyCandidate: countNamed(theirNamed) - left.length,
    elsewhere: otherSlices(pairs, base.slices, candidate.slices) + otherClusters(pairs, base.clusters, candidate.clusters),
  };
}

/** For each value of both sides a number that its partner has as well; -1 where its row has no partner. */
type Names = [Int32Array, Int32Array];

function rowNames(ours: RowPlaces, theirs: RowPlaces, partners: Int32Array, rows: number): Names {
  const taken = new Uint8Array(rows);
  for (const partner of partners) if (partner >= 0) taken[partner] = 1;
  return [Int32Array.from(ours.order, (row) => partners[row]), Int32Array.from(theirs.order, (row) => (taken[row] ? row : -1))];
}

/** By the name of the group; without names groups are pieces of the file, first to first. */
function groupNames(base: Side, ours: RowPlaces, candidate: Side, theirs: RowPlaces): Names {
  const ids = new Map<string, number>();
  const names = ({ identity: { groups } }: Side, { order }: RowPlaces) =>
    Int32Array.from(order, (row, k) => {
      if (!groups) return k;
      const id = ids.get(groups[row]) ?? ids.size;
      ids.set(groups[row], id);
      return id;
    });
  return [names(base, ours), names(candidate, theirs)];
}

/** Where each name stands; -1 for one that does not. */
function positionsOf(names: Int32Array): Int32Array {
  const positions = new Int32Array(1 + names.reduce((most, name) => Math.max(most, name), -1)).fill(-1);
  names.forEach((name, i) => {
    if (name >= 0) positions[name] = i;
  });
  return positions;
}

function countNamed(names: Int32Array): number {
  return names.reduce((count, name) => count + (name >= 0 ? 1 : 0), 0);
}

function otherSlices({ base, candidate }: Pairs, ours: readonly SliceKey[] | null, theirs: readonly SliceKey[] | null): number {
  if (!ours || !theirs || theirs.length === 0) return 0;
  const ids = new Map(theirs.map((key, id) => [sliceName(key), id]));
  const translated = ours.map((key) => ids.get(sliceName(key)) ?? -1);
  return base.slice.reduce((count, slice, i) => count + (translated[slice] === candidate.slice[i] ? 0 : 1), 0);
}

/** Numbers of clusters are given as they come: those of one side must stand for those of the other, one for one. */
function otherClusters({ base, candidate }: Pairs, ours: Int32Array | null, theirs: Int32Array | null): number {
  if (!ours || !theirs) return 0;
  const [there, back] = [new Map<number, number>(), new Map<number, number>()];
  return base.order.reduce((count, row, i) => {
    const [mine, other] = [ours[row], theirs[candidate.order[i]]];
    if (!there.has(mine) && !back.has(other)) {
      there.set(mine, other);
      back.set(other, mine);
    }
    return count + (there.get(mine) === other && back.get(other) === mine ? 0 : 1);
  }, 0);
}
