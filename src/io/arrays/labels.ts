/** Labels looked up for whole blocks: once for each different value, in the order in which they appear. */
import type { Labels, Numbers } from '../batch.ts';

/** Different values that are remembered: class indices are few, and predictions are no labels. */
const MOST_KNOWN = 4096;

/** Numbers, with what their texts stand for where these are labels. */
export function labelledNumbers(values: Numbers, labels: Labels): Float64Array {
  const known = new Map<number, number | undefined>();
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    let label = known.get(value);
    if (label === undefined && !known.has(value)) {
      label = labels.get(String(value));
      if (known.size < MOST_KNOWN) known.set(value, label);
    }
    result[i] = label ?? value;
  }
  return result;
}

/** Truth values, which are numbers only by their labels; `undefined` when one has none. Every byte but 0 is true, as in numpy. */
export function labelledFlags(stored: Uint8Array, labels: Labels | undefined): Float64Array | undefined {
  if (!labels) return undefined;
  const known: (number | undefined)[] = [undefined, undefined];
  const result = new Float64Array(stored.length);
  for (let i = 0; i < stored.length; i++) {
    const flag = stored[i] === 0 ? 0 : 1;
    known[flag] ??= labels.get(flag === 0 ? 'false' : 'true');
    const label = known[flag];
    if (label === undefined) return undefined;
    result[i] = label;
  }
  return result;
}
