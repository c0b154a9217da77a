/** The root of a mean of squares. Slot 0 has the sum of the weights, slot 1 + j the sum of the squares of element j. */
export function rootMean(slots: Float64Array, multioutput: 'uniform' | 'flat'): { value: number; denominator: number } {
  const width = slots.length - 1;
  let roots = 0;
  let squares = 0;
  for (let j = 1; j <= width; j++) {
    roots += Math.sqrt(slots[j] / slots[0]);
    squares += slots[j];
  }
  if (multioutput === 'uniform') return { value: roots / width, denominator: slots[0] };
  return { value: Math.sqrt(squares / (slots[0] * width)), denominator: slots[0] * width };
}
