/** Rows that depend on each other (turns of a talk, frames of a film) resample together: their sums are one unit. */
import { exactTotal } from './moments.ts';

/**
 * The sum of each column over the rows of each cluster, for clusters numbered from 0 to `count - 1`: exact, so that it does not depend
 * on the order of the rows. Holds 12 bytes a row beside the columns.
 */
export function sumsByCluster(columns: readonly Float64Array[], cluster: Int32Array, count: number): Float64Array[] {
  const ends = endsOf(cluster, count);
  const places = placesOf(cluster, ends);
  return columns.map((column) => {
    const gathered = new Float64Array(column.length);
    for (let i = 0; i < column.length; i++) gathered[places[i]] = column[i];
    return new Float64Array(count).map((_, k) => sumOf(gathered.subarray(k > 0 ? ends[k - 1] : 0, ends[k])));
  });
}

/** Where each cluster ends once rows stand by cluster. */
function endsOf(cluster: Int32Array, count: number): Int32Array {
  const ends = new Int32Array(count);
  for (let i = 0; i < cluster.length; i++) ends[cluster[i]]++;
  for (let k = 1; k < count; k++) ends[k] += ends[k - 1];
  return ends;
}

function placesOf(cluster: Int32Array, ends: Int32Array): Int32Array {
  const free = ends.slice();
  return cluster.map((k) => --free[k]);
}

/** Sums of two are exact by themselves, and most clusters may be small. */
function sumOf(terms: Float64Array): number {
  return terms.length > 2 ? exactTotal(terms) : terms.length === 2 ? terms[0] + terms[1] : (terms[0] ?? 0);
}
