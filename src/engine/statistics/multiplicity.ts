/** p-values of several tests (slices), adjusted: each may be held against the level that is meant for all. In the order given. */

/**
 * S. Holm 1979: the probability of any false alarm stays below the level, whatever depends on what. The k-th smallest of m p-values
 * counts m - k + 1 times, and no less than those before it.
 */
export function holm(pValues: readonly number[]): number[] {
  return adjust(pValues, (ascending, m) => {
    const counted = ascending.map((p, k) => Math.min(1, (m - k) * p));
    return running(Math.max, counted);
  });
}

/**
 * Y. Benjamini and Y. Hochberg 1995: of the alarms raised, the expected share of false ones stays below the level, for tests that are
 * independent or depend on each other positively. The k-th smallest counts m / k times, and no more than those after it.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  return adjust(pValues, (ascending, m) => {
    const counted = ascending.map((p, k) => (m / (k + 1)) * p);
    return running(Math.min, counted.reverse()).reverse();
  });
}

/** A test whose p-value is NaN stays NaN, and still is one of the m: leaving it out would make the others easier. */
function adjust(pValues: readonly number[], adjusted: (ascending: number[], m: number) => number[]): number[] {
  const order = [...pValues.keys()].filter((i) => !Number.isNaN(pValues[i])).sort((i, j) => pValues[i] - pValues[j]);
  const ascending = order.map((i) => pValues[i]);
  const result = pValues.map(() => Number.NaN);
  adjusted(ascending, pValues.length).forEach((p, k) => {
    result[order[k]] = p;
  });
  return result;
}

function running(pick: (a: number, b: number) => number, values: readonly number[]): number[] {
  let last = values[0];
  return values.map((value) => {
    last = pick(last, value);
    return last;
  });
}
